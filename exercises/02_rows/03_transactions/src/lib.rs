//! 2.3 Together or not at all.
//!
//! On its own, each statement is kept as soon as it has run. A transaction
//! holds several together: `conn.transaction()` begins one, statements are sent
//! through it, `commit` keeps what they did and `rollback` undoes it. If it is
//! dropped without either of the two, rusqlite rolls it back.
//!
//! The tables are `users`, as in part 1, and `posts`, with an `id`, the
//! `user_id` of who wrote it, and a `body` of 1 to 140 characters.

use rusqlite::{Connection, Result};

/// Adds a user and the first post of that user, and returns the user's id.
///
/// A refused row is an error, and then neither of the two is stored. No other
/// connection ever sees the user without the post.
pub fn sign_up(conn: &mut Connection, username: &str, body: &str) -> Result<i64> {
    conn.execute("INSERT INTO users (username) VALUES (?1)", [username])?;
    let id = conn.last_insert_rowid();
    conn.execute(
        "INSERT INTO posts (user_id, body) VALUES (?1, ?2)",
        (id, body),
    )?;
    Ok(id)
}

/// Removes the users who are not verified, with their posts, and returns how
/// many users that were.
///
/// More than `most` users are more than was meant: then nobody is removed, and
/// the answer is `None`. No other connection ever sees part of the work. The two
/// statements, in this order, because the first asks who is not verified:
///
/// ```sql
/// DELETE FROM posts WHERE user_id IN (SELECT id FROM users WHERE verified = 0)
/// DELETE FROM users WHERE verified = 0
/// ```
///
/// `execute` returns how many rows a statement removed.
pub fn remove_unverified(conn: &mut Connection, most: usize) -> Result<Option<usize>> {
    todo!("remove at most {most} users with {conn:?}")
}
