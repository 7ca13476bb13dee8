//! `doctor`: what could keep the checker from working, and what to do.

mod machine;
mod project;
mod tools;

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde::Serialize;

use super::desk::Desk;
use crate::cli::CourseArgs;
use crate::exit::Exit;
use crate::report::text::style::{BAD, COMMAND, FAINT, GOOD, STRONG, paint};
use crate::report::text::{Invocation, plain, wrap};
use crate::terminal;

/// The column at which findings begin.
const COLUMN: usize = 24;

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    /// What was looked at, in a word or two.
    subject: &'static str,
    state: State,
    /// What was found.
    found: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    /// Good to know, and no fault.
    Note,
    Problem,
}

impl Finding {
    fn ok(subject: &'static str, found: impl Into<String>) -> Self {
        Self::new(subject, State::Ok, found, None)
    }

    fn note(subject: &'static str, found: impl Into<String>) -> Self {
        Self::new(subject, State::Note, found, None)
    }

    fn problem(subject: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(subject, State::Problem, found, Some(remedy.into()))
    }

    fn new(
        subject: &'static str,
        state: State,
        found: impl Into<String>,
        remedy: Option<String>,
    ) -> Self {
        Finding {
            subject,
            state,
            found: found.into(),
            remedy,
        }
    }
}

/// `workbook/doctor/v1`.
#[derive(Serialize)]
struct Findings<'f> {
    schema: &'static str,
    checker_version: &'static str,
    problems: usize,
    findings: &'f [Finding],
}

/// Looks at everything, whatever is wrong already; changes nothing.
pub(crate) fn doctor(args: &CourseArgs, json: bool) -> Result<Exit> {
    let mut findings = tools::look();
    findings.extend(machine::sqlite());
    match Desk::set(args) {
        Ok(desk) => {
            findings.extend(project::look(&desk));
            findings.extend(machine::look(&desk));
        }
        Err(error) => {
            let text = format!("{error:#}");
            let (found, remedy) = text.split_once('\n').unwrap_or((&text, ""));
            findings.push(Finding::problem("exercises", found, remedy));
        }
    }
    findings.push(machine::terminal());
    let problems = findings
        .iter()
        .filter(|finding| finding.state == State::Problem)
        .count();
    if json {
        let text = serde_json::to_string_pretty(&Findings {
            schema: "workbook/doctor/v1",
            checker_version: env!("CARGO_PKG_VERSION"),
            problems,
            findings: &findings,
        })
        .context("writing the findings as JSON")?;
        terminal::print(&format!("{text}\n"))?;
    } else {
        terminal::print(&text(&findings, problems, terminal::width()))?;
    }
    Ok(match problems {
        0 => Exit::Success,
        _ => Exit::NotYet,
    })
}

fn text(findings: &[Finding], problems: usize, width: usize) -> String {
    let mut out = String::new();
    let indent = " ".repeat(COLUMN);
    for finding in findings {
        let (symbol, word) = match finding.state {
            State::Ok => (paint(GOOD, "✓"), "ok"),
            State::Note => (paint(FAINT, "·"), "note"),
            State::Problem => (paint(BAD, "✗"), "wrong"),
        };
        let label = format!("{symbol} {word:<6}{:<14}", finding.subject);
        let found = plain(&finding.found);
        for (row, line) in wrap(&found, width - COLUMN).iter().enumerate() {
            let before = if row == 0 { &label } else { &indent };
            let gap = if row == 0 { "  " } else { "" };
            let _ = writeln!(out, "{before}{gap}{line}");
        }
        let remedy = finding.remedy.as_deref().unwrap_or_default();
        for (row, line) in wrap(remedy, width - COLUMN - 2).iter().enumerate() {
            let arrow = match row {
                0 => paint(COMMAND, "→"),
                _ => " ".to_owned(),
            };
            let _ = writeln!(out, "{indent}{arrow} {line}");
        }
    }
    out.push('\n');
    let _ = match problems {
        0 => writeln!(out, "{}", paint(STRONG, "Nothing is wrong.")),
        1 => writeln!(out, "{}", paint(STRONG, "One thing is wrong.")),
        _ => writeln!(
            out,
            "{}",
            paint(STRONG, format!("{problems} things are wrong."))
        ),
    };
    out
}

/// A command of this checker, as it is typed.
fn command(arguments: &str) -> String {
    Invocation::detect().command(arguments)
}
