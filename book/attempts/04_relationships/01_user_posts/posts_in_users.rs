//! 4.1 One user, many posts.
//!
//! A microblog: users write posts. The two tables exist, but nothing says which
//! post is whose. Link them, and ask along the link in both directions.

use std::path::Path;

use rusqlite::{Connection, Result, Row};

/// A row of `users`.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub id: i64,
    pub username: String,
}

/// A row of `posts`.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    pub id: i64,
    /// The id of the user who wrote it. `None`: it is not known who did.
    pub user_id: Option<i64>,
    /// At most 140 characters.
    pub body: String,
    /// A moment, as text.
    pub created_at: String,
}

/// Opens the database. The connection enforces foreign keys, whether or not
/// SQLite was built to do so by itself.
pub fn open(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path)?;
    Ok(conn)
}

/// Creates the tables `users` and `posts`.
///
/// A post has the column `user_id` besides the ones below: the id of a user who
/// exists, or NULL. An index finds the posts of a user.
pub fn create_tables(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE users (
             id INTEGER PRIMARY KEY,
             username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
             posts TEXT
         );
         CREATE TABLE posts (
             id INTEGER PRIMARY KEY,
             body VARCHAR(140) NOT NULL CHECK (length(body) <= 140),
             created_at DATETIME NOT NULL
         );",
    )
}

/// The posts of this user, in any order. SQLite chooses them, not Rust.
pub fn posts_of(conn: &Connection, user: &User) -> Result<Vec<Post>> {
    todo!("ask for the posts of {user:?} with {conn:?}")
}

/// The user who wrote this post, or `None` if it is not known who did.
pub fn author_of(conn: &Connection, post: &Post) -> Result<Option<User>> {
    todo!("ask for the author of {post:?} with {conn:?}")
}

impl User {
    /// Reads a row that has every column of `users`.
    pub fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            username: row.get("username")?,
        })
    }
}

impl Post {
    /// Reads a row that has every column of `posts`.
    pub fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            body: row.get("body")?,
            created_at: row.get("created_at")?,
        })
    }
}
