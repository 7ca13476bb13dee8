use rusqlite::{Connection, Error, OptionalExtension, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    Unique,
    NotNull,
    Check,
    Other,
}

const UNIQUE: [i32; 3] = [2067, 1555, 2579];

pub fn classify(error: &Error) -> Violation {
    let Error::SqliteFailure(error, _) = error else {
        return Violation::Other;
    };
    if UNIQUE.contains(&error.extended_code) {
        Violation::Unique
    } else if error.extended_code == 1299 {
        Violation::NotNull
    } else if error.extended_code == 275 {
        Violation::Check
    } else {
        Violation::Other
    }
}

pub fn sign_up(conn: &Connection, username: &str) -> Result<Option<i64>> {
    conn.query_one(
        "insert into users (username) values (:name) on conflict do nothing returning id",
        &[(":name", username)],
        |row| row.get(0),
    )
    .optional()
}
