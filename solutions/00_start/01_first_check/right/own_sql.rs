use rusqlite::{Connection, Result};

pub fn register(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE pets (name TEXT, species TEXT);
         INSERT INTO pets VALUES ('Rex', 'dog'), ('Tom', 'cat');",
    )
}
