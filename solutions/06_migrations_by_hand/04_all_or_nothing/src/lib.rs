//! 6.4 All or nothing.
//!
//! This `upgrade` has done its work for a year, on databases in which nothing
//! ever went wrong. Then a step failed half way, and since then one file is
//! neither old nor new. Repair `upgrade`, so that this cannot happen, whatever
//! fails and at whichever statement: an error, a full disk, a process that dies.

use std::error::Error;
use std::fmt;

use rusqlite::Connection;

/// Why an upgrade stopped.
#[derive(Debug)]
pub enum Stopped {
    /// A statement of a step failed.
    At {
        /// The version that the step leads to.
        version: i64,
        /// Which statement of the step it is; the first is 1.
        statement: usize,
        /// What SQLite said.
        cause: rusqlite::Error,
    },
    /// Something else failed: to read the version, to begin, to commit. `?`
    /// makes this of an error of rusqlite's.
    Elsewhere(rusqlite::Error),
}

/// Takes all steps that the database has not taken yet, in order.
///
/// The first step leads to version 1, the second to version 2, and so on. A step
/// is a list of statements, in order. The database says its version with
/// `PRAGMA user_version`.
///
/// No other program upgrades the file meanwhile: two at one moment are part 9.
///
/// The first error stops the upgrade. Steps that were completed before it stay
/// taken. Of the step that failed, nothing stays.
pub fn upgrade(conn: &mut Connection, steps: &[&[&str]]) -> Result<(), Stopped> {
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (version, step) in (1..).zip(steps) {
        if version <= found {
            continue;
        }
        //: answer
        let tx = conn.transaction()?;
        for (statement, sql) in (1..).zip(*step) {
            tx.execute_batch(sql).map_err(|cause| Stopped::At {
                version,
                statement,
                cause,
            })?;
        }
        tx.pragma_update(None, "user_version", version)?;
        tx.commit()?;
        //: starter
        //| conn.execute_batch("BEGIN")?;
        //| for sql in *step {
        //|     if let Err(cause) = conn.execute_batch(sql) {
        //|         eprintln!("version {version}: {cause}");
        //|     }
        //| }
        //| conn.execute_batch("COMMIT")?;
        //| conn.pragma_update(None, "user_version", version)?;
        //: end
    }
    Ok(())
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At {
                version,
                statement,
                cause,
            } => write!(f, "version {version}, statement {statement}: {cause}"),
            Self::Elsewhere(cause) => cause.fmt(f),
        }
    }
}

impl Error for Stopped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::At { cause, .. } | Self::Elsewhere(cause) => Some(cause),
        }
    }
}

impl From<rusqlite::Error> for Stopped {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Elsewhere(cause)
    }
}
