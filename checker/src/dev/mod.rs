//! What authors need: to generate, to check and to begin exercises.

mod check;
mod expect;
mod inspect;
mod mutants;
mod new;
mod pages;
mod sync;
mod variants;

use anyhow::Result;

use crate::cli::{CourseArgs, DevCommand};
use crate::exit::Exit;

/// Runs one of the authors' commands. They read the course from the disk.
pub(crate) fn command(args: &CourseArgs, command: &DevCommand) -> Result<Exit> {
    match command {
        DevCommand::Check(named) => check::check(args, named),
        DevCommand::Sync => sync::sync(args),
        DevCommand::New { id } => new::new(args, id),
    }
}
