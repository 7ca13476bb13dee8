use rusqlite::{Connection, Error, Result, Row, named_params};

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

fn or_none(user: Result<User>) -> Result<Option<User>> {
    match user {
        Ok(user) => Ok(Some(user)),
        Err(Error::QueryReturnedNoRows) => Ok(None),
        Err(error) => Err(error),
    }
}

pub fn get(conn: &Connection, id: i64) -> Result<Option<User>> {
    let sql = "SELECT * FROM users WHERE users.id = :id";
    or_none(conn.query_row(sql, named_params! { ":id": id }, User::from_row))
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    conn.prepare("SELECT * FROM users ORDER BY nickname ASC, rowid ASC")?
        .query_and_then([], User::from_row)?
        .collect()
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    let sql = "SELECT * FROM users ORDER BY nickname, id";
    or_none(conn.query_row(sql, [], User::from_row))
}
