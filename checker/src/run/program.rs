//! The program that holds the checks of one submission.

use std::path::{Path, PathBuf};

use crate::course::{CheckName, Exercise};

/// The compiled checks of one submission.
pub(crate) struct Program<'a> {
    pub(crate) exercise: &'a Exercise,
    /// Where the submission's sources lie.
    pub(crate) submission: &'a Path,
    pub(crate) path: PathBuf,
    pub(crate) seed: u64,
    /// Where the databases of failed checks are kept, if they are.
    pub(crate) keep_databases: Option<&'a Path>,
    /// Only these checks, with what they need; all if empty.
    pub(crate) only: &'a [CheckName],
}
