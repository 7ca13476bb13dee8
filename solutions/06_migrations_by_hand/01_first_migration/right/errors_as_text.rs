use rusqlite::Connection;
pub type Result<T> = std::result::Result<T, String>;
pub const UP: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
        email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
        verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
    )";

pub const DOWN: &str = "DROP TABLE users";

pub fn version(conn: &Connection) -> Result<i64> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(|e| e.to_string())
}
pub fn upgrade(conn: &mut Connection) -> Result<()> {
    take(conn, 0, UP, 1)
}

pub fn downgrade(conn: &mut Connection) -> Result<()> {
    take(conn, 1, DOWN, 0)
}

fn take(conn: &mut Connection, from: i64, step: &str, to: i64) -> Result<()> {
    let tx = conn.transaction().map_err(|e| e.to_string())?;
    match version(&tx)? {
        v if v == from => {}
        v => return Err(format!("version {v}")),
    }
    tx.execute_batch(step).map_err(|e| e.to_string())?;
    tx.pragma_update(None, "user_version", to)
        .map_err(|e| e.to_string())?;
    tx.commit().map_err(|e| e.to_string())
}
