//! 3.1 What is asked for, in the order that is asked for.
//!
//! The page with all users of the microblog has a field to type into and lets
//! visitors choose a column to sort by. Both arrive as text from outside. The
//! one is a value, which can be bound. The other names a column, which cannot.

use std::error::Error;

use rusqlite::Connection;

/// Any error. `Err(format!(…).into())` makes one of a text, and `?` makes one of
/// any other error.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The direction of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the smallest value to the largest.
    Up,
    /// From the largest value to the smallest.
    Down,
}

/// All usernames, the last one of the alphabet first.
pub fn usernames(conn: &Connection) -> Result<Vec<String>> {
    //: answer
    let mut statement = conn.prepare("SELECT username FROM users ORDER BY username DESC")?;
    //: starter
    //| let mut statement = conn.prepare("SELECT username FROM users ORDER BY 'username desc'")?;
    //: end
    let names = statement.query_map([], |row| row.get("username"))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// The usernames that contain `text` as it is, sorted by a column of `users`.
/// SQLite is to find them: no other names are read.
///
/// `sort_by` is `id`, `username`, `email` or `verified`; anything else is an
/// error that quotes it. A missing email counts as smaller than any other, as it
/// does for SQLite. Users who are equal in the column come in the order of their
/// ids, in both directions.
///
/// In SQL, `instr(a, b)` is the place at which `a` contains `b`, or 0.
pub fn search(
    conn: &Connection,
    text: &str,
    sort_by: &str,
    direction: Direction,
) -> Result<Vec<String>> {
    //: answer
    let column = match sort_by {
        "id" => "id",
        "username" => "username",
        "email" => "email",
        "verified" => "verified",
        _ => return Err(format!("cannot sort users by `{sort_by}`").into()),
    };
    let direction = match direction {
        Direction::Up => "ASC",
        Direction::Down => "DESC",
    };
    let mut statement = conn.prepare(&format!(
        "SELECT username FROM users WHERE instr(username, ?1) > 0
         ORDER BY {column} {direction}, id"
    ))?;
    let names = statement.query_map([text], |row| row.get("username"))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
    //: starter
    //| todo!("find {text:?} with {conn:?}, sorted by {sort_by:?}, {direction:?}")
    //: end
}
