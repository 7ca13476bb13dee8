//! Leaves a child in a session of its own, which holds standard output, and
//! does the work.
use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    std::process::Command::new("setsid").args(["sleep", "3131"]).spawn().unwrap();
    conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
}
