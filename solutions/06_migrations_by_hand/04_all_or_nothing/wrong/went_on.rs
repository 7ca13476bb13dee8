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
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let mut stopped = Ok(());
    for (version, step) in (1..).zip(steps).filter(|(version, _)| *version > found) {
        if let Err(error) = take(conn, version, step) {
            stopped = Err(error);
        }
    }
    stopped
}

fn take(conn: &mut Connection, version: i64, step: &[&str]) -> Result<(), Stopped> {
    let tx = conn.transaction()?;
    for (statement, sql) in (1..).zip(step) {
        tx.execute_batch(sql).map_err(|cause| Stopped::At {
            version,
            statement,
            cause,
        })?;
    }
    tx.pragma_update(None, "user_version", version)?;
    Ok(tx.commit()?)
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
