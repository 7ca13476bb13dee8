//! A savepoint, and a transaction that checks nothing while it is compiled.

use rusqlite::{Connection, Result};

pub fn sign_up(conn: &mut Connection, username: &str, body: &str) -> Result<i64> {
    let both = conn.savepoint()?;
    let id = both
        .prepare("INSERT INTO users (username) VALUES (?1)")?
        .insert([username])?;
    both.prepare("INSERT INTO posts (user_id, body) VALUES (?1, ?2)")?
        .insert((id, body))?;
    both.commit().and(Ok(id))
}

pub fn remove_unverified(conn: &mut Connection, most: usize) -> Result<Option<usize>> {
    let work = conn.unchecked_transaction()?;
    conn.execute_batch(
        "DELETE FROM posts
         WHERE EXISTS (SELECT 1 FROM users WHERE users.id = user_id AND verified = 0);
         DELETE FROM users WHERE verified = 0",
    )?;
    match usize::try_from(conn.changes()) {
        Ok(users) if users <= most => work.commit().map(|()| Some(users)),
        _ => work.finish().map(|()| None),
    }
}
