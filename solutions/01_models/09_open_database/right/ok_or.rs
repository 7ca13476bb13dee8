use std::error::Error;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

const VARIABLE: &str = "DATABASE_URL";

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
    let url = get(VARIABLE).filter(|url| !url.is_empty());
    Ok(url.ok_or(format!("{VARIABLE}: not set, or empty"))?)
}

pub fn parse_url(url: &str) -> Result<Location> {
    if let Some(path) = url.strip_prefix("sqlite:///")
        && !path.is_empty()
    {
        Ok(Location::File(Path::new(path).to_path_buf()))
    } else if url == "sqlite::memory:" {
        Ok(Location::Memory)
    } else {
        Err(Box::from(format!("not a database: {url}")))
    }
}

pub fn open(location: &Location, if_missing: IfMissing) -> Result<Connection> {
    let path = match location {
        Location::File(path) => path.as_path(),
        Location::Memory => Path::new(":memory:"),
    };
    let mut flags = OpenFlags::default();
    if if_missing == IfMissing::Refuse {
        flags.remove(OpenFlags::SQLITE_OPEN_CREATE);
    }
    let opened = || -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(path, flags)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
        let mut tables = conn.prepare("SELECT name FROM sqlite_schema")?;
        let mut rows = tables.query([])?;
        while rows.next()?.is_some() {}
        drop(rows);
        drop(tables);
        Ok(conn)
    };
    Ok(opened().map_err(|error| format!("{error} (in {})", path.display()))?)
}
