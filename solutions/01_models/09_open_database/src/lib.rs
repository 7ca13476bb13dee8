//! 1.9 A connection to rely on.
//!
//! The place of a database does not belong in the code: an environment
//! variable holds it, as a URL, and another computer has another one. From the
//! variable to the connection it is three steps, and whatever goes wrong in one
//! of them is said there, to whoever has to put it right.

use std::error::Error;
//: answer
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
//: starter
//| use std::path::PathBuf;
//|
//| use rusqlite::Connection;
//: end

/// Any error. `Err("no room".into())` makes one of a text, and so does
/// `Err(format!(…).into())`; `?` makes one of any other error.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a file. A relative path begins in the current directory.
    File(PathBuf),
    /// In memory: gone when the connection closes.
    Memory,
}

/// What to do if the file of a database is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMissing {
    /// Make it: a new, empty database.
    Create,
    /// Make nothing: an error.
    Refuse,
}

/// Step 1: the URL that the environment variable `DATABASE_URL` holds.
///
/// `get` looks a variable up: `|name| std::env::var(name).ok()` in a program,
/// something else in a test. A variable that is not set, or empty, is an error
/// that names it.
pub fn database_url(get: impl Fn(&str) -> Option<String>) -> Result<String> {
    //: answer
    match get("DATABASE_URL") {
        Some(url) if !url.is_empty() => Ok(url),
        _ => Err("set DATABASE_URL, for example to sqlite:///app.db".into()),
    }
    //: starter
    //| Ok(get("DATABASE_URL").unwrap())
    //: end
}

/// Step 2: what a URL means.
///
/// - `sqlite:///app.db`: the relative path `app.db`
/// - `sqlite:////var/lib/app.db`: the absolute path `/var/lib/app.db`
/// - `sqlite::memory:`: memory
///
/// Anything else, and a URL without a path, is an error that quotes it.
pub fn parse_url(url: &str) -> Result<Location> {
    //: answer
    if url == "sqlite::memory:" {
        return Ok(Location::Memory);
    }
    match url.strip_prefix("sqlite:///") {
        Some(path) if !path.is_empty() => Ok(Location::File(path.into())),
        _ => Err(format!("`{url}` is no URL of a database; write sqlite:///app.db").into()),
    }
    //: starter
    //| todo!("take {url:?} apart")
    //: end
}

/// Step 3: the connection, on which foreign keys are enforced.
///
/// Whether they are unless one asks for it differs between builds of SQLite:
/// `PRAGMA foreign_keys = ON` asks. `Connection::open_with_flags` opens a file;
/// with `OpenFlags::SQLITE_OPEN_READ_WRITE` alone it makes none, with
/// `| OpenFlags::SQLITE_OPEN_CREATE` it does.
///
/// A file that is missing, or holds something other than a database, is an error
/// that names its path. SQLite looks into a file no sooner than a query needs
/// it: `SELECT count(*) FROM sqlite_schema` does, on every database.
pub fn open(location: &Location, if_missing: IfMissing) -> Result<Connection> {
    //: answer
    let conn = match location {
        Location::Memory => Connection::open_in_memory()?,
        Location::File(path) => open_file(path, if_missing)
            .map_err(|error| format!("opening {}: {error}", path.display()))?,
    };
    conn.execute_batch("PRAGMA foreign_keys = ON")?;
    Ok(conn)
    //: starter
    //| let conn = match location {
    //|     Location::Memory => Connection::open_in_memory()?,
    //|     Location::File(path) if if_missing == IfMissing::Create => Connection::open(path)?,
    //|     Location::File(path) => todo!("open {path:?} if it is there"),
    //| };
    //| Ok(conn)
    //: end
}
//: answer

/// Opens a file and looks into it.
fn open_file(path: &Path, if_missing: IfMissing) -> rusqlite::Result<Connection> {
    let flags = match if_missing {
        IfMissing::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        IfMissing::Refuse => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let conn = Connection::open_with_flags(path, flags)?;
    conn.query_one("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(conn)
}
//: end
