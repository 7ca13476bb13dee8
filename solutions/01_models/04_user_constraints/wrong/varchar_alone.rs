use rusqlite::{Connection, Result};

pub fn create(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            username VARCHAR(80) NOT NULL UNIQUE,
            email VARCHAR(120) UNIQUE,
            verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
        )",
    )
}
