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

pub fn get(conn: &Connection, id: i64) -> Result<Option<User>> {
    conn.query_one("SELECT * FROM users WHERE id = ?1", [id], |row| {
        Ok(User {
            id: row.get(0)?,
            nickname: row.get(1).unwrap_or_default(),
            email: row.get(2)?,
        })
    })
    .optional()
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    let mut statement =
        conn.prepare("SELECT id, nickname, email FROM users ORDER BY nickname, id")?;
    let users = statement.query_map([], User::from_row)?;
    users.collect()
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    conn.query_one(
        "SELECT id, nickname, email FROM users ORDER BY nickname, id LIMIT 1",
        [],
        User::from_row,
    )
    .optional()
}
