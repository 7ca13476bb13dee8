//! The version of a database: how many steps it has taken.

use rusqlite::Connection;

use crate::{Error, Result};

/// The version of a database, 0 if no step was ever taken. SQLite keeps the
/// number in the file's header (`PRAGMA user_version`); reading it writes
/// nothing.
///
/// ```
/// let conn = rusqlite::Connection::open_in_memory()?;
/// assert_eq!(mini_orm::current(&conn)?, 0);
/// # Ok::<(), mini_orm::Error>(())
/// ```
///
/// # Errors
/// When the number is negative, so that no migration can have written it.
pub fn current(conn: &Connection) -> Result<usize> {
    let found: i32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(found).map_err(|_| Error::Version { found })
}

/// Writes the version; within a transaction it is part of it.
pub(super) fn write(conn: &Connection, version: usize) -> rusqlite::Result<()> {
    // It is a number of 32 bits there, and SQLite writes 0 for a greater one.
    let version = i32::try_from(version)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    conn.pragma_update(None, "user_version", version)
}
