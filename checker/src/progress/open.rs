//! Opening the progress database, whatever state it is in.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema;
use crate::course::Course;

/// How long another checker may hold the database.
const BUSY: Duration = Duration::from_secs(10);

/// The open database.
#[derive(Debug)]
pub(crate) struct Progress {
    pub(super) conn: Connection,
}

/// What came of opening it. Grading goes on in any case.
pub(crate) enum Opened {
    Ready(Progress),
    /// It was damaged, has been set aside here, and a new one was begun.
    SetAside(Progress, PathBuf),
    /// It cannot be used; the reason, with what to do.
    Unusable(String),
}

impl Progress {
    /// Opens the database in `state`, creating it or bringing it up to date.
    pub(crate) fn open(state: &Path, course: &Course) -> Opened {
        let path = state.join("progress.sqlite");
        match Self::try_open(state, &path, course) {
            Ok(progress) => Opened::Ready(progress),
            Err(Trouble::Damaged) => match set_aside(&path) {
                Ok(aside) => match Self::try_open(state, &path, course) {
                    Ok(progress) => Opened::SetAside(progress, aside),
                    Err(trouble) => Opened::Unusable(trouble.reason(&path)),
                },
                Err(error) => Opened::Unusable(format!("{error:#}")),
            },
            Err(trouble) => Opened::Unusable(trouble.reason(&path)),
        }
    }

    fn try_open(state: &Path, path: &Path, course: &Course) -> Result<Self, Trouble> {
        fs::create_dir_all(state).with_context(|| format!("creating {}", state.display()))?;
        let lock = state.join("progress.lock");
        let lock = File::create(&lock).with_context(|| format!("creating {}", lock.display()))?;
        // Two processes that migrate at once would both read the old version:
        // the library reads it before it takes SQLite's lock.
        lock.lock()
            .context("waiting for another checker to open the progress database")?;

        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(BUSY)?;
        conn.pragma_update(None, "foreign_keys", true)?;
        if conn.is_readonly("main")? {
            return Err(Trouble::ReadOnly);
        }
        // A page that is damaged anywhere would stop some later command.
        let sound: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(Trouble::Damaged);
        }
        let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > schema::VERSION {
            return Err(Trouble::Newer(version));
        }
        if version < schema::VERSION {
            schema::migrations()
                .to_latest(&mut conn)
                .map_err(|error| match error {
                    rusqlite_migration::Error::RusqliteError { err, .. } => Trouble::from(err),
                    other => Trouble::Other(
                        anyhow::Error::new(other)
                            .context("bringing the progress database up to date"),
                    ),
                })?;
        }
        let progress = Progress { conn };
        progress.follow_renames(course)?;
        Ok(progress)
    }

    /// An exercise keeps its history when its folder is renamed.
    fn follow_renames(&self, course: &Course) -> Result<(), rusqlite::Error> {
        for exercise in &course.exercises {
            for old in &exercise.manifest.renamed_from {
                for table in ["attempts", "hints"] {
                    let known: bool = self.conn.query_row(
                        &format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE exercise = ?1)"),
                        [old],
                        |row| row.get(0),
                    )?;
                    if known {
                        self.conn.execute(
                            &format!("UPDATE {table} SET exercise = ?1 WHERE exercise = ?2"),
                            [&exercise.id, old],
                        )?;
                    }
                }
            }
        }
        Ok(())
    }
}

enum Trouble {
    Damaged,
    Newer(i64),
    Busy,
    ReadOnly,
    Other(anyhow::Error),
}

impl Trouble {
    fn reason(self, path: &Path) -> String {
        let path = path.display();
        match self {
            Trouble::Damaged => {
                format!("{path} is damaged and could not be replaced; move it away")
            }
            Trouble::Newer(version) => format!(
                "{path} was written by a newer checker (its version is {version}, this checker knows {}); \
                 update the workbook with `git pull`. The file is left as it is",
                schema::VERSION
            ),
            Trouble::Busy => format!(
                "{path} is locked by another program (a database viewer, perhaps); close it and try again"
            ),
            Trouble::ReadOnly => {
                format!("{path} or its folder cannot be written to; check its permissions")
            }
            Trouble::Other(error) => format!("{path} cannot be used: {error:#}"),
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Trouble::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
            Some(ErrorCode::ReadOnly) => Trouble::ReadOnly,
            _ => Trouble::Other(error.into()),
        }
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Trouble::Other(error)
    }
}

/// Moves the database, and what belongs to it, to a name that is free.
fn set_aside(path: &Path) -> Result<PathBuf> {
    let free = (1..)
        .map(|n| path.with_extension(format!("damaged-{n}.sqlite")))
        .find(|aside| !aside.exists());
    let aside = free.context("finding a name for the damaged progress database")?;
    fs::rename(path, &aside)
        .with_context(|| format!("moving {} to {}", path.display(), aside.display()))?;
    for suffix in ["-journal", "-wal", "-shm"] {
        let with = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
        if with(path).exists() {
            fs::rename(with(path), with(&aside))
                .with_context(|| format!("moving {}", with(path).display()))?;
        }
    }
    Ok(aside)
}
