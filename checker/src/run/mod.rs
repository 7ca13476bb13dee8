//! Running: every check in a process and a folder of its own.

mod check;
mod evidence;
mod program;
mod schedule;

pub(crate) use check::{Ran, RunFolder};
pub(crate) use evidence::Evidence;
pub(crate) use program::Program;
pub(crate) use schedule::{Outcome, run_checks};
