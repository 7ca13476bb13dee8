use rusqlite::{Connection, Result};

pub fn create(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE users (
            id INTEGER,
            username VARCHAR(80) NOT NULL PRIMARY KEY CHECK (length(username) <= 80),
            email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
            verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
        )",
    )
}
