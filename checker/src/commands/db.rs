//! `db`: the database that a failed check left behind.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use diagram::Schema;
use serde::Serialize;
use witness::evidence::Statement;

use super::choice::{Choice, LastRun, choose, last_run};
use super::desk::Desk;
use crate::cli::DbArgs;
use crate::course::{CheckName, Exercise};
use crate::database::{Contents, Opened, Trouble, read};
use crate::exit::Exit;
use crate::report::text::style::{CARE, FAINT, STRONG, paint};
use crate::report::text::{database, statements, wrap};
use crate::report::{CheckReport, ExerciseReport, Status};
use crate::terminal;

/// `workbook/db/v1`.
#[derive(Default, Serialize)]
struct Look<'a> {
    schema: &'static str,
    exercise: Option<&'a str>,
    check: Option<&'a str>,
    check_title: Option<&'a str>,
    path: Option<PathBuf>,
    /// The submission has changed since the run that left it.
    changed_since: bool,
    database: Option<&'a Contents>,
    /// Why there is no database to look at.
    message: Option<&'a str>,
    /// What the submission sent to SQLite, oldest first.
    sql: &'a [Statement],
}

const SCHEMA: &str = "workbook/db/v1";

/// Shows what the last run kept; nothing is graded.
pub(crate) fn db(desk: &Desk, args: &DbArgs, json: bool) -> Result<Exit> {
    let exercise = match choose(desk, args.exercise.as_deref())? {
        Choice::Exercise(exercise) => exercise,
        Choice::Refused(exit) => return Ok(exit),
        Choice::AllDone => {
            none(desk, None, ALL_DONE, json)?;
            return Ok(Exit::Success);
        }
    };
    let named = match &args.check {
        Some(name) => match desk.select_checks(std::slice::from_ref(name), &[exercise]) {
            Ok(checks) => checks.into_iter().next(),
            Err(exit) => return Ok(exit),
        },
        None => None,
    };
    let last = last_run(desk, exercise)?;
    let path = |check: &CheckName| {
        desk.places
            .kept_databases(&exercise.id)
            .join(format!("{check}.sqlite"))
    };
    let check = match check(&last, named.as_ref(), |check| path(check).is_file()) {
        Ok(check) => check,
        Err(reason) => {
            none(desk, Some(exercise), &reason, json)?;
            return Ok(Exit::NotYet);
        }
    };
    let path = path(&check.name);
    if let Some(file) = &args.diagram {
        return draw(
            desk,
            &path,
            &format!("{} {}", exercise.number, check.title),
            file,
        );
    }
    let contents = match Opened::copy(&path) {
        Ok(opened) => read(&opened.conn).map_err(Trouble::from),
        Err(trouble) => Err(trouble),
    };
    let contents = match contents {
        Ok(contents) => contents,
        Err(Trouble::Missing) => {
            let reason = format!("The check “{}” left no database behind.", check.title);
            none(desk, Some(exercise), &reason, json)?;
            return Ok(Exit::NotYet);
        }
        Err(trouble) => {
            let reason = format!(
                "The check “{}” left {} behind; {trouble}.",
                check.title,
                desk.places.shown(&path)
            );
            none(desk, Some(exercise), &reason, json)?;
            return Ok(Exit::NotYet);
        }
    };
    if json {
        let look = Look {
            schema: SCHEMA,
            exercise: Some(&exercise.id),
            check: Some(check.name.as_str()),
            check_title: Some(&check.title),
            path: Some(path),
            changed_since: !last.is_current,
            database: Some(&contents),
            message: None,
            sql: &check.sql,
        };
        print_json(&look)?;
        return Ok(Exit::Success);
    }
    let width = desk.view.width;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "What “{}” left behind {}",
        paint(STRONG, &check.title),
        paint(FAINT, format!("— {} {}", exercise.number, exercise.name)),
    );
    let _ = writeln!(out, "{}", paint(FAINT, desk.places.shown(&path)));
    if !last.is_current {
        let _ = writeln!(
            out,
            "{} your files have changed since; `{}` runs them",
            paint(CARE, "·"),
            desk.view
                .invocation
                .command(&format!("run {}", exercise.number)),
        );
    }
    out.push_str(&database(&contents, width));
    out.push_str(&statements(&check.sql, width));
    terminal::print(&out)?;
    Ok(Exit::Success)
}

/// The check that is meant, or why there is none to look at.
fn check<'r>(
    last: &'r LastRun,
    named: Option<&CheckName>,
    is_kept: impl Fn(&CheckName) -> bool,
) -> Result<&'r CheckReport, String> {
    let Some(report) = &last.report else {
        return Err("It has not been run yet.".to_owned());
    };
    if let Some(reason) = nothing_ran(report) {
        return Err(reason.to_owned());
    }
    if let Some(name) = named {
        let found = report.checks.iter().find(|check| check.name == *name);
        return found.ok_or_else(|| format!("The check `{name}` was not part of the last run."));
    }
    let failing = report
        .first_failing()
        .ok_or_else(|| "Every check passed, so no database was kept.".to_owned())?;
    let kept = || report.checks.iter().find(|check| is_kept(&check.name));
    Ok(if is_kept(&failing.name) {
        failing
    } else {
        kept().unwrap_or(failing)
    })
}

fn nothing_ran(report: &ExerciseReport) -> Option<&'static str> {
    match report.status {
        Status::Passed => Some("Every check passed, so no database was kept."),
        Status::NotStarted => Some("It has not been begun, so nothing was run."),
        Status::BuildFailed => Some("It does not compile yet, so nothing was run."),
        Status::Missing | Status::Error => Some("It cannot be graded, so nothing was run."),
        Status::Failed | Status::TimedOut | Status::Crashed => None,
    }
}

fn none(desk: &Desk, exercise: Option<&Exercise>, reason: &str, json: bool) -> Result<()> {
    if json {
        return print_json(&Look {
            schema: SCHEMA,
            exercise: exercise.map(|exercise| exercise.id.as_str()),
            message: Some(reason),
            ..Look::default()
        });
    }
    let mut text = String::new();
    let mut reason = reason.to_owned();
    if let Some(exercise) = exercise {
        let number = exercise.number.to_string();
        let _ = writeln!(
            text,
            "{}",
            paint(STRONG, format!("{number} {}", exercise.name))
        );
        let run = desk.view.invocation.command(&format!("run {number}"));
        // A starter is not run: it is known to fail.
        let _ = write!(reason, " Once its files are changed, `{run}` runs it.");
    }
    for line in wrap(&reason, desk.view.width - 2) {
        let _ = writeln!(text, "  {line}");
    }
    terminal::complain(&text);
    Ok(())
}

fn print_json(look: &Look<'_>) -> Result<()> {
    let text = serde_json::to_string_pretty(look).context("writing the database as JSON")?;
    terminal::print(&format!("{text}\n"))
}

const ALL_DONE: &str = "Every exercise is done; databases are kept of checks that fail.";

/// More tables than this are no picture.
const TABLES: usize = 60;

/// Writes a diagram of the tables.
fn draw(desk: &Desk, database: &Path, title: &str, file: &Path) -> Result<Exit> {
    let shown = desk.places.shown(database);
    let schema = match Opened::copy(database) {
        Ok(opened) => Schema::read(&opened.conn).map_err(Trouble::from),
        Err(trouble) => Err(trouble),
    };
    let fault = match schema {
        Ok(schema) if schema.tables.is_empty() => format!("{shown} has no tables to draw"),
        Ok(schema) if schema.tables.len() > TABLES => format!(
            "{shown} has {} tables; no more than {TABLES} make a picture",
            schema.tables.len()
        ),
        Ok(_) if !may_be_replaced(file) => format!(
            "{} is no picture that was drawn here, so it stays as it is; name another file",
            file.display()
        ),
        Ok(schema) => {
            fs::write(file, diagram::svg(&schema, title, "tables"))
                .with_context(|| format!("writing the diagram to {}", file.display()))?;
            let words: Vec<String> = diagram::words(&schema)
                .iter()
                .flat_map(|sentence| wrap(sentence, desk.view.width))
                .collect();
            terminal::print(&format!(
                "Drawn: {}\n\n{}\n",
                file.display(),
                words.join("\n")
            ))?;
            return Ok(Exit::Success);
        }
        Err(trouble) => format!("{shown}: {trouble}"),
    };
    terminal::print(&format!("{fault}.\n"))?;
    Ok(Exit::NotYet)
}

/// It is not there, or it is an SVG: nobody's work is lost.
fn may_be_replaced(file: &Path) -> bool {
    fs::read(file).map_or(true, |bytes| bytes.is_empty() || bytes.starts_with(b"<svg"))
}
