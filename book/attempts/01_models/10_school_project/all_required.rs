//! A first attempt at 1.10, which page 1.10 shows: whatever can be required is
//! required.

use mini_orm::Result;
use rusqlite::Connection;

pub fn create_school(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE teachers (
            id INTEGER PRIMARY KEY,
            staff_code TEXT NOT NULL,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            full_time BOOLEAN NOT NULL DEFAULT true
        );
        CREATE TABLE rooms (
            id INTEGER PRIMARY KEY,
            building TEXT NOT NULL,
            number TEXT NOT NULL,
            seats INTEGER NOT NULL,
            has_projector BOOLEAN NOT NULL
        );
        CREATE TABLE terms (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            starts_at TEXT NOT NULL,
            ends_at TEXT NOT NULL
        )",
    )?;
    Ok(())
}
