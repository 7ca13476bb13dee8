//! 4.3 Fewer questions.
//!
//! A page of the microblog shows users with their posts. `load_posts` finds
//! them, and nothing that it returns is wrong. But it sends a statement for each
//! user. Make it one for all of them, whose result is the same.

//: answer
use std::collections::HashMap;

use rusqlite::{Connection, Result, Row, params_from_iter};
//: starter
//| use rusqlite::{Connection, Result, Row};
//: end

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
/// One statement is enough, and two are allowed, however many users there are.
/// No posts of other users are read.
pub fn load_posts(conn: &Connection, users: &[User]) -> Result<Vec<Vec<Post>>> {
    //: answer
    let places = vec!["?"; users.len()].join(", ");
    let mut statement = conn.prepare(&format!(
        "SELECT id, user_id, body, created_at FROM posts
         WHERE user_id IN ({places}) ORDER BY id"
    ))?;
    let ids = params_from_iter(users.iter().map(|user| user.id));
    let mut by_user: HashMap<Option<i64>, Vec<Post>> = HashMap::new();
    for post in statement.query_map(ids, Post::from_row)? {
        let post = post?;
        by_user.entry(post.user_id).or_default().push(post);
    }
    let list_of = |user: &User| by_user.get(&Some(user.id)).cloned().unwrap_or_default();
    Ok(users.iter().map(list_of).collect())
    //: starter
    //| let mut lists = Vec::new();
    //| for user in users {
    //|     lists.push(posts_of(conn, user)?);
    //| }
    //| Ok(lists)
    //: end
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
