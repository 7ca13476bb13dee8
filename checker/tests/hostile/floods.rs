//! Prints 100 MB, half on each stream.
use rusqlite::{Connection, Result};

use std::io::Write;

pub fn create_table(_: &Connection) -> Result<()> {
    let line = [b'x'; 1024 * 1024];
    for _ in 0..50 {
        std::io::stdout().write_all(&line).ok();
        std::io::stderr().write_all(&line).ok();
    }
    Ok(())
}
