//! Where the learner stands, and what to do next.

use std::fmt::Write as _;

use super::style::{COMMAND, FAINT, GOOD, STRONG, paint};
use super::{View, exercise_in_full, exercise_line, passed_in_full};
use crate::course::{Course, Exercise};
use crate::report::{ExerciseReport, Status};

/// Cells of the progress bar.
const BAR: usize = 20;

/// A command and what it is for.
pub(crate) struct Advice {
    pub(crate) command: String,
    pub(crate) purpose: String,
}

/// Where the learner stands.
pub(crate) struct Standing<'r> {
    /// Of the whole course, in its order.
    pub(crate) reports: &'r [ExerciseReport],
    /// The folders of the exercises that passed for the first time.
    pub(crate) new: &'r [String],
    /// The exercise to work on; none when all are done.
    pub(crate) current: Option<&'r ExerciseReport>,
}

/// All exercises, the one to work on in full, and what to do about it.
pub(crate) fn overview(
    course: &Course,
    standing: &Standing<'_>,
    view: &View,
    advice: impl Fn(&ExerciseReport) -> Vec<Advice>,
) -> String {
    let Standing {
        reports,
        new,
        current,
    } = *standing;
    let mut out = String::new();
    let done = reports
        .iter()
        .filter(|report| report.status == Status::Passed)
        .count();
    heading(&mut out, done, reports.len());

    for part in course.parts() {
        let members: Vec<&ExerciseReport> = reports
            .iter()
            .filter(|report| report.part == part.folder)
            .collect();
        let done = members
            .iter()
            .filter(|report| report.status == Status::Passed)
            .count();
        let open = current.is_some_and(|current| current.part == part.folder);
        let touched = members
            .iter()
            .any(|report| !matches!(report.status, Status::Passed | Status::NotStarted));
        let count = if done == members.len() {
            paint(GOOD, format!("✓ {done} of {}", members.len()))
        } else {
            paint(FAINT, format!("{done} of {}", members.len()))
        };
        let _ = writeln!(
            out,
            "  {} {count}",
            paint(
                STRONG,
                format!("{:<2} {}", part.number, part.name.replace('_', " "))
            )
        );
        for report in members {
            if open || (touched && report.status != Status::NotStarted) {
                let _ = writeln!(out, "     {}", exercise_line(report));
            }
        }
    }
    out.push('\n');

    let last = reports.iter().rfind(|report| new.contains(&report.id));
    if let Some(report) = last
        && let Some(exercise) = course
            .exercises
            .iter()
            .find(|exercise| exercise.id == report.id)
    {
        out.push_str(&passed_in_full(report, exercise, view));
        out.push('\n');
    }
    match current {
        None => {
            let _ = writeln!(
                out,
                "{} Every exercise is done. Well learned.",
                paint(GOOD, "✓")
            );
        }
        Some(report) if report.status == Status::NotStarted => {
            if let Some(exercise) = course
                .exercises
                .iter()
                .find(|exercise| exercise.id == report.id)
            {
                out.push_str(&introduction(exercise, done, view));
            }
        }
        Some(report) => out.push_str(&exercise_in_full(report, view)),
    }
    if let Some(current) = current {
        out.push_str(&next(&advice(current)));
    }
    out
}

/// What the exercise asks for and where it is.
fn introduction(exercise: &Exercise, done: usize, view: &View) -> String {
    let mut out = String::new();
    let begin = if done == 0 { "Start here" } else { "Next" };
    let _ = writeln!(
        out,
        "{} {}",
        paint(
            STRONG,
            format!("{begin}: {} {}", exercise.number, exercise.manifest.title)
        ),
        paint(FAINT, format!("({} minutes)", exercise.manifest.minutes)),
    );
    out.push_str(&super::hanging(
        "task",
        10,
        &exercise.manifest.summary,
        view.width,
    ));
    if let Some(page) = view.page(&exercise.id) {
        out.push_str(&super::hanging("read", 10, &page, usize::MAX));
    }
    for file in &exercise.manifest.files {
        out.push_str(&super::hanging(
            "edit",
            10,
            &format!("{}/{}/{file}", view.exercises, exercise.id),
            usize::MAX,
        ));
    }
    out
}

fn heading(out: &mut String, done: usize, all: usize) {
    let filled = (done * BAR).checked_div(all).unwrap_or(0);
    let bar = format!(
        "{}{}",
        paint(GOOD, "█".repeat(filled)),
        paint(FAINT, "░".repeat(BAR - filled))
    );
    let _ = writeln!(
        out,
        "{}  {bar}  {done} of {all} exercises done\n",
        paint(STRONG, "Workbook")
    );
}

/// The commands to type next.
pub(crate) fn next(advice: &[Advice]) -> String {
    let mut out = String::new();
    if advice.is_empty() {
        return out;
    }
    let widest = advice
        .iter()
        .map(|advice| advice.command.chars().count())
        .max()
        .unwrap_or(0);
    let _ = writeln!(out, "\n{}", paint(STRONG, "Next"));
    for advice in advice {
        let gap = widest - advice.command.chars().count() + 3;
        let _ = writeln!(
            out,
            "  {}{}{}",
            paint(COMMAND, &advice.command),
            " ".repeat(gap),
            paint(FAINT, &advice.purpose)
        );
    }
    out
}

/// The reports of the exercises that were named: each in full.
pub(crate) fn named(
    course: &Course,
    reports: &[ExerciseReport],
    view: &View,
    advice: impl Fn(&ExerciseReport) -> Vec<Advice>,
) -> String {
    let mut out = String::new();
    let in_a_line =
        |report: &ExerciseReport| matches!(report.status, Status::Passed | Status::NotStarted);
    for (index, report) in reports.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| reports.get(before));
        if before.is_some_and(|before| !(in_a_line(before) && in_a_line(report))) {
            out.push('\n');
        }
        let exercise = course
            .exercises
            .iter()
            .find(|exercise| exercise.id == report.id);
        match (report.status, exercise) {
            (Status::Passed, Some(exercise)) if reports.len() == 1 => {
                out.push_str(&passed_in_full(report, exercise, view));
            }
            (Status::Passed, _) => {
                let _ = writeln!(out, "{}", exercise_line(report));
            }
            (Status::NotStarted, Some(exercise)) if reports.len() == 1 => {
                let _ = writeln!(out, "{}\n", exercise_line(report));
                out.push_str(&introduction(exercise, 1, view));
            }
            (Status::NotStarted, _) => {
                let _ = writeln!(out, "{}", exercise_line(report));
            }
            _ => out.push_str(&exercise_in_full(report, view)),
        }
    }
    if let Some(open) = reports
        .iter()
        .find(|report| report.status != Status::Passed)
        .or(reports.last())
    {
        out.push_str(&next(&advice(open)));
    }
    out
}
