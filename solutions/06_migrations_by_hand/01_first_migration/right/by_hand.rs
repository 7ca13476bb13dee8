use std::error::Error;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub const UP: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
        email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
        verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
    )";

pub const DOWN: &str = "DROP TABLE users";

pub fn version(conn: &Connection) -> Result<i64> {
    let number = conn.query_row("PRAGMA user_version", (), |row| row.get("user_version"))?;
    Ok(number)
}

pub fn upgrade(conn: &mut Connection) -> Result<()> {
    in_transaction(conn, |conn| {
        if version(conn)? != 0 {
            return Err("only a new database takes this step".into());
        }
        conn.execute_batch(UP)?;
        conn.execute_batch("PRAGMA user_version = 1")?;
        Ok(())
    })
}

pub fn downgrade(conn: &mut Connection) -> Result<()> {
    in_transaction(conn, |conn| {
        if version(conn)? != 1 {
            return Err("only version 1 can take this step back".into());
        }
        conn.execute_batch(DOWN)?;
        conn.execute_batch("PRAGMA user_version = 0")?;
        Ok(())
    })
}

fn in_transaction(conn: &Connection, work: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    let done = work(conn).and_then(|()| Ok(conn.execute_batch("COMMIT")?));
    if done.is_err() && !conn.is_autocommit() {
        conn.execute_batch("ROLLBACK")?;
    }
    done
}
