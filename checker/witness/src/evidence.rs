//! What a check leaves behind for the checker: a file of JSON lines, one
//! [`Record`] each, outside the folder that the learner's code works in.
//!
//! Exit code 0 proves nothing (a submission may call `process::exit(0)`), and
//! neither does a printed line. A check has passed when its records end with
//! [`Record::Completed`] bearing the secret that the checker sent through
//! standard input *and* its process ended with exit code 0.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The variables through which the checker speaks to a check's process.
/// Without [`env::EVIDENCE`] a check is an ordinary test of `cargo test`.
pub mod env {
    /// The file to which records are appended. Set means: graded.
    pub const EVIDENCE: &str = "WORKBOOK_EVIDENCE";
    /// The id of the process that started this one, which ends with it.
    pub const PARENT: &str = "WORKBOOK_PARENT";
    /// The seed of varying names and values, a decimal `u64`.
    pub const SEED: &str = "WORKBOOK_SEED";
    /// The learner's folder: frames of a backtrace below it are theirs.
    pub const SUBMISSION: &str = "WORKBOOK_SUBMISSION";
    /// The id of this run, by which stray descendants are recognized.
    pub const RUN: &str = "WORKBOOK_RUN";
    /// Set in a process that a check has started again to inject a fault.
    pub const FAULT: &str = "WORKBOOK_FAULT";
}

/// One line of the evidence file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Record {
    /// The body of the check is about to run.
    Began { check: String },
    /// An expectation did not hold.
    Failed(Box<Failure>),
    /// The code under test panicked.
    Panicked(Box<Panic>),
    /// The body ran to its end, and so did every destructor of its thread.
    Completed { secret: String },
}

/// An expectation that did not hold, in the order in which it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// One sentence: what is wrong.
    pub message: String,
    /// What the database, or the code, should hold or do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<String>,
    /// Expected and observed side by side, for schemas and rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
    /// One line: why it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What the code under test sent to SQLite, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sql: Vec<Statement>,
    /// The line of the learner's file to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Chooses a hint other than the check's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The database file to look at; the checker keeps a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<PathBuf>,
}

/// A panic in the code under test.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// What was passed to `panic!`, or the message of `unwrap`, `todo!`, ….
    pub message: String,
    /// Where, if the panic or a caller of it is in the learner's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What the code under test had sent to SQLite, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sql: Vec<Statement>,
    /// The database file to look at; the checker keeps a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<PathBuf>,
}

/// A statement as SQLite saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The text that was prepared, with its placeholders.
    pub sql: String,
    /// The text with the bound values put in.
    pub expanded: String,
    /// Which connection ran it: 1 is the first that was opened.
    pub connection: u32,
    /// The line of the learner's file that ran it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// How often it ran in a row, if that was often: with other values each
    /// time, of which the first are in `expanded`.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_once(times: &u32) -> bool {
    *times == 1
}

/// A line of a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Relative to the learner's folder, with `/`: `src/lib.rs`.
    pub file: String,
    /// Counted from 1.
    pub line: u32,
}
