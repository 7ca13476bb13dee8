//! A first attempt at 6.4, which page 6.4 shows: one error is passed over, so
//! that a second try gets further.

use std::error::Error;
use std::fmt;

use rusqlite::Connection;

#[derive(Debug)]
pub enum Stopped {
    At {
        version: i64,
        statement: usize,
        cause: rusqlite::Error,
    },
    Elsewhere(rusqlite::Error),
}

pub fn upgrade(conn: &mut Connection, steps: &[&[&str]]) -> Result<(), Stopped> {
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (version, step) in (1..).zip(steps) {
        if version <= found {
            continue;
        }
        let tx = conn.transaction()?;
        for (statement, sql) in (1..).zip(*step) {
            match tx.execute_batch(sql) {
                Err(cause) if cause.to_string().contains("already exists") => {}
                other => other.map_err(|cause| Stopped::At {
                    version,
                    statement,
                    cause,
                })?,
            }
        }
        tx.pragma_update(None, "user_version", version)?;
        tx.commit()?;
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
