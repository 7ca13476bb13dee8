//! A first attempt at 2.5, which page 2.5 shows: what is found becomes `Some`.

use rusqlite::{Connection, Result, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: i64,
    pub nickname: String,
    pub email: Option<String>,
}

impl User {
    pub fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            nickname: row.get("nickname")?,
            email: row.get("email")?,
        })
    }
}

pub fn get(conn: &Connection, id: i64) -> Result<Option<User>> {
    conn.query_one("SELECT * FROM users WHERE id = ?1", [id], |row| {
        Ok(Some(User::from_row(row)?))
    })
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    todo!("read all users with {conn:?}")
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    todo!("read the first user with {conn:?}")
}
