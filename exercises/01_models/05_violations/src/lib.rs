//! 1.5 Why the database said no.
//!
//! An error of SQLite comes with a text, for people, and with a number, for
//! programs. `rusqlite::Error::sqlite_extended_error_code` gives the number, if
//! the error is SQLite's at all. The numbers have names in `rusqlite::ffi`:
//! `SQLITE_CONSTRAINT_UNIQUE`, `…_PRIMARYKEY`, `…_ROWID`, `…_NOTNULL`,
//! `…_CHECK` and more.

use rusqlite::{Connection, Error, Result};

/// The rule that a statement broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A value is there already that may occur once: in a UNIQUE column, in a
    /// primary key, or as the hidden number of a row, the rowid.
    Unique,
    /// A value is missing.
    NotNull,
    /// A condition is not met.
    Check,
    /// None of these rules: any other error.
    Other,
}

/// Tells which rule an error is about.
pub fn classify(error: &Error) -> Violation {
    todo!("classify {error:?}")
}

/// Inserts a user of that name into `users`, the table of 1.4, and returns the
/// new id, or `None` if the name is taken. Any other error is an error.
pub fn sign_up(conn: &Connection, username: &str) -> Result<Option<i64>> {
    todo!("insert {username:?} into users with {conn:?}")
}
