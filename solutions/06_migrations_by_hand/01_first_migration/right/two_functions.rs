use std::fmt;

use rusqlite::{Connection, Savepoint, TransactionBehavior};

#[derive(Debug)]
pub enum Error {
    Version(i64),
    Sqlite(rusqlite::Error),
}

pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(found) => write!(f, "version {found} is not expected"),
            Self::Sqlite(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

pub fn version(conn: &Connection) -> Result<i64> {
    Ok(
        conn.query_one("SELECT user_version FROM pragma_user_version", [], |row| {
            row.get(0)
        })?,
    )
}

pub fn upgrade(conn: &mut Connection) -> Result<()> {
    let step: Savepoint<'_> = conn.savepoint()?;
    match version(&step)? {
        0 => {}
        found => return Err(Error::Version(found)),
    }
    step.execute_batch("pragma user_version = 1")?;
    step.execute(
        r#"create table "users" (
            "id" integer not null primary key,
            "username" varchar(80) not null check (length("username") <= 80),
            "email" varchar(120) check (length("email") <= 120),
            "verified" boolean not null default 0 check ("verified" in (0, 1)),
            constraint uq_users_username unique ("username"),
            constraint uq_users_email unique ("email")
        )"#,
        [],
    )?;
    step.commit()?;
    Ok(())
}

pub fn downgrade(conn: &mut Connection) -> Result<()> {
    let step = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let found = version(&step)?;
    if found == 1 {
        step.pragma_update(None, "user_version", 0)?;
        step.execute("DROP TABLE users", [])?;
        Ok(step.commit()?)
    } else {
        step.rollback()?;
        Err(Error::Version(found))
    }
}
