//! A constant that is never finished.
#![allow(long_running_const_eval)]

use rusqlite::{Connection, Result};

const ENDLESS: u64 = {
    let mut n = 0_u64;
    loop {
        n = n.wrapping_add(1);
        if n == u64::MAX {
            break n;
        }
    }
};

pub fn create_table(_: &Connection) -> Result<()> {
    println!("{ENDLESS}");
    Ok(())
}
