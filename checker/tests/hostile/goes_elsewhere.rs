//! Changes the working directory, and does the work.
use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    std::env::set_current_dir("/").unwrap();
    conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
}
