//! BEGIN, COMMIT and ROLLBACK as statements, in one place.

use rusqlite::{Connection, Result};

pub fn sign_up(conn: &mut Connection, username: &str, body: &str) -> Result<i64> {
    together(conn, |conn| {
        let id: i64 = conn.query_one(
            "INSERT INTO users (username) VALUES (?1) RETURNING id",
            [username],
            |row| row.get(0),
        )?;
        let sql = "INSERT INTO posts (body, user_id) VALUES (:body, :user)";
        conn.execute(
            sql,
            &[(":user", &id as &dyn rusqlite::ToSql), (":body", &body)],
        )?;
        Ok(Some(id))
    })
    .map(|id| id.unwrap_or_default())
}

pub fn remove_unverified(conn: &mut Connection, most: usize) -> Result<Option<usize>> {
    together(conn, |conn| {
        let removed = "SELECT id FROM users WHERE NOT verified";
        conn.execute(
            &format!("DELETE FROM posts WHERE user_id IN ({removed})"),
            [],
        )?;
        let users = conn.execute(&format!("DELETE FROM users WHERE id IN ({removed})"), [])?;
        Ok((users <= most).then_some(users))
    })
}

/// Keeps what `work` did if it returns a value.
fn together<T>(
    conn: &Connection,
    work: impl FnOnce(&Connection) -> Result<Option<T>>,
) -> Result<Option<T>> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    let result = work(conn);
    let end = match &result {
        Ok(Some(_)) => "COMMIT",
        _ => "ROLLBACK",
    };
    if let Err(error) = conn.execute_batch(end) {
        if !conn.is_autocommit() {
            conn.execute_batch("ROLLBACK")?;
        }
        return Err(result.err().unwrap_or(error));
    }
    result
}
