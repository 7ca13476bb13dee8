//! The users are counted inside of the transaction, before any is removed.

use rusqlite::{Connection, Result, Transaction, TransactionBehavior, params};

pub fn sign_up(conn: &mut Connection, username: &str, body: &str) -> Result<i64> {
    let tx = Transaction::new(conn, TransactionBehavior::Exclusive)?;
    let id = add_both(&tx, username, body)?;
    tx.commit().map(|()| id)
}

fn add_both(tx: &Transaction<'_>, username: &str, body: &str) -> Result<i64> {
    tx.execute(
        "INSERT INTO users (username) VALUES (?1)",
        params![username],
    )?;
    let id = tx.last_insert_rowid();
    tx.execute(
        "INSERT INTO posts (user_id, body) VALUES (?1, ?2)",
        params![id, body],
    )?;
    Ok(id)
}

pub fn remove_unverified(conn: &mut Connection, most: usize) -> Result<Option<usize>> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let users: Vec<i64> = tx
        .prepare("SELECT id FROM users WHERE verified = 0")?
        .query_map([], |row| row.get("id"))?
        .collect::<Result<_>>()?;
    if users.len() > most {
        return Ok(None);
    }
    for id in &users {
        tx.execute("DELETE FROM posts WHERE user_id = ?1", [id])?;
        tx.execute("DELETE FROM users WHERE id = ?1", [id])?;
    }
    tx.commit()?;
    Ok(Some(users.len()))
}
