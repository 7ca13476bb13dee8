//! A submission: the learner's files of one exercise, looked at before
//! anything of it is compiled.

pub(crate) mod given;
mod key;
mod snapshot;

pub(crate) use key::{Inputs, Key, Keys};
pub(crate) use snapshot::{Refusal, Snapshot};

use std::path::PathBuf;

use crate::course::Exercise;

/// An exercise and the folder that claims to solve it.
#[derive(Clone, Debug)]
pub(crate) struct Submission<'c> {
    pub(crate) exercise: &'c Exercise,
    /// The folder that holds `src/`.
    pub(crate) folder: PathBuf,
    /// The package in the staged workspace: the exercise's name, or, where one
    /// exercise has many submissions, one that tells them apart.
    pub(crate) package: String,
}
