//! Deletes the file that it works on.
use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")?;
    std::fs::remove_file(conn.path().unwrap()).unwrap();
    Ok(())
}
