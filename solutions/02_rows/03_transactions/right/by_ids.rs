//! The users go first, and the posts by the ids of those who went.

use rusqlite::{Connection, Result, Savepoint};

pub fn sign_up(conn: &mut Connection, username: &str, body: &str) -> Result<i64> {
    let tx = conn.transaction()?;
    tx.execute("INSERT INTO users (username) VALUES (?1)", [username])?;
    tx.execute(
        "INSERT INTO posts (user_id, body) SELECT id, ?2 FROM users WHERE username = ?1",
        [username, body],
    )?;
    let sql = "SELECT id FROM users WHERE username = ?1";
    let id = tx.query_one(sql, [username], |row| row.get("id"))?;
    tx.commit()?;
    Ok(id)
}

pub fn remove_unverified(conn: &mut Connection, most: usize) -> Result<Option<usize>> {
    let work = conn.savepoint()?;
    let users = remove_users(&work)?;
    for user in &users {
        work.execute("DELETE FROM posts WHERE user_id = ?1", [user])?;
    }
    if users.len() > most {
        return work.finish().map(|()| None);
    }
    work.commit()?;
    Ok(Some(users.len()))
}

fn remove_users(work: &Savepoint<'_>) -> Result<Vec<i64>> {
    work.prepare("DELETE FROM users WHERE verified = 0 RETURNING id")?
        .query_map([], |row| row.get(0))?
        .collect()
}
