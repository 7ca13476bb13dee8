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
    let sql = "SELECT u.id AS id, u.nickname AS nickname, u.email AS email
               FROM (SELECT ?1 AS wanted) LEFT JOIN users u ON u.id = wanted";
    conn.query_one(sql, [id], |row| match row.get::<_, Option<i64>>("id")? {
        Some(_) => User::from_row(row).map(Some),
        None => Ok(None),
    })
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    let mut s = conn.prepare("SELECT * FROM users ORDER BY id")?;
    let mut users = s
        .query_map([], User::from_row)?
        .collect::<Result<Vec<_>>>()?;
    users.sort_by(|x, y| x.nickname.cmp(&y.nickname));
    Ok(users)
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    let id: Option<i64> = conn
        .query_row(
            "SELECT id FROM users ORDER BY nickname, id LIMIT 1",
            [],
            |r| r.get(0),
        )
        .optional()?;
    match id {
        Some(id) => get(conn, id),
        None => Ok(None),
    }
}
