//! SQLite finds the users, and Rust sorts them.

use std::cmp::Ordering;
use std::error::Error;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

struct User {
    username: String,
    email: Option<String>,
    verified: bool,
}

pub fn usernames(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT username FROM users")?;
    let names = statement.query_map([], |row| row.get("username"))?;
    let mut names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    names.sort_unstable_by(|a, b| b.cmp(a));
    Ok(names)
}

pub fn search(
    conn: &Connection,
    text: &str,
    sort_by: &str,
    direction: Direction,
) -> Result<Vec<String>> {
    let order: fn(&User, &User) -> Ordering = match sort_by {
        "id" => |_, _| Ordering::Equal,
        "username" => |a, b| a.username.cmp(&b.username),
        "email" => |a, b| a.email.cmp(&b.email),
        "verified" => |a, b| a.verified.cmp(&b.verified),
        _ => return Err(format!("{sort_by:?} is no column of this list").into()),
    };
    let by_id = match (sort_by, direction) {
        ("id", Direction::Down) => "DESC",
        _ => "ASC",
    };
    let mut statement = conn.prepare(&format!(
        "SELECT username, email, verified FROM users WHERE instr(username, ?1) > 0 ORDER BY id {by_id}"
    ))?;
    let users = statement.query_map([text], |row| {
        Ok(User {
            username: row.get("username")?,
            email: row.get("email")?,
            verified: row.get("verified")?,
        })
    })?;
    let mut users: Vec<User> = users.collect::<rusqlite::Result<_>>()?;
    users.sort_by(|a, b| match direction {
        Direction::Up => order(a, b),
        Direction::Down => order(b, a),
    });
    Ok(users.into_iter().map(|user| user.username).collect())
}
