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
    let mut statement = conn.prepare(&format!("SELECT * FROM users WHERE id IN ({id})"))?;
    let mut users = statement.query_map([], User::from_row)?;
    users.next().transpose()
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    let mut statement = conn.prepare("SELECT * FROM users")?;
    let users = statement.query_map([], User::from_row)?;
    let mut users: Vec<User> = users.collect::<Result<_>>()?;
    users.sort_by_key(|user| (user.nickname.clone(), user.id));
    Ok(users)
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    conn.query_one(
        "SELECT * FROM users
         WHERE id = (
             SELECT min(id) FROM users
             WHERE nickname = (SELECT min(nickname) FROM users)
         )",
        [],
        User::from_row,
    )
    .optional()
}
