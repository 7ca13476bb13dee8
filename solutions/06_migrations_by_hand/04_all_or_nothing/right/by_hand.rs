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

pub fn upgrade(conn: &mut Connection, steps: &[&[&str]]) -> Result<(), Stopped> {
    let found = conn.query_one("PRAGMA user_version", [], |row| row.get::<_, u32>(0))?;
    for (index, step) in steps.iter().enumerate().skip(found as usize) {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        if let Err(stopped) = take(conn, index as i64 + 1, step) {
            // SQLite may have ended it already.
            let _ = conn.execute_batch("ROLLBACK");
            return Err(stopped);
        }
    }
    Ok(())
}

fn take(conn: &Connection, version: i64, step: &[&str]) -> Result<(), Stopped> {
    let mut statement = 0;
    for sql in step {
        statement += 1;
        let failed = |cause| Stopped::At {
            version,
            statement,
            cause,
        };
        conn.prepare(sql)
            .map_err(failed)?
            .raw_execute()
            .map_err(failed)?;
    }
    conn.execute_batch(&format!("PRAGMA user_version = {version}"))?;
    conn.execute_batch("COMMIT")?;
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
