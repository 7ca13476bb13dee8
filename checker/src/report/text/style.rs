//! Colors. A symbol and a word always say the same.

use anstyle::{AnsiColor, Style};

use crate::report::{CheckStatus, Status};

pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const COMMAND: Style = AnsiColor::Cyan.on_default();

/// `text` in `style`.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The symbol of an exercise's status.
pub(crate) fn symbol(status: Status) -> String {
    match status {
        Status::Passed => paint(GOOD, "✓"),
        Status::NotStarted => paint(FAINT, "○"),
        Status::Failed => paint(BAD, "✗"),
        Status::TimedOut | Status::Crashed | Status::BuildFailed => paint(BAD, "!"),
        Status::Missing | Status::Error => paint(CARE, "?"),
    }
}

/// The word of an exercise's status.
pub(crate) fn word(status: Status) -> &'static str {
    match status {
        Status::Passed => "done",
        Status::NotStarted => "not started",
        Status::Failed => "not right yet",
        Status::TimedOut => "did not end in time",
        Status::Crashed => "crashed",
        Status::BuildFailed => "does not compile",
        Status::Missing => "files missing",
        Status::Error => "cannot be graded",
    }
}

/// The symbol of a check's status.
pub(crate) fn check_symbol(status: CheckStatus) -> String {
    match status {
        CheckStatus::Passed => paint(GOOD, "✓"),
        CheckStatus::Failed => paint(BAD, "✗"),
        CheckStatus::TimedOut | CheckStatus::Crashed => paint(BAD, "!"),
        CheckStatus::NotRun | CheckStatus::Skipped => paint(FAINT, "·"),
    }
}

/// What is said behind a check that did not pass and is not shown in full.
pub(crate) fn check_word(status: CheckStatus) -> Option<&'static str> {
    match status {
        CheckStatus::Passed | CheckStatus::Failed => None,
        CheckStatus::TimedOut => Some("did not end in time"),
        CheckStatus::Crashed => Some("crashed"),
        CheckStatus::NotRun => Some("did not run"),
        CheckStatus::Skipped => Some("not checked yet"),
    }
}
