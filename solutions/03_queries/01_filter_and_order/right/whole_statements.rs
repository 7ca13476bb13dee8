//! A whole statement for each list.

use std::error::Error;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

pub fn usernames(conn: &Connection) -> Result<Vec<String>> {
    search(conn, "", "username", Direction::Down)
}

pub fn search(
    conn: &Connection,
    text: &str,
    sort_by: &str,
    direction: Direction,
) -> Result<Vec<String>> {
    use Direction::{Down, Up};
    let found = "SELECT username FROM users WHERE instr(username, ?1) ORDER BY";
    let order = match (sort_by, direction) {
        ("id", Up) => "id",
        ("id", Down) => "id DESC",
        ("username", Up) => "username",
        ("username", Down) => "username DESC",
        ("email", Up) => "email, id",
        ("email", Down) => "email DESC NULLS LAST, id",
        ("verified", Up) => "verified, id",
        ("verified", Down) => "verified DESC, id",
        (other, _) => return Err(format!("a list by {other}?").into()),
    };
    let mut statement = conn.prepare_cached(&[found, order].join(" "))?;
    let names = statement.query_and_then([text], |row| row.get(0))?;
    names
        .map(|name| name.map_err(rusqlite::Error::into))
        .collect()
}
