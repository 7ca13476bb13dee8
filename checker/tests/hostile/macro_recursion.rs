//! A macro that calls itself twice, forty deep.

use rusqlite::{Connection, Result};

macro_rules! twice {
    () => {};
    (x $($rest:tt)*) => {
        twice! { $($rest)* }
        twice! { $($rest)* }
    };
}

twice! { x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x }

pub fn create_table(_: &Connection) -> Result<()> {
    Ok(())
}
