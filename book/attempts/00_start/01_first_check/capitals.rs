//! A first attempt at 0.1, which page 0.1 shows: right for a reader, two other
//! texts for the database.

use rusqlite::{Connection, Result};

pub const PETS: [(&str, &str); 2] = [("Rex", "Dog"), ("Tom", "Cat")];

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
