//! Never returns.
use rusqlite::{Connection, Result};

pub fn create_table(_: &Connection) -> Result<()> {
    let mut n = 0_u64;
    loop {
        n = std::hint::black_box(n.wrapping_add(1));
    }
}
