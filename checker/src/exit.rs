//! The exit codes of `checker`, which scripts may rely on.

use std::process::ExitCode;

use crate::report::{ExerciseReport, Status};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(crate) enum Exit {
    /// 0: everything that was asked for passed, or was done.
    Success,
    /// 1: something failed or is not done yet.
    NotYet,
    /// 2: the command line is not right.
    Usage,
    /// 3: all that did not pass failed to build.
    OnlyBuildFailures,
    /// 4: nothing was graded, or there is no such exercise.
    Nothing,
    /// 70: the checker itself could not do its work.
    Internal,
}

impl Exit {
    /// The exit of a run with these reports.
    pub(crate) fn of(reports: &[ExerciseReport]) -> Self {
        let mut open = reports
            .iter()
            .map(|report| report.status)
            .filter(|status| *status != Status::Passed)
            .peekable();
        if reports.is_empty() {
            Exit::Nothing
        } else if open.peek().is_none() {
            Exit::Success
        } else if open.all(|status| status == Status::BuildFailed) {
            Exit::OnlyBuildFailures
        } else {
            Exit::NotYet
        }
    }

    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Success => 0,
            Exit::NotYet => 1,
            Exit::Usage => 2,
            Exit::OnlyBuildFailures => 3,
            Exit::Nothing => 4,
            Exit::Internal => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}
