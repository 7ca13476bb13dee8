use rusqlite::{Connection, Error, ErrorCode, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    Unique,
    NotNull,
    Check,
    Other,
}

impl From<&Error> for Violation {
    fn from(error: &Error) -> Self {
        match error.sqlite_error() {
            Some(error) if error.code == ErrorCode::ConstraintViolation => {
                match error.extended_code >> 8 {
                    1 => Self::Check,
                    5 => Self::NotNull,
                    6 | 8 | 10 => Self::Unique,
                    _ => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }
}

pub fn classify(error: &Error) -> Violation {
    error.into()
}

pub fn sign_up(conn: &Connection, username: &str) -> Result<Option<i64>> {
    let mut insert = conn.prepare("INSERT INTO users (username) VALUES (?) RETURNING id")?;
    let inserted = insert.query_one([username], |row| row.get("id"));
    match inserted.as_ref().map_err(classify) {
        Err(Violation::Unique) => Ok(None),
        _ => inserted.map(Some),
    }
}
