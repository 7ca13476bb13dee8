//! Where a database is: what a database URL says.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::{Error, Result};

/// The variable of the environment that holds the URL.
const VARIABLE: &str = "DATABASE_URL";

/// Where a database is.
///
/// ```
/// use mini_orm::Location;
///
/// let relative: Location = "sqlite:///app.db".parse()?;
/// assert_eq!(relative, Location::File("app.db".into()));
/// let absolute: Location = "sqlite:////var/lib/app.db".parse()?;
/// assert_eq!(absolute, Location::File("/var/lib/app.db".into()));
/// let memory: Location = "sqlite::memory:".parse()?;
/// assert_eq!(memory, Location::Memory);
/// # Ok::<(), mini_orm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A file; a relative path begins in the current directory.
    File(PathBuf),
    /// In memory, gone when the connection closes.
    Memory,
}

/// The URL of a database, which `get` finds in the environment.
///
/// ```no_run
/// let url = mini_orm::database_url(|name| std::env::var(name).ok())?;
/// # Ok::<(), mini_orm::Error>(())
/// ```
///
/// # Errors
/// When `DATABASE_URL` is not set, or empty.
pub fn database_url(get: impl FnOnce(&str) -> Option<String>) -> Result<String> {
    get(VARIABLE)
        .filter(|url| !url.is_empty())
        .ok_or(Error::Variable { name: VARIABLE })
}

/// Reads a database URL. After `sqlite:///` comes the path as it is, so an
/// absolute one makes it four slashes.
impl FromStr for Location {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self> {
        // The second is what SQLAlchemy calls the first.
        if ["sqlite::memory:", "sqlite:///:memory:"].contains(&url) {
            return Ok(Self::Memory);
        }
        match url.strip_prefix("sqlite:///") {
            Some(path) if !path.is_empty() && !path.contains(['?', '\0']) => {
                Ok(Self::File(path.into()))
            }
            _ => Err(Error::Url {
                url: url.to_owned(),
            }),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Memory => f.write_str("a database in memory"),
        }
    }
}
