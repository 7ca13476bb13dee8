//! One step of a migration, and the way it is taken.

use std::fmt;

use super::script::Script;
use crate::{Error, Result};

/// One step from a version of a database to the next, in SQL.
///
/// The first step leads from version 0, the empty database, to version 1. A
/// step that has been taken somewhere is not changed any more; the next one
/// corrects it.
///
/// ```
/// use mini_orm::Step;
///
/// const STEPS: &[Step] = &[
///     Step {
///         up: "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL);",
///         down: Some("DROP TABLE users;"),
///     },
///     Step {
///         up: "UPDATE users SET username = lower(username);",
///         down: None, // Nobody knows any more how they were written.
///     },
/// ];
/// # assert_eq!(STEPS.len(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The statements that lead to this step's version.
    pub up: &'a str,
    /// The statements that lead back, if there is a way back.
    pub down: Option<&'a str>,
}

/// Which way a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To a later version.
    Up,
    /// To an earlier version.
    Down,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up",
            Self::Down => "down",
        })
    }
}

/// A step that is about to be taken: its number, counted from 1, and the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub step: usize,
    pub way: Way,
}

impl Move {
    /// The next one on the way from `version` to `target`, if that is the way
    /// to go and its end is not reached.
    pub(super) fn next(version: usize, target: usize, way: Way) -> Option<Self> {
        let step = match way {
            Way::Up if version < target => version + 1,
            Way::Down if version > target => version,
            _ => return None,
        };
        Some(Self { step, way })
    }

    /// The version that it leads to.
    pub(super) fn version(self) -> usize {
        match self.way {
            Way::Up => self.step,
            Way::Down => self.step - 1,
        }
    }

    /// Its statements, none of which has been run.
    pub(super) fn script<'a>(self, steps: &[Step<'a>]) -> Result<Script<'a>> {
        let step = self.step.checked_sub(1).and_then(|index| steps.get(index));
        let step = step.ok_or(Error::NoStep {
            version: self.step,
            known: steps.len(),
        })?;
        let sql = match self.way {
            Way::Up => step.up,
            Way::Down => step.down.ok_or(Error::Irreversible { step: self.step })?,
        };
        Script::of(self, sql)
    }
}
