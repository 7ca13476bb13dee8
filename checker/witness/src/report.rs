//! What `cargo test` shows of a check that did not pass. The checker writes
//! its own report from the same records.

use std::fmt::Write;

use crate::evidence::{Failure, Panic, Place, Record, Statement};
use crate::table;
use crate::watch::SHOWN;

/// Lines of SQL shown, after folding.
const SQL_LINES: usize = 12;

/// Prints the report where the test harness captures it.
pub(crate) fn print(check: &str, record: &Record) {
    complain(&text(check, record));
}

/// Prints a line on standard error, and bears it being closed.
pub(crate) fn complain(text: &str) {
    let _ = std::panic::catch_unwind(|| eprintln!("{text}"));
}

pub(crate) fn text(check: &str, record: &Record) -> String {
    let title = check.rsplit("::").next().unwrap_or(check).replace('_', " ");
    match record {
        Record::Failed(failure) => failed(&title, failure),
        Record::Panicked(panic) => panicked(&title, panic),
        Record::Began { .. } | Record::Completed { .. } => String::new(),
    }
}

fn failed(title: &str, failure: &Failure) -> String {
    let mut out = format!("✗ {title}\n  {}\n", failure.message);
    section(&mut out, "expected", failure.expected.as_deref());
    section(&mut out, "found", failure.observed.as_deref());
    section(&mut out, "difference", failure.diff.as_deref());
    section(&mut out, "why", failure.why.as_deref());
    sql(&mut out, &failure.sql);
    place(&mut out, failure.place.as_ref());
    out
}

fn panicked(title: &str, panic: &Panic) -> String {
    let what = match panic.message.strip_prefix("not yet implemented") {
        Some(rest) => format!("not written yet{rest}"),
        None => format!("your code panicked: {}", panic.message),
    };
    let mut out = format!("✗ {title}\n  {what}\n");
    sql(&mut out, &panic.sql);
    place(&mut out, panic.place.as_ref());
    out
}

fn section(out: &mut String, label: &str, text: Option<&str>) {
    let Some(text) = text else { return };
    if text.contains('\n') {
        let _ = writeln!(out, "  {label}:");
        for line in text.lines() {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
    } else {
        let _ = writeln!(out, "  {:<9} {text}", format!("{label}:"));
    }
}

fn place(out: &mut String, place: Option<&Place>) {
    if let Some(place) = place {
        let _ = writeln!(out, "  {:<9} {}:{}", "at:", place.file, place.line);
    }
}

fn sql(out: &mut String, statements: &[Statement]) {
    if statements.is_empty() {
        return;
    }
    let lines: Vec<String> = statements.iter().map(line).collect();
    let hidden = lines.len().saturating_sub(SQL_LINES);
    let label = match statements.len() {
        SHOWN.. => format!("the last {SHOWN} statements that your code ran"),
        _ => "SQL that your code ran".to_owned(),
    };
    let _ = writeln!(out, "  {label}:");
    if hidden > 0 {
        let _ = writeln!(out, "    … {hidden} more before");
    }
    for line in lines.iter().skip(hidden) {
        let _ = writeln!(out, "    {line}");
    }
}

fn line(statement: &Statement) -> String {
    match statement.times {
        1 => table::cut(&statement.sql, 72),
        times => format!("{}  × {times}", table::cut(&statement.sql, 64)),
    }
}
