use rusqlite::{Connection, Result};

pub fn create(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            username TEXT NOT NULL UNIQUE CHECK (octet_length(username) <= 80),
            email TEXT UNIQUE CHECK (octet_length(email) <= 120),
            verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
        )",
    )
}
