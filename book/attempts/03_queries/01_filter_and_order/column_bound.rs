//! A first attempt: the column is bound, as every value from outside.

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
    let order = match direction {
        Direction::Up => "ORDER BY ?2",
        Direction::Down => "ORDER BY ?2 DESC",
    };
    let sql = "SELECT username FROM users WHERE instr(username, ?1) > 0";
    let mut statement = conn.prepare(&format!("{sql} {order}"))?;
    let names = statement.query_map([text, sort_by], |row| row.get("username"))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}
