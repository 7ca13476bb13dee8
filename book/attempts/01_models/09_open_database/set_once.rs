//! A first attempt at 1.9, which page 1.9 shows: a setting of the connection is
//! taken for one of the file.

use std::error::Error;
use std::path::PathBuf;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    File(PathBuf),
    Memory,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMissing {
    Create,
    Refuse,
}

pub fn database_url(get: impl Fn(&str) -> Option<String>) -> Result<String> {
    let url = get("DATABASE_URL").unwrap_or_default();
    if url.is_empty() {
        return Err("DATABASE_URL is not set".into());
    }
    Ok(url)
}

pub fn parse_url(url: &str) -> Result<Location> {
    if url == "sqlite::memory:" {
        return Ok(Location::Memory);
    }
    let path = url.strip_prefix("sqlite:///").unwrap_or_default();
    if path.is_empty() {
        return Err(format!("{url} is no URL of a database").into());
    }
    Ok(Location::File(path.into()))
}

pub fn open(location: &Location, if_missing: IfMissing) -> Result<Connection> {
    let conn = match location {
        Location::Memory => Connection::open_in_memory()?,
        Location::File(path) => Connection::open(path)?,
    };
    if if_missing == IfMissing::Create {
        conn.execute_batch("PRAGMA foreign_keys = ON")?;
    }
    Ok(conn)
}
