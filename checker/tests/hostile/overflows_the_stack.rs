//! Calls itself without end.
use rusqlite::{Connection, Result};

fn deeper(n: u64) -> u64 {
    if std::hint::black_box(n) == u64::MAX { n } else { deeper(n + 1) + std::hint::black_box(1) }
}

pub fn create_table(_: &Connection) -> Result<()> {
    println!("{}", deeper(0));
    Ok(())
}
