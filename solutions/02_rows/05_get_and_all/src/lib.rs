//! 2.5 By primary key, all, first, none.

//: answer
use rusqlite::OptionalExtension;
//: end
use rusqlite::{Connection, Result, Row};

/// One row of the table `users`. No two rows have the same `id`; two users may
/// have the same nickname.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: i64,
    pub nickname: String,
    pub email: Option<String>,
}

impl User {
    /// Makes a user of a row, which has to have all three columns.
    pub fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            nickname: row.get("nickname")?,
            email: row.get("email")?,
        })
    }
}

/// Reads the one user with this id, or `None` if there is none. No other row is
/// read.
pub fn get(conn: &Connection, id: i64) -> Result<Option<User>> {
    //: answer
    conn.query_one(
        "SELECT id, nickname, email FROM users WHERE id = ?1",
        [id],
        User::from_row,
    )
    .optional()
    //: starter
    //| todo!("read the user {id} with {conn:?}")
    //: end
}

/// Reads all users, sorted by nickname, and those of one nickname by id.
pub fn all(conn: &Connection) -> Result<Vec<User>> {
    //: answer
    let mut statement =
        conn.prepare("SELECT id, nickname, email FROM users ORDER BY nickname, id")?;
    let users = statement.query_map([], User::from_row)?;
    users.collect()
    //: starter
    //| todo!("read all users with {conn:?}")
    //: end
}

/// Reads the user who is the first in the order of `all`, or `None` if there are
/// no users. No other row is read.
pub fn first(conn: &Connection) -> Result<Option<User>> {
    //: answer
    conn.query_one(
        "SELECT id, nickname, email FROM users ORDER BY nickname, id LIMIT 1",
        [],
        User::from_row,
    )
    .optional()
    //: starter
    //| todo!("read the first user with {conn:?}")
    //: end
}
