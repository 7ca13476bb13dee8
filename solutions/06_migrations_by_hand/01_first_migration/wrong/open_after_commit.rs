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
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

pub fn upgrade(conn: &mut Connection) -> Result<()> {
    take(conn, 0, UP, 1)
}

pub fn downgrade(conn: &mut Connection) -> Result<()> {
    take(conn, 1, DOWN, 0)
}

fn take(conn: &mut Connection, from: i64, step: &str, to: i64) -> Result<()> {
    conn.execute_batch("BEGIN")?;
    let done = (|| -> Result<()> {
        if version(conn)? != from {
            return Err("other".into());
        }
        conn.execute_batch(step)?;
        conn.pragma_update(None, "user_version", to)?;
        Ok(())
    })();
    match done {
        Ok(()) => Ok(conn.execute_batch("COMMIT")?),
        Err(error) => {
            let _ = conn.execute_batch("ROLLBACK");
            Err(error)
        }
    }
}
