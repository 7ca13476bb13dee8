//! One exercise: in a line, or with its first failing check in full.

use std::fmt::Write as _;

use super::View;
use super::statements::last_statements;
use super::style::{self, COMMAND, FAINT, STRONG, paint};
use super::wrap::{hanging, wrap};
use crate::course::Exercise;
use crate::report::{CheckReport, CheckStatus, ExerciseReport, Status};

/// The column at which the texts of `expected`, `found`, `why` begin.
const COLUMN: usize = 12;
/// More lines of rustc's than these are not shown.
const DIAGNOSTIC_LINES: usize = 30;
/// More lines of what the code printed than these are not shown.
const PRINTED_LINES: usize = 10;

/// Symbol, number, name, title and standing.
pub(crate) fn exercise_line(report: &ExerciseReport) -> String {
    let standing = match report.status {
        Status::Passed => String::new(),
        Status::Failed | Status::TimedOut | Status::Crashed => {
            format!(
                "{}, {} of {} checks pass",
                style::word(report.status),
                report.passed_checks(),
                report.checks.len()
            )
        }
        status => style::word(status).to_owned(),
    };
    let line = format!(
        "{} {:<5}{:<24}",
        style::symbol(report.status),
        report.number,
        report.name
    );
    if standing.is_empty() {
        line.trim_end().to_owned()
    } else {
        format!("{line}{}", paint(FAINT, standing))
    }
}

/// Everything about an exercise that did not pass: the first failing check in
/// full, the others in a line each.
pub(crate) fn exercise_in_full(report: &ExerciseReport, view: &View) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} {} {}",
        style::symbol(report.status),
        paint(STRONG, format!("{} {}", report.number, report.name)),
        paint(
            FAINT,
            format!("— {}, {}", report.title, style::word(report.status))
        ),
    );
    changed_files(&mut out, report, view);
    if let Some(message) = &report.message {
        out.push('\n');
        for line in wrap(message, view.width - 2) {
            let _ = writeln!(out, "  {line}");
        }
    }
    if report.status == Status::BuildFailed {
        diagnostics(&mut out, report, view);
        return out;
    }
    if report
        .checks
        .iter()
        .all(|check| check.status == CheckStatus::NotRun)
        && report.message.is_some()
    {
        return out;
    }
    let shown = report.first_failing();
    if let Some(check) = shown {
        out.push('\n');
        check_in_full(&mut out, report, check, view);
    }
    let others: Vec<&CheckReport> = report
        .checks
        .iter()
        .filter(|check| shown.is_none_or(|shown| shown.name != check.name))
        .collect();
    if !others.is_empty() {
        let _ = writeln!(out, "\n  {}", paint(FAINT, "the other checks"));
        for check in others {
            check_line(&mut out, check);
        }
    }
    out
}

/// What is said of an exercise that has passed.
pub(crate) fn passed_in_full(report: &ExerciseReport, exercise: &Exercise, view: &View) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} {} {}",
        style::symbol(report.status),
        paint(STRONG, format!("{} {}", report.number, report.name)),
        paint(FAINT, format!("— {}, done", report.title)),
    );
    changed_files(&mut out, report, view);
    out.push('\n');
    for check in &report.checks {
        check_line(&mut out, check);
    }
    out.push('\n');
    out.push_str(&hanging(
        "verified",
        COLUMN,
        &exercise.manifest.success,
        view.width,
    ));
    out.push_str(&hanging(
        "think",
        COLUMN,
        &exercise.manifest.reflection,
        view.width,
    ));
    let command = view
        .invocation
        .command(&format!("solution {}", report.number));
    let _ = writeln!(
        out,
        "  {}   {}",
        paint(COMMAND, command),
        paint(FAINT, "compare with the solution")
    );
    out
}

fn check_in_full(out: &mut String, report: &ExerciseReport, check: &CheckReport, view: &View) {
    let _ = writeln!(
        out,
        "  {} {}",
        style::check_symbol(check.status),
        paint(STRONG, &check.title)
    );
    for line in wrap(&check.message, view.width - 4) {
        let _ = writeln!(out, "    {line}");
    }
    let texts = [("expected", &check.expected), ("found", &check.observed)];
    if texts.iter().any(|(_, text)| text.is_some()) {
        out.push('\n');
    }
    for (label, text) in texts {
        if let Some(text) = text {
            out.push_str(&hanging(label, COLUMN, text, view.width));
        }
    }
    if let Some(diff) = &check.diff {
        out.push('\n');
        for line in diff.lines() {
            let line = match line.trim_start().chars().next() {
                Some('+') => paint(style::CARE, line),
                Some('-') => paint(style::BAD, line),
                _ => line.to_owned(),
            };
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
    }
    if let Some(why) = &check.why {
        out.push('\n');
        out.push_str(&hanging("why", COLUMN, why, view.width));
    }
    if !check.sql.is_empty() {
        let width = view.width.saturating_sub(COLUMN);
        let text = last_statements(&check.sql, width);
        out.push('\n');
        out.push_str(&hanging("your SQL", COLUMN, &text, view.width));
    }
    if let Some(place) = &check.place {
        let file = format!(
            "{}/{}/{}:{}",
            view.exercises, report.id, place.file, place.line
        );
        out.push_str(&hanging("look at", COLUMN, &file, usize::MAX));
    }
    if let Some(page) = view.page(&report.id) {
        out.push_str(&hanging("read", COLUMN, &page, usize::MAX));
    }
    printed(out, check);
}

fn printed(out: &mut String, check: &CheckReport) {
    let show = |out: &mut String, text: &str| {
        let lines: Vec<&str> = text.lines().collect();
        let _ = writeln!(out, "\n  {}", paint(FAINT, "your code printed"));
        for line in lines.iter().take(PRINTED_LINES) {
            let _ = writeln!(out, "    {line}");
        }
        if lines.len() > PRINTED_LINES {
            let _ = writeln!(
                out,
                "    {}",
                paint(
                    FAINT,
                    format!("… {} more lines", lines.len() - PRINTED_LINES)
                )
            );
        }
    };
    if !check.stdout.trim().is_empty() {
        show(out, check.stdout.trim_end());
    }
}

fn check_line(out: &mut String, check: &CheckReport) {
    let word = style::check_word(check.status)
        .map(|word| paint(FAINT, format!("  {word}")))
        .unwrap_or_default();
    let _ = writeln!(
        out,
        "  {} {}{word}",
        style::check_symbol(check.status),
        check.title
    );
}

fn diagnostics(out: &mut String, report: &ExerciseReport, view: &View) {
    if let Some(first) = report.build.diagnostics.first() {
        out.push('\n');
        let lines: Vec<&str> = first.trim_end().lines().collect();
        for line in lines.iter().take(DIAGNOSTIC_LINES) {
            let _ = writeln!(out, "  {line}");
        }
        if lines.len() > DIAGNOSTIC_LINES {
            let _ = writeln!(
                out,
                "  {}",
                paint(
                    FAINT,
                    format!("… {} more lines", lines.len() - DIAGNOSTIC_LINES)
                )
            );
        }
    }
    if let Some(note) = &report.build.note {
        out.push('\n');
        out.push_str(&hanging("here", COLUMN, note, view.width));
    }
}

fn changed_files(out: &mut String, report: &ExerciseReport, view: &View) {
    if report.changed_files.is_empty() {
        return;
    }
    let files = report.changed_files.join(", ");
    let command = view
        .invocation
        .command(&format!("reset --checks {}", report.number));
    let text = format!(
        "{files} {} not as given; the grade does not use {}. `{command}` puts the given files back.",
        if report.changed_files.len() == 1 {
            "is"
        } else {
            "are"
        },
        if report.changed_files.len() == 1 {
            "it"
        } else {
            "them"
        },
    );
    out.push_str(&hanging("note", COLUMN, &text, view.width));
}
