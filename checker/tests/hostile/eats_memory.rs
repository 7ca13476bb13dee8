//! Allocates until there is no more.
use rusqlite::{Connection, Result};

pub fn create_table(_: &Connection) -> Result<()> {
    let mut eaten = Vec::new();
    loop {
        eaten.push(vec![1_u8; 16 * 1024 * 1024]);
        std::hint::black_box(&eaten);
    }
}
