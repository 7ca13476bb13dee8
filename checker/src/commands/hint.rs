//! `hint`: the next level of the ladder for the check that fails.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde::Serialize;

use super::choice::{Choice, choose, verdict};
use super::desk::Desk;
use super::gate::Gate;
use crate::cli::HintArgs;
use crate::course::Exercise;
use crate::exit::Exit;
use crate::report::text::style::{FAINT, STRONG, paint, symbol, word};
use crate::report::text::{Advice, next, wrap};
use crate::report::{CheckReport, ExerciseReport, Status};
use crate::terminal;

const SCHEMA: &str = "workbook/hint/v1";

/// What is said about an exercise.
#[derive(Serialize)]
struct Hinted<'a> {
    schema: &'static str,
    /// `null` when every exercise is done.
    exercise: Option<&'a str>,
    number: &'a str,
    name: &'a str,
    status: Status,
    check: Option<&'a str>,
    check_title: Option<&'a str>,
    /// How many of the ladder's levels have been shown, this one included.
    level: usize,
    levels: usize,
    /// The levels shown so far; the last is the new one.
    hints: Vec<&'a str>,
    /// Advice that belongs to no check.
    message: Option<String>,
    /// Whether `solution` shows the solution now.
    solution: bool,
}

/// Shows one more hint than last time.
pub(crate) fn hint(desk: &Desk, args: &HintArgs, json: bool) -> Result<Exit> {
    let exercise = match choose(desk, args.exercise.as_deref())? {
        Choice::Exercise(exercise) => exercise,
        Choice::Refused(exit) => return Ok(exit),
        Choice::AllDone => {
            return all_done(json);
        }
    };
    let report = verdict(desk, exercise, json)?.context("the exercise was not graded")?;
    let gate = match desk.progress() {
        Some(progress) => Some((Gate::of(&progress, exercise)?, progress)),
        None => None,
    };
    let mut hinted = Hinted {
        schema: SCHEMA,
        exercise: Some(&exercise.id),
        number: &report.number,
        name: &exercise.name,
        status: report.status,
        check: None,
        check_title: None,
        level: 0,
        levels: 0,
        hints: Vec::new(),
        message: general(desk, exercise, &report),
        solution: false,
    };
    let found = failing(&report).and_then(|check| Some((check, ladder(exercise, check)?)));
    if let Some((check, (key, levels))) = found {
        let shown = match &gate {
            Some((_, progress)) => usize::try_from(progress.hint_level(&exercise.id, key)?)?,
            // What cannot be remembered is shown at once: nobody stays stuck.
            None => levels.len(),
        };
        hinted.check = Some(check.name.as_str());
        hinted.check_title = Some(&check.title);
        hinted.levels = levels.len();
        hinted.level = (shown + 1).min(levels.len());
        hinted.hints = levels
            .iter()
            .take(hinted.level)
            .map(String::as_str)
            .collect();
        if let Some((_, progress)) = &gate
            && shown < levels.len()
        {
            progress.hint_shown(&exercise.id, key, u32::try_from(hinted.level)?)?;
        }
    }
    // The hint just shown may have been the last that was missing.
    let gate = gate
        .map(|(_, progress)| Gate::of(&progress, exercise))
        .transpose()?;
    hinted.solution = gate.is_some_and(Gate::is_open);

    if json {
        print_json(&hinted)?;
    } else {
        terminal::print(&text(desk, &hinted, gate))?;
    }
    let helped = hinted.level > 0 || matches!(report.status, Status::Passed | Status::NotStarted);
    Ok(if helped { Exit::Success } else { Exit::NotYet })
}

fn all_done(json: bool) -> Result<Exit> {
    let message = "Every exercise is done: none needs a hint.";
    if json {
        print_json(&Hinted {
            schema: SCHEMA,
            exercise: None,
            number: "",
            name: "",
            status: Status::Passed,
            check: None,
            check_title: None,
            level: 0,
            levels: 0,
            hints: Vec::new(),
            message: Some(message.to_owned()),
            solution: true,
        })?;
    } else {
        terminal::print(&format!("{} {message}\n", symbol(Status::Passed)))?;
    }
    Ok(Exit::Success)
}

fn print_json(hinted: &Hinted<'_>) -> Result<()> {
    let text = serde_json::to_string_pretty(hinted).context("writing the hint as JSON")?;
    terminal::print(&format!("{text}\n"))
}

/// The check that a hint is about.
fn failing(report: &ExerciseReport) -> Option<&CheckReport> {
    match report.status {
        Status::Failed | Status::TimedOut | Status::Crashed | Status::BuildFailed => {
            report.first_failing()
        }
        Status::Passed | Status::NotStarted | Status::Missing | Status::Error => None,
    }
}

/// The key that is remembered, and the levels that it leads to.
fn ladder<'a>(exercise: &'a Exercise, check: &'a CheckReport) -> Option<(&'a str, &'a [String])> {
    [check.hint_key(), check.name.as_str()]
        .into_iter()
        .find_map(|key| Some((key, exercise.hint(key)?.levels.as_slice())))
        .filter(|(_, levels)| !levels.is_empty())
}

/// What is said where the ladder of a check does not say it all.
fn general(desk: &Desk, exercise: &Exercise, report: &ExerciseReport) -> Option<String> {
    let command = |arguments: String| desk.view.invocation.command(&arguments);
    let number = &report.number;
    match report.status {
        Status::Passed => Some("This exercise is done: it needs no hint.".to_owned()),
        Status::NotStarted => Some(format!(
            "You have not begun yet. The task: {} Write a first version, however wrong, and run it: a hint is \
             about the check that fails first.",
            exercise.manifest.summary
        )),
        Status::Missing | Status::Error => report.message.clone(),
        Status::BuildFailed => {
            let mut text = format!(
                "Your code does not compile yet. `{}` shows what rustc says of it; begin with the first error.",
                command(format!("run {number}"))
            );
            if let Some(note) = &report.build.note {
                let _ = write!(text, " {note}");
            }
            if failing(report).is_some_and(|check| ladder(exercise, check).is_some()) {
                text.push_str(" The hint below is about what the code has to do.");
            }
            Some(text)
        }
        Status::Failed | Status::TimedOut | Status::Crashed => {
            let check = failing(report)?;
            ladder(exercise, check).is_none().then(|| {
                format!(
                    "There is no hint for the check “{}”. Compare what it expects with what it found: `{}`.",
                    check.title,
                    command(format!("run {number}"))
                )
            })
        }
    }
}

fn text(desk: &Desk, hinted: &Hinted<'_>, gate: Option<Gate>) -> String {
    let width = desk.view.width;
    let mut out = String::new();
    let standing = match hinted.level {
        0 => word(hinted.status).to_owned(),
        level => format!("hint {level} of {}", hinted.levels),
    };
    let _ = writeln!(
        out,
        "{} {} — {standing}",
        symbol(hinted.status),
        paint(STRONG, format!("{} {}", hinted.number, hinted.name)),
    );
    if let Some(message) = &hinted.message {
        out.push('\n');
        for line in wrap(message, width - 2) {
            let _ = writeln!(out, "  {line}");
        }
    }
    if let Some(title) = hinted.check_title {
        let _ = writeln!(out, "\n  for the check “{title}”");
    }
    for (index, hint) in hinted.hints.iter().enumerate() {
        let is_new = index + 1 == hinted.hints.len();
        out.push('\n');
        for (row, line) in wrap(hint.trim_end(), width - 5).iter().enumerate() {
            let label = if row == 0 {
                (index + 1).to_string()
            } else {
                " ".to_owned()
            };
            let line = format!("  {label}  {line}");
            let line = line.trim_end();
            if is_new {
                let _ = writeln!(out, "{line}");
            } else {
                let _ = writeln!(out, "{}", paint(FAINT, line));
            }
        }
    }
    let is_last = hinted.level > 0 && hinted.level == hinted.levels;
    if is_last && !hinted.solution {
        let after = match gate {
            Some(gate) if gate.missing_runs() > 0 => {
                format!("after {}", gate.missing_runs_text())
            }
            _ => "once this exercise has passed".to_owned(),
        };
        let last = format!("That was the last hint. The solution is shown {after}.");
        out.push('\n');
        for line in wrap(&last, width - 2) {
            let _ = writeln!(out, "  {line}");
        }
    }
    out.push_str(&next(&advice(desk, hinted, is_last)));
    out
}

fn advice(desk: &Desk, hinted: &Hinted<'_>, is_last: bool) -> Vec<Advice> {
    let number = hinted.number;
    let line = |arguments: String, purpose: &str| Advice {
        command: desk.view.invocation.command(&arguments),
        purpose: purpose.to_owned(),
    };
    let grade = line(String::new(), "grade again");
    match hinted.status {
        Status::Passed => vec![line(
            format!("solution {number}"),
            "compare with the solution",
        )],
        Status::NotStarted => vec![
            line(format!("open {number}"), "open it in your editor"),
            line(String::new(), "grade what you changed"),
        ],
        Status::Missing | Status::Error => vec![line(
            format!("reset {number}"),
            "put the given files back; yours are kept",
        )],
        _ if hinted.level > 0 && !is_last => {
            vec![grade, line(format!("hint {number}"), "the next hint")]
        }
        _ if hinted.solution => vec![
            grade,
            line(format!("solution {number}"), "look at the solution"),
        ],
        _ => vec![grade],
    }
}
