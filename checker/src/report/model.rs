//! What one run found: the schema `workbook/report/v1`.
//!
//! The promise: within `v1` no field is renamed or removed and none changes
//! its meaning; fields and statuses may be added.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use witness::evidence::{Place, Statement};

use crate::course::CheckName;

/// The name of this schema.
pub(crate) const SCHEMA: &str = "workbook/report/v1";

/// The whole run.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RunReport {
    pub(crate) schema: &'static str,
    pub(crate) checker_version: &'static str,
    /// A hash of the course's content.
    pub(crate) course_version: String,
    pub(crate) sqlite_version: &'static str,
    pub(crate) rustc: String,
    /// RFC 3339, UTC.
    pub(crate) started: String,
    pub(crate) duration_ms: u64,
    /// Given with `--seed`; otherwise each exercise derives its own from its
    /// content.
    pub(crate) seed: Option<u64>,
    pub(crate) points: u32,
    pub(crate) max_points: u32,
    pub(crate) exercises: Vec<ExerciseReport>,
}

/// One exercise.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ExerciseReport {
    pub(crate) number: String,
    pub(crate) id: String,
    /// The part's folder.
    pub(crate) part: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) status: Status,
    pub(crate) points: u32,
    pub(crate) max_points: u32,
    /// Why there is no verdict on the checks, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    /// Files that were given and have been changed; the grade ignores it.
    #[serde(default)]
    pub(crate) changed_files: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seed: Option<u64>,
    pub(crate) build: Build,
    pub(crate) checks: Vec<CheckReport>,
}

/// What rustc said.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Build {
    pub(crate) duration_ms: u64,
    /// As rustc draws them, errors first.
    pub(crate) diagnostics: Vec<String>,
    /// One line specific to the exercise, for an error that it foresees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

/// One check.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CheckReport {
    pub(crate) name: CheckName,
    pub(crate) title: String,
    pub(crate) status: CheckStatus,
    /// Earned; a check is worth what [`ExerciseReport::max_points`] sums up.
    pub(crate) points: u32,
    pub(crate) duration_ms: u64,
    pub(crate) message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) observed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) diff: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sql: Vec<Statement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) hint_key: Option<String>,
    /// The kept copy of the database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) database: Option<PathBuf>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// How much of the two was dropped.
    pub(crate) truncated_bytes: u64,
}

/// What became of an exercise; it takes the worst of its checks, in the order
/// of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Passed,
    /// The starter, untouched.
    NotStarted,
    Failed,
    TimedOut,
    Crashed,
    BuildFailed,
    Missing,
    Error,
}

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CheckStatus {
    Passed,
    Failed,
    TimedOut,
    Crashed,
    /// It did not report: never a pass.
    NotRun,
    /// A check that it needs did not pass.
    Skipped,
}

/// The status of an exercise whose checks ended so.
pub(crate) fn worst(checks: &[CheckReport]) -> Status {
    checks
        .iter()
        .map(|check| match check.status {
            CheckStatus::Passed => Status::Passed,
            CheckStatus::Failed | CheckStatus::NotRun | CheckStatus::Skipped => Status::Failed,
            CheckStatus::TimedOut => Status::TimedOut,
            CheckStatus::Crashed => Status::Crashed,
        })
        .max()
        // An exercise without a check proves nothing.
        .unwrap_or(Status::Error)
}

impl ExerciseReport {
    /// The first check that did not pass.
    pub(crate) fn first_failing(&self) -> Option<&CheckReport> {
        self.checks
            .iter()
            .find(|check| !matches!(check.status, CheckStatus::Passed | CheckStatus::Skipped))
            .or_else(|| {
                self.checks
                    .iter()
                    .find(|check| check.status != CheckStatus::Passed)
            })
    }

    pub(crate) fn passed_checks(&self) -> usize {
        self.checks
            .iter()
            .filter(|check| check.status == CheckStatus::Passed)
            .count()
    }
}

impl CheckReport {
    /// What chooses the hint: the failure's own key, or the check's name.
    pub(crate) fn hint_key(&self) -> &str {
        self.hint_key.as_deref().unwrap_or(self.name.as_str())
    }
}
