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
    conn.query_one(
        "SELECT id, nickname, email FROM users WHERE id = ?1",
        [id],
        User::from_row,
    )
    .optional()
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    let mut s = conn.prepare("SELECT * FROM users ORDER BY nickname, id")?;
    let mut rows = s.query([])?;
    let mut users = Vec::new();
    while let Ok(Some(row)) = rows.next() {
        users.push(User::from_row(row)?);
    }
    Ok(users)
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    conn.query_one(
        "SELECT id, nickname, email FROM users ORDER BY nickname, id LIMIT 1",
        [],
        User::from_row,
    )
    .optional()
}
