//! The database is asked which columns there are; the name is quoted.

use std::error::Error;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

pub fn usernames(conn: &Connection) -> Result<Vec<String>> {
    let mut names: Vec<String> = conn
        .prepare("SELECT username FROM users ORDER BY 1")?
        .query_map([], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    names.reverse();
    Ok(names)
}

pub fn search(
    conn: &Connection,
    text: &str,
    sort_by: &str,
    direction: Direction,
) -> Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_info('users') WHERE name = ?1";
    let column: String = conn
        .query_one(sql, [sort_by], |row| row.get(0))
        .map_err(|error| format!("users have no column {sort_by}: {error}"))?;
    let text = text
        .replace('[', "[[]")
        .replace('*', "[*]")
        .replace('?', "[?]");
    let down = if direction == Direction::Down {
        "DESC"
    } else {
        ""
    };
    let mut statement = conn.prepare(&format!(
        r#"SELECT "username" FROM "users" WHERE "username" GLOB '*' || ?1 || '*'
           ORDER BY "users"."{column}" {down}, "users"."id""#
    ))?;
    let names = statement.query_map([text], |row| row.get(0))?;
    Ok(names.collect::<std::result::Result<_, _>>()?)
}
