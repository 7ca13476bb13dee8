use std::fmt;
use std::path::PathBuf;

use rusqlite::Connection;

pub type Result<T> = std::result::Result<T, OpenError>;

#[derive(Debug)]
pub enum OpenError {
    NoVariable(&'static str),
    NoUrl(String),
    Missing(PathBuf),
    Broken(Location, rusqlite::Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoVariable(name) => write!(f, "{name} is not set"),
            Self::NoUrl(url) => write!(f, "{url:?} is no URL"),
            Self::Missing(path) => write!(f, "there is no {}", path.display()),
            Self::Broken(location, error) => write!(f, "{location:?}: {error}"),
        }
    }
}

impl std::error::Error for OpenError {}

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
    if url.trim().is_empty() {
        return Err(OpenError::NoVariable("DATABASE_URL"));
    }
    Ok(url)
}

pub fn parse_url(url: &str) -> Result<Location> {
    let refused = || OpenError::NoUrl(url.to_owned());
    let rest = url.strip_prefix("sqlite:").ok_or_else(refused)?;
    match (rest, rest.strip_prefix("///")) {
        (":memory:", _) | (_, Some(":memory:")) => Ok(Location::Memory),
        (_, None | Some("")) => Err(refused()),
        (_, Some(path)) => Ok(Location::File(PathBuf::from(path))),
    }
}

pub fn open(location: &Location, if_missing: IfMissing) -> Result<Connection> {
    let broken = |error| OpenError::Broken(location.clone(), error);
    let conn = match location {
        Location::Memory => Connection::open_in_memory(),
        Location::File(path) if if_missing == IfMissing::Refuse && !path.exists() => {
            return Err(OpenError::Missing(path.clone()));
        }
        Location::File(path) => Connection::open(path),
    }
    .map_err(broken)?;
    conn.pragma_update(None, "foreign_keys", "on")
        .map_err(broken)?;
    conn.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0))
        .map_err(broken)?;
    Ok(conn)
}
