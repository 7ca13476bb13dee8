//! Opens connections that can be relied on.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::{Error, Location, Result};

/// What is asked of a connection beyond foreign keys, which are always on.
///
/// ```
/// use mini_orm::{Location, Options, open};
///
/// let conn = open(&Location::Memory, &Options::new())?;
/// assert_eq!(conn.pragma_query_value(None, "foreign_keys", |row| row.get(0)), Ok(true));
/// # Ok::<(), mini_orm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    missing: Missing,
    busy_timeout: Duration,
    journal: Journal,
}

/// What to do about a file that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    Refuse,
    Create,
}

/// What to do about the file's journal mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Journal {
    Keep,
    Wal,
}

impl Options {
    /// The file must be there, another writer is waited for five seconds, and
    /// the journal mode of the file stays.
    #[must_use]
    pub fn new() -> Self {
        Self {
            missing: Missing::Refuse,
            busy_timeout: Duration::from_secs(5),
            journal: Journal::Keep,
        }
    }

    /// Makes the file if it is not there.
    #[must_use]
    pub fn create(mut self) -> Self {
        self.missing = Missing::Create;
        self
    }

    /// How long to wait for another connection's lock.
    #[must_use]
    pub fn busy_timeout(mut self, time: Duration) -> Self {
        self.busy_timeout = time;
        self
    }

    /// Switches the file to write-ahead logging, in which readers and a writer
    /// do not wait for each other. The file remembers it.
    #[must_use]
    pub fn wal(mut self) -> Self {
        self.journal = Journal::Wal;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

/// Opens a database, with foreign keys enforced whatever SQLite was built with.
///
/// # Errors
/// When the file is missing and may not be made, cannot be opened, or is not a
/// database. The error names it.
pub fn open(location: &Location, options: &Options) -> Result<Connection> {
    connect(location, options).map_err(|source| Error::Open {
        location: location.clone(),
        source,
    })
}

fn connect(location: &Location, options: &Options) -> rusqlite::Result<Connection> {
    let conn = match location {
        Location::Memory => Connection::open_in_memory()?,
        Location::File(path) => {
            // Without SQLITE_OPEN_URI, and with the dot, a path is a path even
            // if it is `file:x` or `:memory:`.
            let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            if options.missing == Missing::Create {
                flags |= OpenFlags::SQLITE_OPEN_CREATE;
            }
            Connection::open_with_flags(Path::new(".").join(path), flags)?
        }
    };
    conn.busy_timeout(options.busy_timeout)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // Opening alone does not look into the file.
    conn.query_one("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    if options.journal == Journal::Wal {
        conn.pragma_update(None, "journal_mode", "wal")?;
    }
    Ok(conn)
}
