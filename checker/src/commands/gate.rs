//! When the solution of an exercise is shown.

use anyhow::Result;

use crate::course::Exercise;
use crate::progress::Progress;

/// So many runs have to fail before a solution is shown.
const RUNS: u32 = 3;

/// What a learner has done about an exercise so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    has_passed: bool,
    failed_runs: u32,
    saw_last_hint: bool,
}

impl Gate {
    /// # Errors
    ///
    /// When the progress database cannot be read.
    pub(super) fn of(progress: &Progress, exercise: &Exercise) -> Result<Self> {
        let ladders = exercise.manifest.hints.iter();
        let highest = ladders.map(|hint| hint.levels.len()).max().unwrap_or(0);
        let highest = u32::try_from(highest).unwrap_or(u32::MAX);
        Ok(Gate {
            has_passed: progress.has_passed(&exercise.id)?,
            failed_runs: progress.failed_attempts(&exercise.id)?,
            saw_last_hint: highest == 0 || progress.reached_level(&exercise.id, highest)?,
        })
    }

    /// The solution may be shown.
    pub(super) fn is_open(self) -> bool {
        self.has_passed || (self.missing_runs() == 0 && self.saw_last_hint)
    }

    /// How many runs still have to fail.
    pub(super) fn missing_runs(self) -> u32 {
        RUNS.saturating_sub(self.failed_runs)
    }

    pub(super) fn saw_last_hint(self) -> bool {
        self.saw_last_hint
    }

    /// `2 more runs that fail`.
    pub(super) fn missing_runs_text(self) -> String {
        match self.missing_runs() {
            1 => "1 more run that fails".to_owned(),
            runs => format!("{runs} more runs that fail"),
        }
    }
}
