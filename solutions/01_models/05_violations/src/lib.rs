//! 1.5 Why the database said no.
//!
//! An error of SQLite comes with a text, for people, and with a number, for
//! programs. `rusqlite::Error::sqlite_extended_error_code` gives the number, if
//! the error is SQLite's at all. The numbers have names in `rusqlite::ffi`:
//! `SQLITE_CONSTRAINT_UNIQUE`, `…_PRIMARYKEY`, `…_ROWID`, `…_NOTNULL`,
//! `…_CHECK` and more.

//: answer
use rusqlite::{Connection, Error, Result, ffi};
//: starter
//| use rusqlite::{Connection, Error, Result};
//: end

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
    //: answer
    match error.sqlite_extended_error_code() {
        Some(
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => Violation::Unique,
        Some(ffi::SQLITE_CONSTRAINT_NOTNULL) => Violation::NotNull,
        Some(ffi::SQLITE_CONSTRAINT_CHECK) => Violation::Check,
        _ => Violation::Other,
    }
    //: starter
    //| todo!("classify {error:?}")
    //: end
}

/// Inserts a user of that name into `users`, the table of 1.4, and returns the
/// new id, or `None` if the name is taken. Any other error is an error.
pub fn sign_up(conn: &Connection, username: &str) -> Result<Option<i64>> {
    //: answer
    match conn.execute("INSERT INTO users (username) VALUES (?1)", [username]) {
        Ok(_) => Ok(Some(conn.last_insert_rowid())),
        Err(error) if classify(&error) == Violation::Unique => Ok(None),
        Err(error) => Err(error),
    }
    //: starter
    //| todo!("insert {username:?} into users with {conn:?}")
    //: end
}
