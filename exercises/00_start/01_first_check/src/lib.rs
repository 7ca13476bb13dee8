//! 0.1 A first check.
//!
//! `register` writes two pets into a database. They should be Rex, a dog, and
//! Tom, a cat, and one of them is not. Make the other one wrong, too: call Rex
//! a wolf. Then run the checker, read what the database holds, put both right
//! here, and run it again.

use rusqlite::{Connection, Result};

/// The pets that are registered: name and species.
pub const PETS: [(&str, &str); 2] = [("Rex", "dog"), ("Tom", "dog")];

/// Writes all `PETS` into the database. Nothing here needs a change; what the
/// SQL means is the subject of part 1.
pub fn register(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE pets (name TEXT, species TEXT)")?;
    for (name, species) in PETS {
        conn.execute(
            "INSERT INTO pets (name, species) VALUES (?1, ?2)",
            [name, species],
        )?;
    }
    Ok(())
}
