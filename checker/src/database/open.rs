//! Opening a file that may be anything, without changing it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;

/// How long reading may take: a schema can make it endless.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many steps SQLite takes before it looks at the clock.
const STEPS: i32 = 10_000;

/// A copy of the database, with what belongs to it, open for reading.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) conn: Connection,
    _folder: TempDir,
}

/// Why a file cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("there is no database file")]
    Missing,
    #[error("the file is empty: nothing was ever written to the database")]
    Empty,
    #[error(
        "SQLite cannot read the file ({0}): it was written to by something other than SQLite, or cut short"
    )]
    Damaged(String),
    #[error("the file cannot be looked at: {0}")]
    Other(String),
}

impl Opened {
    /// Copies the file at `path`, with the journal or the log of an
    /// interrupted transaction, and lets SQLite recover the copy.
    ///
    /// # Errors
    ///
    /// When there is no such file, or SQLite cannot read it.
    pub(crate) fn copy(path: &Path) -> Result<Self, Trouble> {
        let metadata = fs::symlink_metadata(path).map_err(|_| Trouble::Missing)?;
        if !metadata.is_file() {
            return Err(Trouble::Missing);
        }
        let log = suffixed(path, "-wal");
        if metadata.len() == 0 && !log.is_file() {
            return Err(Trouble::Empty);
        }
        let folder = tempfile::tempdir().map_err(|error| Trouble::Other(error.to_string()))?;
        let copy = folder.path().join("copy.sqlite");
        for suffix in ["", "-journal", "-wal"] {
            let from = suffixed(path, suffix);
            let is_file = fs::symlink_metadata(&from).is_ok_and(|metadata| metadata.is_file());
            if is_file {
                fs::copy(&from, suffixed(&copy, suffix))
                    .map_err(|error| Trouble::Other(format!("copying it: {error}")))?;
            }
        }
        let conn = open(&copy).map_err(Trouble::from)?;
        Ok(Opened {
            conn,
            _folder: folder,
        })
    }
}

fn open(copy: &Path) -> rusqlite::Result<Connection> {
    // Writable, since recovering from a journal writes.
    let conn = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    let until = Instant::now() + PATIENCE;
    conn.progress_handler(STEPS, Some(move || Instant::now() > until))?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    })?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        let text = in_words(&error);
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Trouble::Damaged(text),
            _ => Trouble::Other(text),
        }
    }
}

/// SQLite's own words, without the statement that we sent.
pub(super) fn in_words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(failure, _)
            if failure.code == ErrorCode::OperationInterrupted =>
        {
            format!("reading took longer than {} seconds", PATIENCE.as_secs())
        }
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
