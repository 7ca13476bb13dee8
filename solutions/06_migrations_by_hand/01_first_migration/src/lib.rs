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
//: answer
pub const DOWN: &str = "DROP TABLE users";
//: starter
//| pub const DOWN: &str = "";
//: end

/// The version that the database says it has.
pub fn version(conn: &Connection) -> Result<i64> {
    //: answer
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
    //: starter
    //| todo!("ask {conn:?} for its user_version")
    //: end
}

/// Takes the step up: a database of version 0 gets what `UP` says, and version 1.
///
/// A database of any other version is an error, also if another program has
/// changed it a moment ago. After an error, whatever the cause, the database is
/// as it was.
pub fn upgrade(conn: &mut Connection) -> Result<()> {
    //: answer
    take(conn, 0, UP, 1)
    //: starter
    //| todo!("take the step {UP} with {conn:?}")
    //: end
}

/// Takes the step back: a database of version 1 gets what `DOWN` says, and
/// version 0.
///
/// A database of any other version is an error, also if another program has
/// changed it a moment ago. After an error, whatever the cause, the database is
/// as it was.
pub fn downgrade(conn: &mut Connection) -> Result<()> {
    //: answer
    take(conn, 1, DOWN, 0)
    //: starter
    //| todo!("take the step {DOWN} with {conn:?}")
    //: end
}
//: answer

/// Takes a step that begins at the version `from` and leads to `to`.
fn take(conn: &mut Connection, from: i64, step: &str, to: i64) -> Result<()> {
    let tx = conn.transaction()?;
    let found = version(&tx)?;
    if found != from {
        return Err(format!("the database has version {found}, and not {from}").into());
    }
    tx.execute_batch(step)?;
    tx.pragma_update(None, "user_version", to)?;
    tx.commit()?;
    Ok(())
}
//: end
