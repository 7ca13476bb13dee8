//! Writes where nothing is.
use rusqlite::{Connection, Result};

pub fn create_table(_: &Connection) -> Result<()> {
    let nothing = std::hint::black_box(std::ptr::null_mut::<u64>());
    // SAFETY: none; that is the point.
    unsafe { nothing.write_volatile(1) };
    Ok(())
}
