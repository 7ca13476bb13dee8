//! 6.1 The first migration: a club that gets a table of loans.

use std::error::Error;
use std::io::Write;

use rusqlite::Connection;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] =
    &[("06_migrations_by_hand/01_first_migration/files", files)];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const BIKES: &str = "
    CREATE TABLE bikes (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    INSERT INTO bikes (name) VALUES ('Blitz'), ('Otto');
    PRAGMA user_version = 1;";

// ANCHOR: add_loans
const LOANS: &str = "
    CREATE TABLE loans (bike_id INTEGER NOT NULL, member TEXT NOT NULL)";

/// For the start of the program: takes a club from version 1 to version 2,
/// unless it is there already. Returns whether the step was taken.
fn add_loans(conn: &mut Connection) -> Result<bool> {
    // 1 begin
    let tx = conn.transaction()?;
    // 2 ask for the version
    match tx.pragma_query_value(None, "user_version", |row| row.get(0))? {
        1 => {}
        2 => return Ok(false),
        other => return Err(format!("no step begins at version {other}").into()),
    }
    // 3 take the step
    tx.execute_batch(LOANS)?;
    // 4 write the version
    tx.pragma_update(None, "user_version", 2)?;
    // 5 commit
    tx.commit()?;
    Ok(true)
}
// ANCHOR_END: add_loans

// ANCHOR: remove_loans
/// The step back, from version 2 to version 1. A club in which a bike is lent
/// keeps its loans: that is an error.
pub fn remove_loans(conn: &mut Connection) -> Result<()> {
    // 1 begin
    let tx = conn.transaction()?;
    // 2 ask for the version, and for what would be lost
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found != 2 {
        return Err(format!("no loans to take back at version {found}").into());
    }
    let lent: i64 = tx.query_one("SELECT count(*) FROM loans", [], |row| row.get(0))?;
    if lent > 0 {
        return Err(format!("{lent} bikes are still lent").into());
    }
    // 3 take the step
    tx.execute_batch("DROP TABLE loans")?;
    // 4 write the version
    tx.pragma_update(None, "user_version", 1)?;
    // 5 commit
    tx.commit()?;
    Ok(())
}
// ANCHOR_END: remove_loans

fn found(conn: &Connection) -> rusqlite::Result<String> {
    conn.query_one(
        "SELECT printf('version %d: %s', user_version, group_concat(name, ', '))
         FROM pragma_user_version, (SELECT name FROM sqlite_schema ORDER BY name)",
        [],
        |row| row.get(0),
    )
}

/// What went wrong, without the statement that rusqlite adds to it.
fn said(error: &str) -> &str {
    error.split(" in ").next().unwrap_or(error)
}

/// The step on three files, and once more on the first.
///
/// # Errors
/// When SQLite refuses what is not to be refused.
pub fn files(out: &mut dyn Write) -> Result<()> {
    let club = |more: &str| -> rusqlite::Result<Connection> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(BIKES)?;
        conn.execute_batch(more)?;
        Ok(conn)
    };
    let office = club("")?;
    let laptop = club("CREATE TABLE loans (bike_id INTEGER)")?;
    let newer = club("CREATE TABLE trips (km INTEGER); PRAGMA user_version = 3")?;
    let mut places = [("office", office), ("laptop", laptop), ("server", newer)];
    for index in [0, 0, 1, 2] {
        let Some((name, conn)) = places.get_mut(index) else {
            continue;
        };
        match add_loans(conn) {
            Ok(taken) => writeln!(out, "{name}: Ok({taken})")?,
            Err(error) => writeln!(out, "{name}: Err, {}", said(&error.to_string()))?,
        }
        writeln!(out, "        {}", found(conn)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_and_back_is_what_it_was() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        conn.execute_batch(BIKES)?;
        let before = found(&conn)?;
        assert!(add_loans(&mut conn)?);
        assert!(!add_loans(&mut conn)?);
        assert_eq!(found(&conn)?, "version 2: bikes, loans");
        conn.execute_batch("INSERT INTO loans VALUES (1, 'Ada')")?;
        assert!(remove_loans(&mut conn).is_err());
        assert_eq!(found(&conn)?, "version 2: bikes, loans");
        conn.execute_batch("DELETE FROM loans")?;
        remove_loans(&mut conn)?;
        assert_eq!(found(&conn)?, before);
        assert!(remove_loans(&mut conn).is_err());
        Ok(())
    }

    #[test]
    fn the_version_is_kept_in_the_file() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("club.db");
        Connection::open(&path)?.execute_batch("PRAGMA user_version = 5")?;
        let version: i64 =
            Connection::open(&path)?.pragma_query_value(None, "user_version", |row| row.get(0))?;
        assert_eq!(version, 5);
        Ok(())
    }

    #[test]
    fn a_version_has_32_bits() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let version = |number: i64| -> rusqlite::Result<i64> {
            conn.execute_batch(&format!("PRAGMA user_version = {number}"))?;
            conn.pragma_query_value(None, "user_version", |row| row.get(0))
        };
        assert_eq!(version(i64::from(i32::MAX))?, i64::from(i32::MAX));
        assert_eq!(version(-1)?, -1);
        assert_ne!(version(i64::from(i32::MAX) + 1)?, i64::from(i32::MAX) + 1);
        Ok(())
    }

    /// Two programs that start at the same moment: both have asked for the
    /// version before one of them writes.
    #[test]
    fn of_two_at_one_moment_one_gets_an_error() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("club.db");
        let (mut one, mut other) = (Connection::open(&path)?, Connection::open(&path)?);
        one.execute_batch(BIKES)?;
        for conn in [&one, &other] {
            conn.busy_timeout(std::time::Duration::from_millis(50))?;
        }
        let version = |conn: &Connection| -> rusqlite::Result<i64> {
            conn.pragma_query_value(None, "user_version", |row| row.get(0))
        };
        let (first, second) = (one.transaction()?, other.transaction()?);
        assert_eq!((version(&first)?, version(&second)?), (1, 1));
        first.execute_batch(LOANS)?;
        let refused = second.execute_batch(LOANS).unwrap_err();
        assert_eq!(
            refused.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DatabaseBusy)
        );
        drop(second);
        first.pragma_update(None, "user_version", 2)?;
        first.commit()?;
        assert_eq!(found(&other)?, "version 2: bikes, loans");
        Ok(())
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/06_migrations_by_hand/01_first_migration.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
