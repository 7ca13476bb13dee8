//! Running a check again, in a process that is to die.
//!
//! The check's own test is started again with [`env::FAULT`] set. It runs to
//! the call that wants the fault, injects it there and ends. It neither reads
//! the secret nor leaves evidence.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::evidence::env;
use crate::failure::{Failure, Outcome};

/// Exit codes of a child that lived to the end of the call.
const RETURNED_OK: i32 = 40;
const RETURNED_ERR: i32 = 41;

/// What a child is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// Which of the check's calls wants the fault, counted from 0.
    pub(crate) call: usize,
    /// Die before this statement.
    pub(crate) statement: usize,
    /// The database to work on.
    pub(crate) file: PathBuf,
}

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Died,
    Ok,
    Err,
}

impl Order {
    /// What this process is to do, if it is such a child.
    pub(crate) fn given() -> Option<Self> {
        let order = std::env::var(env::FAULT).ok()?;
        serde_json::from_str(&order).ok()
    }

    /// Starts the child in a new folder and waits for it.
    pub(crate) fn run(&self, check: &str, folder: &Path) -> Outcome<Ended> {
        let order = serde_json::to_string(self).map_err(std::io::Error::from)?;
        std::fs::create_dir_all(folder)?;
        let status = Command::new(std::env::current_exe()?)
            .args(["--exact", check, "--nocapture", "--test-threads=1"])
            .arg("--include-ignored")
            .current_dir(folder)
            .env_remove(env::EVIDENCE)
            .env(env::FAULT, order)
            .env(env::PARENT, std::process::id().to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        match status.code() {
            Some(RETURNED_OK) => Ok(Ended::Ok),
            Some(RETURNED_ERR) => Ok(Ended::Err),
            Some(0 | 101) => Err(Failure::new(
                "your code behaves differently when it is run again on a copy",
            )
            .expected("the same statements each time")
            .observed("the check ended before its statements were reached")),
            _ => Ok(Ended::Died),
        }
    }
}

/// Ends a child that has not died.
pub(crate) fn leave(ok: bool) -> ! {
    std::process::exit(if ok { RETURNED_OK } else { RETURNED_ERR })
}
