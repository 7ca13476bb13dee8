//! 4.3 Fewer questions.
//!
//! A page of the microblog shows users with their posts. `load_posts` finds
//! them, and nothing that it returns is wrong. But it sends a statement for each
//! user. Make it one for all of them, whose result is the same.

use std::collections::HashMap;

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
    pub body: String,
    pub created_at: String,
}

/// The posts of each of these users: one list for each, in the order in which
/// the users are given. In a list, posts are in the order of their ids.
///
/// At most two statements are sent, however many users there are, and no posts
/// of other users are read.
pub fn load_posts(conn: &Connection, users: &[User]) -> Result<Vec<Vec<Post>>> {
    let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
    let mut lists: HashMap<i64, Vec<Post>> = ids.iter().map(|id| (*id, Vec::new())).collect();
    let mut statement = conn
        .prepare_cached("SELECT * FROM posts WHERE user_id IN (SELECT value FROM json_each(?1))")?;
    let mut rows = statement.query([format!("{ids:?}")])?;
    while let Some(row) = rows.next()? {
        let post = Post::from_row(row)?;
        if let Some(list) = post.user_id.and_then(|id| lists.get_mut(&id)) {
            list.push(post);
        }
    }
    for list in lists.values_mut() {
        list.sort_by_key(|post| post.id);
    }
    Ok(ids.iter().map(|id| lists[id].clone()).collect())
}

/// The posts of one user, in the order of their ids: one statement.
pub fn posts_of(conn: &Connection, user: &User) -> Result<Vec<Post>> {
    let mut statement = conn.prepare(
        "SELECT id, user_id, body, created_at FROM posts WHERE user_id = ?1 ORDER BY id",
    )?;
    let posts = statement.query_map([user.id], Post::from_row)?;
    posts.collect()
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
