//! The column is chosen by its place; a list for Down is turned round.

use std::error::Error;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

const COLUMNS: [&str; 4] = ["id", "username", "email", "verified"];

pub fn usernames(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT max(username) FROM users WHERE username < ?1")?;
    let mut names: Vec<String> = Vec::new();
    let mut next: Option<String> =
        conn.query_one("SELECT max(username) FROM users", [], |row| row.get(0))?;
    while let Some(name) = next {
        next = statement.query_one([&name], |row| row.get(0))?;
        names.push(name);
    }
    Ok(names)
}

pub fn search(
    conn: &Connection,
    text: &str,
    sort_by: &str,
    direction: Direction,
) -> Result<Vec<String>> {
    let place = COLUMNS
        .iter()
        .position(|column| *column == sort_by)
        .ok_or_else(|| format!("{sort_by} is none of {}", COLUMNS.join(", ")))?;
    let last = if direction == Direction::Up {
        ""
    } else {
        " DESC"
    };
    let sql = format!(
        "SELECT {} FROM users WHERE instr(username, :text) ORDER BY {}, 1{last}",
        COLUMNS.join(", "),
        place + 1,
    );
    let mut statement = conn.prepare(&sql)?;
    let names = statement.query_map(&[(":text", text)], |row| row.get("username"))?;
    let mut names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    if direction == Direction::Down {
        names.reverse();
    }
    Ok(names)
}
