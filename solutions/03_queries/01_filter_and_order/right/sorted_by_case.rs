//! One text for all lists: the column is chosen by CASE, with its name bound.

use std::error::Error;

use rusqlite::{Connection, named_params};

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

pub fn usernames(conn: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT group_concat(username, '/' ORDER BY username DESC) FROM users";
    let names: Option<String> = conn.query_one(sql, [], |row| row.get(0))?;
    let names = names.unwrap_or_default();
    Ok(names.split_terminator('/').map(str::to_owned).collect())
}

pub fn search(
    conn: &Connection,
    text: &str,
    sort_by: &str,
    direction: Direction,
) -> Result<Vec<String>> {
    if !["id", "username", "email", "verified"].contains(&sort_by) {
        Err(format!("there is no list by {sort_by}"))?;
    }
    let end = match direction {
        Direction::Up => ", id",
        Direction::Down => " DESC, id",
    };
    let sql =
        "SELECT username FROM users WHERE replace(username, :text, '') <> username OR :text = ''
        ORDER BY CASE :column WHEN 'id' THEN id WHEN 'username' THEN username
            WHEN 'email' THEN email ELSE verified END";
    let mut statement = conn.prepare(&format!("{sql}{end}"))?;
    let mut rows = statement.query(named_params! {":text": text, ":column": sort_by})?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.push(row.get(0)?);
    }
    Ok(names)
}
