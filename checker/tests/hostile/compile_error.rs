//! Does not compile.
use rusqlite::{Connection, Result};

pub fn create_table(_: &Connection) -> Result<()> {
    Ok(1)
}
