//! Aborts.
use rusqlite::{Connection, Result};

pub fn create_table(_: &Connection) -> Result<()> {
    std::process::abort()
}
