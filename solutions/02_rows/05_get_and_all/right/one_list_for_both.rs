use rusqlite::{Connection, OptionalExtension, Result, Row};

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

fn some(conn: &Connection, limit: i64) -> Result<Vec<User>> {
    let mut s =
        conn.prepare("SELECT * FROM users ORDER BY nickname COLLATE BINARY, id LIMIT ?1")?;
    s.query([limit])?.mapped(User::from_row).collect()
}

pub fn get(conn: &Connection, id: i64) -> Result<Option<User>> {
    conn.query_one(
        "WITH one AS (SELECT * FROM users WHERE id = ?1) SELECT * FROM one",
        [id],
        User::from_row,
    )
    .optional()
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    some(conn, -1)
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    Ok(some(conn, 1)?.pop())
}
