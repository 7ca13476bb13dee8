//! A first attempt at 1.1, which page 1.1 shows: the types say all, and refuse nothing.

use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE subject_groups (
            id INT PRIMARY KEY,
            name VARCHAR(60)
        )",
    )
}
