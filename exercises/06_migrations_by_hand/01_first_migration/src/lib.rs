//! 6.1 The first migration.
//!
//! A migration is a step from one version of a database to the next, and back.
//! The database itself says which version it has: SQLite keeps a number for
//! that, `user_version`, in the file. `PRAGMA user_version` asks for it, and
//! `PRAGMA user_version = 1` sets it.
//!
//! A step and its number belong together: both are written, or neither is.
//! `conn.transaction()` begins a transaction, and `commit()` keeps what was done
//! in it. A transaction that is dropped before is undone.

use std::error::Error;

use rusqlite::Connection;

/// Any error. `Err("no room".into())` makes one of a text, and so does
/// `Err(format!(…).into())`; `?` makes one of any other error.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The step from version 0, which has no `users`, to version 1.
pub const UP: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
        email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
        verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
    )";

/// The step back, from version 1 to version 0.
pub const DOWN: &str = "";

/// The version that the database says it has.
pub fn version(conn: &Connection) -> Result<i64> {
    todo!("ask {conn:?} for its user_version")
}

/// Takes the step up: a database of version 0 gets what `UP` says, and version 1.
///
/// A database of any other version is an error, also if another program has
/// changed it a moment ago. After an error, whatever the cause, the database is
/// as it was.
pub fn upgrade(conn: &mut Connection) -> Result<()> {
    todo!("take the step {UP} with {conn:?}")
}

/// Takes the step back: a database of version 1 gets what `DOWN` says, and
/// version 0.
///
/// A database of any other version is an error, also if another program has
/// changed it a moment ago. After an error, whatever the cause, the database is
/// as it was.
pub fn downgrade(conn: &mut Connection) -> Result<()> {
    todo!("take the step {DOWN} with {conn:?}")
}
