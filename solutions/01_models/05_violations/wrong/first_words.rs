use rusqlite::{Connection, Error, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    Unique,
    NotNull,
    Check,
    Other,
}

pub fn classify(error: &Error) -> Violation {
    let message = error.to_string();
    if message.starts_with("UNIQUE constraint failed") {
        Violation::Unique
    } else if message.starts_with("NOT NULL constraint failed") {
        Violation::NotNull
    } else if message.starts_with("CHECK constraint failed") {
        Violation::Check
    } else {
        Violation::Other
    }
}

pub fn sign_up(conn: &Connection, username: &str) -> Result<Option<i64>> {
    match conn.execute("INSERT INTO users (username) VALUES (?1)", [username]) {
        Ok(_) => Ok(Some(conn.last_insert_rowid())),
        Err(error) if classify(&error) == Violation::Unique => Ok(None),
        Err(error) => Err(error),
    }
}
