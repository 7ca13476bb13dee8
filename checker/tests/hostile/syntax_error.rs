//! Is not Rust.
use rusqlite::{Connection, Result};

pub fn create_table(_: &Connection) -> Result<()> {
