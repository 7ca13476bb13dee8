use rusqlite::{Connection, Params, Result, Row};

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

fn one(conn: &Connection, sql: &str, values: impl Params) -> Result<Option<User>> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query(values)?;
    rows.next()?.map(User::from_row).transpose()
}

pub fn get(conn: &Connection, id: i64) -> Result<Option<User>> {
    one(conn, "select * from \"users\" where rowid is ?", [id])
}

pub fn all(conn: &Connection) -> Result<Vec<User>> {
    let mut statement = conn.prepare("select * from users order by 2, 1")?;
    let mut rows = statement.query([])?;
    let mut users = Vec::new();
    while let Some(row) = rows.next()? {
        users.push(User::from_row(row)?);
    }
    Ok(users)
}

pub fn first(conn: &Connection) -> Result<Option<User>> {
    one(conn, "select * from users order by 2, 1 limit 1", [])
}
