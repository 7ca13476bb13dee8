//! Every user is read, and Rust throws most of them away.

use std::error::Error;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

pub fn usernames(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT username FROM users ORDER BY username DESC")?;
    let names = statement.query_map([], |row| row.get("username"))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

pub fn search(
    conn: &Connection,
    text: &str,
    sort_by: &str,
    direction: Direction,
) -> Result<Vec<String>> {
    if !["id", "username", "email", "verified"].contains(&sort_by) {
        return Err(format!("no list by {sort_by}").into());
    }
    let direction = match direction {
        Direction::Up => "ASC",
        Direction::Down => "DESC",
    };
    let sql = format!("SELECT username FROM users ORDER BY {sort_by} {direction}, id");
    let mut statement = conn.prepare(&sql)?;
    let names = statement.query_map([], |row| row.get::<_, String>("username"))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    Ok(names
        .into_iter()
        .filter(|name| name.contains(text))
        .collect())
}
