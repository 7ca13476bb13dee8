//! What a learner might write: the tests look at it through the witness.
#![allow(dead_code)]

use std::path::Path;

use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE subject_groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    )
}

pub fn create_loose_table(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE subject_groups (id INT PRIMARY KEY, name TEXT)")
}

pub fn insert(conn: &Connection, name: &str) -> Result<i64> {
    conn.execute("INSERT INTO subject_groups (name) VALUES (?1)", [name])?;
    Ok(conn.last_insert_rowid())
}

pub fn insert_pasted(conn: &Connection, name: &str) -> Result<i64> {
    conn.execute_batch(&format!(
        "INSERT INTO subject_groups (name) VALUES ('{name}')"
    ))?;
    Ok(conn.last_insert_rowid())
}

pub fn broken(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE subject_groups (id INTEGER PRIMARY KEY")
}

pub fn unfinished(_: &Connection) -> Result<()> {
    todo!("create the table with {:?}", "conn")
}

pub fn leaves_a_transaction(conn: &Connection) -> Result<()> {
    conn.execute_batch("BEGIN; CREATE TABLE subject_groups (id INTEGER PRIMARY KEY)")
}

pub fn opens_itself(path: &Path) -> Result<()> {
    create_table(&Connection::open(path)?)
}

pub fn opens_on_a_thread(path: &Path) -> Result<()> {
    let path = path.to_path_buf();
    std::thread::spawn(move || opens_itself(&path))
        .join()
        .unwrap()
}

pub fn panics_on_a_thread() -> Result<()> {
    std::thread::spawn(|| panic!("nobody expects {}", 3))
        .join()
        .unwrap()
}
