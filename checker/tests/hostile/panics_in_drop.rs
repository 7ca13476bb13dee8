//! Does the work, then panics in a destructor.
use rusqlite::{Connection, Result};

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("in drop");
    }
}

pub fn create_table(conn: &Connection) -> Result<()> {
    let _bomb = Bomb;
    conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
}
