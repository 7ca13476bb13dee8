use rusqlite::{Connection, Result};

pub fn sign_up(conn: &mut Connection, username: &str, body: &str) -> Result<i64> {
    let tx = conn.transaction()?;
    tx.execute("INSERT INTO users (username) VALUES (?1)", [username])?;
    let id = tx.last_insert_rowid();
    tx.execute(
        "INSERT INTO posts (user_id, body) VALUES (?1, ?2)",
        (id, body),
    )?;
    tx.commit()?;
    Ok(id)
}

pub fn remove_unverified(conn: &mut Connection, most: usize) -> Result<Option<usize>> {
    conn.execute_batch("BEGIN")?;
    conn.execute(
        "DELETE FROM posts WHERE user_id IN (SELECT id FROM users WHERE verified = 0)",
        [],
    )?;
    let users = conn.execute("DELETE FROM users WHERE verified = 0", [])?;
    if users > most {
        conn.execute_batch("ROLLBACK")?;
        return Ok(None);
    }
    conn.execute_batch("COMMIT")?;
    Ok(Some(users))
}
