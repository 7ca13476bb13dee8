//! BEGIN and COMMIT by hand: an error in between leaves the transaction open.

use rusqlite::{Connection, Result};

pub fn sign_up(conn: &mut Connection, username: &str, body: &str) -> Result<i64> {
    conn.execute_batch("BEGIN")?;
    conn.execute("INSERT INTO users (username) VALUES (?1)", [username])?;
    let id = conn.last_insert_rowid();
    conn.execute(
        "INSERT INTO posts (user_id, body) VALUES (?1, ?2)",
        (id, body),
    )?;
    conn.execute_batch("COMMIT")?;
    Ok(id)
}

pub fn remove_unverified(conn: &mut Connection, most: usize) -> Result<Option<usize>> {
    let tx = conn.transaction()?;
    tx.execute(
        "DELETE FROM posts WHERE user_id IN (SELECT id FROM users WHERE verified = 0)",
        [],
    )?;
    let removed = tx.execute("DELETE FROM users WHERE verified = 0", [])?;
    if removed > most {
        return Ok(None);
    }
    tx.commit()?;
    Ok(Some(removed))
}
