//! Old or new, never between: judging a file after a fault.

use std::path::Path;

use crate::database::Database;
use crate::failure::{Failure, Outcome};
use crate::snapshot::Snapshot;
use crate::table;
use crate::watch::{self, Seen};

/// Lines of a timeline.
const LINES: usize = 20;
/// Characters of a statement in it.
const SQL: usize = 52;

/// What may be found.
pub(crate) struct Judge<'a> {
    pub(crate) old: &'a Snapshot,
    pub(crate) new: &'a Snapshot,
    /// The statements of a run in which nothing went wrong.
    pub(crate) clean: &'a [Seen],
}

/// One run in which something went wrong.
pub(crate) struct Incident<'a> {
    /// "the process dies before statement 3".
    pub(crate) what: String,
    /// In the timeline: "died here".
    pub(crate) mark: &'a str,
    /// The statement that was hit, counted from 1, if one was.
    pub(crate) statement: Option<usize>,
    pub(crate) answer: Answer,
    /// What the run sent to SQLite, if that is known.
    pub(crate) sql: Vec<Seen>,
}

/// What the code under test said at the end of such a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Nothing,
    Ok,
    Err(String),
    Panic,
}

impl Judge<'_> {
    pub(crate) fn judge(&self, copy: &Database, incident: &Incident<'_>) -> Outcome {
        let found = copy
            .snapshot()
            .map_err(|failure| self.report(failure, copy.path(), incident))?;
        let (is_old, is_new) = (found == *self.old, found == *self.new);
        let what = &incident.what;
        let failure = if !is_old && !is_new {
            Failure::new(format!("{what}: the database is neither old nor new"))
                .expected(format!(
                    "old: {}\nor new: {}",
                    self.old.summary(),
                    self.new.summary()
                ))
                .observed(found.summary())
                .diff(format!(
                    "{}\n\ncompared with the old database:\n{}\ncompared with the new one:\n{}",
                    self.timeline(incident),
                    indented(&self.old.differences(&found)),
                    indented(&self.new.differences(&found)),
                ))
        } else {
            match &incident.answer {
                Answer::Ok if !is_new => Failure::new(format!(
                    "{what}: your code returned Ok, but nothing was done"
                ))
                .expected("an error, or the work done")
                .observed("Ok, and the old database"),
                Answer::Err(error) if !is_old && self.could_still_fail(incident) => Failure::new(
                    format!("{what}: your code returned an error, but the work was done"),
                )
                .expected("Ok, or the old database")
                .observed(format!("the new database, and the error: {error}")),
                Answer::Panic => Failure::new(format!("{what}: your code panicked"))
                    .expected("an error, returned to the caller")
                    .observed("a panic"),
                _ => return Ok(()),
            }
        };
        Err(self.report(failure, copy.path(), incident))
    }

    /// Whether work was still to be done when it happened. An error in what
    /// follows the last write may well be reported, with the work done.
    fn could_still_fail(&self, incident: &Incident<'_>) -> bool {
        let Some(statement) = incident.statement else {
            return true;
        };
        let rest = self.clean.get(statement - 1..).unwrap_or_default();
        rest.iter().any(|statement| {
            crate::trace::writes(&statement.sql)
                || ["COMMIT", "END", "RELEASE"]
                    .iter()
                    .any(|word| crate::trace::begins_with(&statement.sql, word))
        })
    }

    fn report(&self, failure: Failure, path: &Path, incident: &Incident<'_>) -> Failure {
        let hit = incident.statement.unwrap_or(self.clean.len());
        let ran = match incident.sql.is_empty() {
            true => self.clean.get(..hit).unwrap_or(self.clean),
            false => &incident.sql,
        };
        let sql = watch::shown(ran);
        let place = incident
            .statement
            .and_then(|number| self.clean.get(number - 1))
            .and_then(|statement| statement.statement().place);
        let failure = failure.database(path).sql(sql);
        let failure = match failure.record().diff {
            Some(_) => failure,
            None => failure.diff(self.timeline(incident)),
        };
        match place {
            Some(place) => failure.place(place),
            None => failure,
        }
    }

    /// Statement by statement what happened.
    fn timeline(&self, incident: &Incident<'_>) -> String {
        let mut steps: Vec<(&str, &str)> = Vec::new();
        match incident.statement {
            Some(hit) => {
                let before = self.clean.iter().take(hit - 1);
                steps.extend(before.map(|statement| (statement.sql.as_str(), "ok")));
                let victim = self.clean.get(hit - 1);
                steps.extend(victim.map(|statement| (statement.sql.as_str(), incident.mark)));
                // A statement that was denied never started.
                let after = incident.sql.iter().skip(hit - 1);
                steps.extend(after.map(|statement| (statement.sql.as_str(), "ok")));
            }
            None => {
                let all = incident.sql.iter();
                steps.extend(all.map(|statement| (statement.sql.as_str(), "")));
            }
        }
        let mut lines: Vec<String> = steps
            .into_iter()
            .zip(1..)
            .map(|((sql, state), number)| {
                let sql = table::cut(sql, SQL);
                format!("{number:>3}  {sql:<SQL$}  {state}")
                    .trim_end()
                    .to_owned()
            })
            .collect();
        if incident.statement.is_none() {
            lines.push(format!("     {}", incident.mark));
        }
        shorten(lines)
    }
}

/// The beginning and the end of a long list.
fn shorten(mut lines: Vec<String>) -> String {
    let hidden = lines.len().saturating_sub(LINES);
    if hidden > 0 {
        let from = LINES / 4;
        lines.splice(from..from + hidden, [format!("     … {hidden} more")]);
    }
    lines.join("\n")
}

fn indented(lines: &[String]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .flat_map(|line| line.lines())
        .take(LINES / 2)
        .map(|line| format!("  {line}"))
        .collect();
    lines.join("\n")
}
