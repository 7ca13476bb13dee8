//! Closes standard input, output and error, and does the work.
use rusqlite::{Connection, Result};

use std::os::fd::{FromRawFd, OwnedFd};

pub fn create_table(conn: &Connection) -> Result<()> {
    for descriptor in 0..3 {
        // SAFETY: none; that is the point.
        drop(unsafe { OwnedFd::from_raw_fd(descriptor) });
    }
    conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
}
