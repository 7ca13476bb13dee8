//! `solution`: what the learner's files could look like.

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;
use similar::{ChangeTag, TextDiff};

use super::desk::Desk;
use super::gate::Gate;
use crate::cli::SolutionArgs;
use crate::course::Exercise;
use crate::exit::Exit;
use crate::report::text::style::{BAD, CARE, FAINT, GOOD, STRONG, paint};
use crate::report::text::{Advice, hanging, next, plain, wrap};
use crate::starter::{Kind, Regions};
use crate::terminal;

/// The column at which the texts of `right` and `also` begin.
const COLUMN: usize = 10;
/// Unchanged lines around a difference.
const CONTEXT: usize = 3;

/// Shows the solution, or says what has to happen before.
pub(crate) fn solution(desk: &Desk, args: &SolutionArgs) -> Result<Exit> {
    let exercise = match desk.select_one(&args.exercise) {
        Ok(exercise) => exercise,
        Err(exit) => return Ok(exit),
    };
    let Some(progress) = desk.progress() else {
        terminal::complain(
            "so it is not known whether you have tried; `checker doctor` looks for the cause\n",
        );
        return Ok(Exit::NotYet);
    };
    let gate = Gate::of(&progress, exercise)?;
    if !gate.is_open() {
        terminal::print(&closed(desk, exercise, gate))?;
        return Ok(Exit::NotYet);
    }
    let mut out = format!(
        "{} {}\n",
        paint(
            STRONG,
            format!("{} {}", exercise.number, exercise.manifest.title)
        ),
        paint(FAINT, "— the solution"),
    );
    for path in &exercise.manifest.files {
        let source = desk
            .course
            .files
            .text(&format!("{}/{path}", exercise.solution()))?;
        let text = Regions::parse(path, source)?.text(Kind::Solution);
        if args.diff {
            difference(&mut out, desk, exercise, path, &text);
        } else {
            let _ = writeln!(out, "\n{}\n\n{}", paint(FAINT, path), text.trim_end());
        }
    }
    out.push('\n');
    let width = desk.view.width;
    out.push_str(&hanging("right", COLUMN, &exercise.manifest.success, width));
    if let Some(other) = exercise.manifest.right.first() {
        out.push_str(&hanging("also", COLUMN, &other.about, width));
    }
    terminal::print(&out)?;
    Ok(Exit::Success)
}

fn closed(desk: &Desk, exercise: &Exercise, gate: Gate) -> String {
    let number = exercise.number;
    let mut missing = Vec::new();
    if gate.missing_runs() > 0 {
        missing.push(gate.missing_runs_text());
    }
    if !gate.saw_last_hint() {
        missing.push("the last hint".to_owned());
    }
    let sentence = format!(
        "The solution of {number} {} is shown once the exercise has passed, or after three runs that fail and the \
         last hint; what has not changed is not run again. Still missing: {}.",
        exercise.name,
        missing.join(" and ")
    );
    let mut out = String::new();
    for (index, line) in wrap(&sentence, desk.view.width - 2).iter().enumerate() {
        let symbol = if index == 0 {
            paint(CARE, "·")
        } else {
            " ".to_owned()
        };
        let _ = writeln!(out, "{symbol} {line}");
    }
    let line = |arguments: String, purpose: &str| Advice {
        command: desk.view.invocation.command(&arguments),
        purpose: purpose.to_owned(),
    };
    let mut advice = vec![line(format!("run {number}"), "run it")];
    if !gate.saw_last_hint() {
        advice.push(line(format!("hint {number}"), "the next hint"));
    }
    out.push_str(&next(&advice));
    out
}

/// What has to change in the learner's file to make it the solution.
fn difference(out: &mut String, desk: &Desk, exercise: &Exercise, path: &str, solution: &str) {
    let file = desk.places.submission(&exercise.id).join(path);
    let shown = desk.places.shown(&file);
    let is_regular = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file());
    let own = match is_regular.then(|| fs::read(&file)) {
        Some(Ok(bytes)) => String::from_utf8_lossy(&bytes).replace("\r\n", "\n"),
        _ => {
            let _ = writeln!(out, "\n{shown} cannot be read; this is the whole solution");
            String::new()
        }
    };
    if own == solution {
        let _ = writeln!(out, "\n{} {shown} is the same", paint(GOOD, "✓"));
        return;
    }
    let _ = writeln!(
        out,
        "\n{}\n{}",
        paint(BAD, format!("--- yours     {shown}")),
        paint(GOOD, format!("+++ solution  {path}")),
    );
    let diff = TextDiff::from_lines(own.as_str(), solution);
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let _ = writeln!(out, "{}", paint(FAINT, hunk.header()));
        for change in hunk.iter_changes() {
            let line = plain(change.value().trim_end_matches('\n'));
            let _ = match change.tag() {
                ChangeTag::Delete => writeln!(out, "{}", paint(BAD, format!("-{line}"))),
                ChangeTag::Insert => writeln!(out, "{}", paint(GOOD, format!("+{line}"))),
                ChangeTag::Equal => writeln!(out, " {line}"),
            };
        }
    }
}
