//! Leaves a thread that never ends, and does the work.
use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    std::thread::spawn(|| {
        loop {
            std::thread::park();
        }
    });
    conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
}
