//! 6.4 All or nothing: a school gets a table of subject groups, at the second
//! try.

use std::error::Error;
use std::fmt;
use std::io::Write;

use rusqlite::Connection;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("06_migrations_by_hand/04_all_or_nothing/tries", tries)];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const TEACHERS: &str = "
    CREATE TABLE teachers (name TEXT NOT NULL, subject TEXT);
    INSERT INTO teachers VALUES ('Iris', 'Arts'), ('Ivo', NULL);
    PRAGMA user_version = 1;";

const GROUPS: &[&str] = &[
    "CREATE TABLE subject_groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "INSERT INTO subject_groups (name) SELECT DISTINCT subject FROM teachers",
];

// ANCHOR: take
/// Takes the step that leads to this version: all of it, or nothing.
fn take(conn: &mut Connection, version: i64, step: &[&str]) -> Result<()> {
    // 1 begin
    let tx = conn.transaction()?;
    // 2 run, and know the place
    for (index, sql) in step.iter().enumerate() {
        let place = format!("version {version}, statement {}", index + 1);
        // 3 stop at the first error
        if let Err(cause) = tx.execute_batch(sql) {
            return Err(format!("{place}: {cause}").into());
        }
    }
    // 4 commit, with the number
    tx.pragma_update(None, "user_version", version)?;
    tx.commit()?;
    Ok(())
}
// ANCHOR_END: take

// ANCHOR: import
/// Stores a member for each line, or nobody.
pub fn import(conn: &mut Connection, lines: &[&str]) -> Result<()> {
    // 1 begin
    let tx = conn.transaction()?;
    // 2 run, and know the place
    for (line, name) in (1..).zip(lines) {
        let sql = "INSERT INTO members (name) VALUES (?1)";
        // 3 stop at the first error
        tx.execute(sql, [name])
            .map_err(|cause| Refused { line, cause })?;
    }
    // 4 commit, with the number
    tx.execute("UPDATE lists SET imported = imported + 1", [])?;
    tx.commit()?;
    Ok(())
}
// ANCHOR_END: import

/// A line of a list that SQLite did not take.
#[derive(Debug)]
pub struct Refused {
    line: usize,
    cause: rusqlite::Error,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.cause)
    }
}

impl Error for Refused {}

fn found(conn: &Connection) -> rusqlite::Result<String> {
    conn.query_one(
        "SELECT printf('version %d: %s', user_version, group_concat(name, ', '))
         FROM pragma_user_version,
             (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)",
        [],
        |row| row.get(0),
    )
}

/// Two tries, and what is put right between them.
///
/// # Errors
/// When SQLite refuses what is not to be refused.
pub fn tries(out: &mut dyn Write) -> Result<()> {
    let mut conn = Connection::open_in_memory()?;
    conn.execute_batch(TEACHERS)?;
    for number in 1..=2 {
        match take(&mut conn, 2, GROUPS) {
            Ok(()) => writeln!(out, "try {number}: Ok")?,
            Err(error) => writeln!(out, "try {number}: {error}")?,
        }
        writeln!(out, "       {}", found(&conn)?)?;
        conn.execute_batch("UPDATE teachers SET subject = 'Maths' WHERE name = 'Ivo'")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_second_try_works_if_nothing_was_left_behind() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        conn.execute_batch(TEACHERS)?;
        let error = take(&mut conn, 2, GROUPS).unwrap_err().to_string();
        assert!(
            error.starts_with("version 2, statement 2: NOT NULL"),
            "{error}"
        );
        assert_eq!(found(&conn)?, "version 1: teachers");
        conn.execute_batch("UPDATE teachers SET subject = 'Maths' WHERE name = 'Ivo'")?;
        take(&mut conn, 2, GROUPS)?;
        assert_eq!(found(&conn)?, "version 2: subject_groups, teachers");
        Ok(())
    }

    #[test]
    fn a_list_is_imported_whole_or_not_at_all() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE members (name TEXT NOT NULL UNIQUE);
             CREATE TABLE lists (imported INTEGER);
             INSERT INTO lists VALUES (0)",
        )?;
        let error = import(&mut conn, &["Ada", "Ben", "Ada"]).unwrap_err();
        assert!(error.to_string().starts_with("line 3: UNIQUE"), "{error}");
        let count = |sql: &str| conn.query_one(sql, [], |row| row.get::<_, i64>(0));
        assert_eq!(count("SELECT count(*) FROM members")?, 0);
        import(&mut conn, &["Ada", "Ben"])?;
        let count = |sql: &str| conn.query_one(sql, [], |row| row.get::<_, i64>(0));
        assert_eq!(count("SELECT count(*) FROM members")?, 2);
        assert_eq!(count("SELECT imported FROM lists")?, 1);
        Ok(())
    }

    /// What the page says of a full disk.
    #[test]
    fn a_full_disk_can_end_the_transaction() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE papers (body TEXT);
             PRAGMA max_page_count = 3;
             BEGIN;
             INSERT INTO papers VALUES ('short')",
        )?;
        let error = conn
            .execute_batch("INSERT INTO papers VALUES (printf('%.20000c', 'x'))")
            .unwrap_err();
        assert_eq!(
            error.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DiskFull)
        );
        assert!(conn.is_autocommit());
        conn.execute_batch("INSERT INTO papers VALUES ('later')")?;
        assert!(conn.execute_batch("COMMIT").is_err());
        let left: String = conn.query_one("SELECT body FROM papers", [], |row| row.get(0))?;
        assert_eq!(left, "later");
        Ok(())
    }

    /// What the page says of a ROLLBACK that comes too late.
    #[test]
    fn a_rollback_after_the_end_is_an_error() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE rooms (code TEXT UNIQUE); BEGIN")?;
        let twice = "INSERT OR ROLLBACK INTO rooms VALUES ('GYM'), ('GYM')";
        assert!(conn.execute_batch(twice).is_err());
        let error = conn.execute_batch("ROLLBACK").unwrap_err().to_string();
        assert!(error.contains("no transaction is active"), "{error}");
        Ok(())
    }

    /// What the page says of a COMMIT that fails.
    #[test]
    fn a_commit_fails_while_somebody_is_reading() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("school.db");
        let (mut conn, reader) = (Connection::open(&path)?, Connection::open(&path)?);
        conn.execute_batch(TEACHERS)?;
        conn.busy_timeout(std::time::Duration::from_millis(50))?;
        reader.execute_batch("BEGIN; SELECT count(*) FROM teachers")?;
        conn.execute_batch("BEGIN; CREATE TABLE pots (size INTEGER)")?;
        assert!(conn.execute_batch("COMMIT").is_err());
        assert!(!conn.is_autocommit());
        conn.execute_batch("ROLLBACK")?;
        assert!(take(&mut conn, 2, &GROUPS[..1]).is_err());
        assert!(conn.is_autocommit());
        drop(reader);
        assert_eq!(found(&conn)?, "version 1: teachers");
        Ok(())
    }

    /// The files as a program that is killed leaves them: nothing was told to
    /// SQLite, and a part of the work is in the file already.
    #[test]
    fn who_opens_the_file_next_finds_the_old_state() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let (path, left) = (folder.path().join("a.db"), folder.path().join("left.db"));
        let conn = Connection::open(&path)?;
        conn.execute_batch(TEACHERS)?;
        conn.execute_batch(
            "PRAGMA cache_size = 1;
             BEGIN;
             CREATE TABLE papers (body TEXT);
             INSERT INTO papers VALUES (printf('%.200000c', 'x'));
             PRAGMA user_version = 2;",
        )?;
        fs::copy(&path, &left)?;
        fs::copy(
            folder.path().join("a.db-journal"),
            folder.path().join("left.db-journal"),
        )?;
        assert!(fs::metadata(&left)?.len() > 100_000);
        assert_eq!(found(&Connection::open(&left)?)?, "version 1: teachers");
        assert!(fs::metadata(&left)?.len() < 100_000);
        Ok(())
    }

    /// The same without a journal: rows that were there stay changed.
    #[test]
    fn without_a_journal_nothing_is_undone() -> Result<()> {
        for (mode, undone) in [("DELETE", true), ("OFF", false)] {
            let folder = tempfile::tempdir()?;
            let left = folder.path().join("left.db");
            let path = folder.path().join("a.db");
            let conn = Connection::open(&path)?;
            conn.execute_batch(
                "CREATE TABLE papers (body TEXT);
                 WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
                 INSERT INTO papers SELECT printf('%.900c', 'a') FROM n",
            )?;
            conn.execute_batch(&format!("PRAGMA journal_mode = {mode}"))?;
            conn.execute_batch(
                "PRAGMA cache_size = 1;
                 BEGIN;
                 UPDATE papers SET body = upper(body);
                 CREATE TABLE pots (size INTEGER);
                 INSERT INTO pots SELECT length(body) FROM papers",
            )?;
            fs::copy(&path, &left)?;
            let journal = folder.path().join("a.db-journal");
            if journal.exists() {
                fs::copy(journal, folder.path().join("left.db-journal"))?;
            }
            let sql = "SELECT count(*) FROM papers WHERE body GLOB 'A*'";
            let changed: i64 = Connection::open(&left)?.query_one(sql, [], |row| row.get(0))?;
            assert_eq!(changed == 0, undone, "{mode}: {changed}");
        }
        Ok(())
    }

    /// Of three steps the second fails, each in a transaction of its own.
    #[test]
    fn steps_before_the_one_that_fails_stay() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        let steps: [&[&str]; 3] = [
            &["CREATE TABLE pots (size INTEGER)"],
            &["CREATE TABLE plants (name TEXT)", "DROP TABLE pot"],
            &["CREATE TABLE seeds (name TEXT)"],
        ];
        let stopped = (1..)
            .zip(steps)
            .try_for_each(|(version, step)| take(&mut conn, version, step));
        assert!(stopped.is_err());
        assert_eq!(found(&conn)?, "version 1: pots");
        Ok(())
    }

    #[test]
    fn a_commit_in_a_step_ends_the_transaction() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        let step = [
            "CREATE TABLE pots (size INTEGER)",
            "COMMIT",
            "DROP TABLE pot",
        ];
        assert!(take(&mut conn, 1, &step).is_err());
        assert_eq!(found(&conn)?, "version 0: pots");
        Ok(())
    }

    #[test]
    fn a_script_that_fails_leaves_its_transaction_open() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let script = "BEGIN; CREATE TABLE pots (size INTEGER); DROP TABLE pot; COMMIT";
        assert!(conn.execute_batch(script).is_err());
        assert!(!conn.is_autocommit());
        let error = conn.execute_batch(script).unwrap_err();
        assert!(
            error.to_string().contains("within a transaction"),
            "{error}"
        );
        Ok(())
    }

    #[test]
    fn a_text_after_the_end_of_the_transaction_is_kept() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE notes (body TEXT CHECK (length(body) < 9));
             BEGIN;
             INSERT INTO notes VALUES ('first')",
        )?;
        let long = "INSERT OR ROLLBACK INTO notes VALUES ('much too long')";
        assert!(conn.execute_batch(long).is_err());
        conn.execute_batch("INSERT INTO notes VALUES ('short')")?;
        assert!(conn.execute_batch("COMMIT").is_err());
        let sql = "SELECT group_concat(body) FROM notes";
        let left: String = conn.query_one(sql, [], |row| row.get(0))?;
        assert_eq!(left, "short");
        Ok(())
    }

    #[test]
    fn two_things_that_do_not_go_with_a_transaction() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("PRAGMA foreign_keys = OFF; BEGIN; PRAGMA foreign_keys = ON")?;
        let on: bool = conn.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
        assert!(!on);
        let error = conn.execute_batch("VACUUM").unwrap_err();
        assert!(error.to_string().contains("transaction"), "{error}");
        Ok(())
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/06_migrations_by_hand/04_all_or_nothing.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
