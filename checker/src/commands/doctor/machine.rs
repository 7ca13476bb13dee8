//! The machine: disk, locks, SQLite, terminal.

use std::fs::{self, File};
use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::Connection;

#[cfg(unix)]
use super::super::clean::size;
use super::super::desk::Desk;
use super::Finding;
use crate::terminal;

/// Less room than this will not be enough for the whole course, in bytes.
#[cfg(unix)]
const ENOUGH: u64 = 1_500_000_000;

pub(super) fn look(desk: &Desk) -> Vec<Finding> {
    let scratch = desk.places.scratch();
    let shown = desk.places.shown(&scratch);
    let mut findings = Vec::new();
    match writable(&scratch) {
        Ok(()) => {
            findings.push(Finding::ok(
                "target folder",
                format!("{shown} can be written to"),
            ));
            findings.push(locks(&scratch));
        }
        Err(error) => findings.push(Finding::problem(
            "target folder",
            format!("{error:#}"),
            "check its permissions, or choose another with CARGO_TARGET_DIR",
        )),
    }
    findings.extend(disk(&desk.places.target));
    findings
}

fn writable(scratch: &Path) -> Result<()> {
    fs::create_dir_all(scratch).with_context(|| format!("creating {}", scratch.display()))?;
    tempfile::tempfile_in(scratch)
        .map(|_| ())
        .with_context(|| format!("writing to {}", scratch.display()))
}

/// Whether a lock that one holds keeps another out: not on every network
/// drive.
fn locks(scratch: &Path) -> Finding {
    let kept_out = || -> std::io::Result<bool> {
        let file = tempfile::NamedTempFile::new_in(scratch)?;
        file.as_file().lock()?;
        let other = File::open(file.path())?;
        Ok(matches!(
            other.try_lock(),
            Err(fs::TryLockError::WouldBlock)
        ))
    };
    let remedy = "put the target directory on a local disk, with CARGO_TARGET_DIR";
    match kept_out() {
        Ok(true) => Finding::ok("file locks", "one checker keeps another waiting"),
        Ok(false) => Finding::problem("file locks", "a lock keeps nobody out here", remedy),
        Err(error) => Finding::problem("file locks", format!("cannot lock: {error}"), remedy),
    }
}

#[cfg(unix)]
fn disk(target: &Path) -> Option<Finding> {
    let existing = target.ancestors().find(|folder| folder.is_dir())?;
    let stat = rustix::fs::statvfs(existing).ok()?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let found = format!("{} free", size(free));
    Some(if free < ENOUGH {
        Finding::note(
            "disk",
            format!(
                "{found}; the whole course, built, takes 1.2 GB: `cargo clean` removes what can be compiled again"
            ),
        )
    } else {
        Finding::ok("disk", found)
    })
}

#[cfg(not(unix))]
fn disk(_target: &Path) -> Option<Finding> {
    None
}

pub(super) fn sqlite() -> Option<Finding> {
    let by_default = Connection::open_in_memory().and_then(|conn| {
        conn.pragma_query_value(None, "foreign_keys", |row| row.get::<_, bool>(0))
    });
    Some(match by_default {
        Ok(on) => Finding::ok(
            "SQLite",
            format!(
                "{}, compiled in; foreign_keys is {} unless you set it (elsewhere it is OFF)",
                rusqlite::version(),
                if on { "ON" } else { "OFF" }
            ),
        ),
        Err(error) => Finding::problem(
            "SQLite",
            error.to_string(),
            "`cargo clean`, then run the checker again: it was not built right",
        ),
    })
}

/// Facts that explain what output looks like.
pub(super) fn terminal() -> Finding {
    let is_terminal = std::io::stdout().is_terminal();
    let mut facts = vec![
        match is_terminal {
            true => "a terminal".to_owned(),
            false => "not a terminal".to_owned(),
        },
        format!("{} columns", terminal::width()),
        match terminal::wants_color() {
            true => "colors".to_owned(),
            false => "no colors".to_owned(),
        },
    ];
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "TERM"] {
        if let Some(value) = std::env::var_os(name) {
            facts.push(format!("{name}={}", value.to_string_lossy()));
        }
    }
    Finding::note("terminal", facts.join(", "))
}
