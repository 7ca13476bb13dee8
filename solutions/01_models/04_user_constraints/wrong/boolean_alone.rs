use rusqlite::{Connection, Result};

pub fn create(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
            email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
            verified BOOLEAN NOT NULL DEFAULT FALSE
        )",
    )
}
