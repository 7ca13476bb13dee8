//! Types that grow for as long as the compiler looks.
#![recursion_limit = "1000000"]

use rusqlite::{Connection, Result};

trait Grow {
    fn grow(depth: u64) -> u64;
}

impl<T> Grow for T
where
    (T, T): Sized,
{
    fn grow(depth: u64) -> u64 {
        if depth == 0 { 0 } else { <(T, T) as Grow>::grow(depth - 1) + <[T; 2] as Grow>::grow(depth - 1) }
    }
}

pub fn create_table(_: &Connection) -> Result<()> {
    println!("{}", <u8 as Grow>::grow(3));
    Ok(())
}
