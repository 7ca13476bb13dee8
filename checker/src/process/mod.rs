//! The one room that spawns processes: with limits, with their output
//! collected but never trusted, and with nothing of theirs left running.

mod capture;
mod child;
mod foreground;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod portable;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
use portable as system;

pub(crate) use child::{Allowance, Ended, Ending, run};
pub(crate) use foreground::{ask, find_program, foreground};
pub(crate) use system::{adopt_orphans, end_orphans, end_process, slow_compilers};
