//! 1.5 Why the database said no: loans of lockers, and a list of plants.

use std::error::Error as StdError;
use std::io::{self, Write};

use rusqlite::{Connection, Error, Result, ffi};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("01_models/05_violations/codes", codes),
    ("01_models/05_violations/replies", replies),
];

/// The table of the page, with its first row.
const LOANS: &str = "\
CREATE TABLE loans (
    id INTEGER PRIMARY KEY,
    locker TEXT NOT NULL UNIQUE,
    student TEXT NOT NULL,
    weeks INTEGER NOT NULL CHECK (weeks <= 40)
);
INSERT INTO loans (locker, student, weeks) VALUES ('A1', 'Ada', 10);";

fn loans() -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(LOANS)?;
    Ok(conn)
}

/// Four rows that the table refuses and a row that nobody has stored.
fn codes(out: &mut dyn Write) -> std::result::Result<(), Box<dyn StdError>> {
    let conn = loans()?;
    for values in [
        "(NULL, 'A1', 'Ben', 5)",
        "(1, 'B2', 'Ben', 5)",
        "(NULL, 'B2', NULL, 5)",
        "(NULL, 'B2', 'Ben', 52)",
    ] {
        let sql = format!("INSERT INTO loans (id, locker, student, weeks) VALUES {values}");
        if let Err(error) = conn.execute(&sql, []) {
            writeln!(out, "VALUES {values}")?;
            print(&error, out)?;
        }
    }
    let sql = "SELECT locker FROM loans WHERE id = 9";
    if let Err(error) = conn.query_one(sql, [], |row| row.get::<_, String>("locker")) {
        writeln!(out, "{sql}")?;
        print(&error, out)?;
    }
    Ok(())
}

fn print(error: &Error, out: &mut dyn Write) -> io::Result<()> {
    let code = error.sqlite_error_code();
    let extended = error.sqlite_extended_error_code();
    writeln!(out, "    {error}")?;
    writeln!(out, "    code {code:?}, extended code {extended:?}")
}

// ANCHOR: lend
pub fn lend(conn: &Connection, locker: &str, weeks: i64) -> Result<&'static str> {
    let sql = "INSERT INTO loans (locker, student, weeks) VALUES (?1, 'Ben', ?2)";
    // 1 keep the result
    match conn.execute(sql, (locker, weeks)) {
        Ok(_) => Ok("lent"),
        Err(error) if reason(&error) == Reason::TooLong => Ok("40 weeks at most"),
        // 4 hand on the rest
        Err(error) => Err(error),
    }
}

#[derive(Debug, PartialEq)]
pub enum Reason {
    TooLong,
    Unknown,
}

pub fn reason(error: &Error) -> Reason {
    // 2 read the code
    match error.sqlite_extended_error_code() {
        // 3 name what you expect
        Some(ffi::SQLITE_CONSTRAINT_CHECK) => Reason::TooLong,
        _ => Reason::Unknown,
    }
}
// ANCHOR_END: lend

fn replies(out: &mut dyn Write) -> std::result::Result<(), Box<dyn StdError>> {
    let conn = loans()?;
    for (locker, weeks) in [("B2", 52), ("A1", 5), ("B2", 5)] {
        match lend(&conn, locker, weeks) {
            Ok(reply) => writeln!(out, "{locker} for {weeks} weeks: Ok, {reply}")?,
            Err(error) => writeln!(out, "{locker} for {weeks} weeks: Err, {error}")?,
        }
    }
    Ok(())
}

// ANCHOR: plant
/// A plant has a label, and is at least 1 cm high. Returns false if one of these
/// two rules is broken. Every other refusal is an error.
pub fn plant(conn: &Connection, label: Option<&str>, cm: i64) -> Result<bool> {
    // 1 keep the result
    let sql = "INSERT INTO plants (label, height) VALUES (?1, ?2)";
    match conn.execute(sql, (label, cm)) {
        Ok(_) => Ok(true),
        // 2 read the code
        Err(error) => match error.sqlite_extended_error_code() {
            // 3 name what you expect
            Some(ffi::SQLITE_CONSTRAINT_NOTNULL | ffi::SQLITE_CONSTRAINT_CHECK) => Ok(false),
            // 4 hand on the rest
            _ => Err(error),
        },
    }
}
// ANCHOR_END: plant

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../src/01_models/05_violations.md");

    #[test]
    fn the_page_shows_what_is_run_here() {
        assert!(PAGE.contains(LOANS));
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(PAGE.contains(&format!("SQLite {version}.")), "{version}");
    }

    /// Each line of the page's table of codes, from a statement of that kind.
    #[test]
    fn the_page_gives_the_codes_that_sqlite_gives() -> Result<()> {
        let conn = loans()?;
        conn.execute_batch(
            "CREATE TABLE notes (body TEXT);
             INSERT INTO notes (rowid) VALUES (7);
             CREATE TABLE counts (n INTEGER) STRICT;
             CREATE TRIGGER closed BEFORE DELETE ON loans BEGIN
                 SELECT RAISE(ABORT, 'UNIQUE constraint failed: loans.locker');
             END;",
        )?;
        for (name, code, sql) in [
            (
                "SQLITE_CONSTRAINT_UNIQUE",
                ffi::SQLITE_CONSTRAINT_UNIQUE,
                "INSERT INTO loans (locker, student, weeks) VALUES ('A1', 'Ben', 5)",
            ),
            (
                "SQLITE_CONSTRAINT_PRIMARYKEY",
                ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
                "INSERT INTO loans (id, locker, student, weeks) VALUES (1, 'B2', 'Ben', 5)",
            ),
            (
                "SQLITE_CONSTRAINT_ROWID",
                ffi::SQLITE_CONSTRAINT_ROWID,
                "INSERT INTO notes (rowid) VALUES (7)",
            ),
            (
                "SQLITE_CONSTRAINT_NOTNULL",
                ffi::SQLITE_CONSTRAINT_NOTNULL,
                "INSERT INTO loans (locker, weeks) VALUES ('B2', 5)",
            ),
            (
                "SQLITE_CONSTRAINT_CHECK",
                ffi::SQLITE_CONSTRAINT_CHECK,
                "UPDATE loans SET weeks = 52",
            ),
            (
                "SQLITE_CONSTRAINT_TRIGGER",
                ffi::SQLITE_CONSTRAINT_TRIGGER,
                "DELETE FROM loans",
            ),
            (
                "SQLITE_CONSTRAINT_DATATYPE",
                ffi::SQLITE_CONSTRAINT_DATATYPE,
                "INSERT INTO counts VALUES ('x')",
            ),
            ("SQLITE_ERROR", ffi::SQLITE_ERROR, "DELETE FROM loan"),
        ] {
            let error = conn.execute(sql, []).unwrap_err();
            assert_eq!(error.sqlite_extended_error_code(), Some(code), "{sql}");
            let of_a_rule = error.sqlite_error_code() == Some(ffi::ErrorCode::ConstraintViolation);
            assert_eq!(of_a_rule, code != ffi::SQLITE_ERROR, "{sql}");
            let taken = [
                ffi::SQLITE_CONSTRAINT_UNIQUE,
                ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
                ffi::SQLITE_CONSTRAINT_ROWID,
            ];
            if taken.contains(&code) {
                assert!(error.to_string().starts_with("UNIQUE constraint failed"));
            }
            assert!(
                PAGE.contains(&format!("| `{name}` | {code} |")),
                "{name} {code}"
            );
        }
        let misspelled = conn.execute("DELET FROM loans", []).unwrap_err();
        assert_eq!(misspelled.sqlite_extended_error_code(), None);
        Ok(())
    }

    #[test]
    fn one_kind_of_refusal_becomes_a_reply() -> Result<()> {
        let conn = loans()?;
        assert_eq!(lend(&conn, "B2", 52)?, "40 weeks at most");
        assert_eq!(lend(&conn, "B2", 40)?, "lent");
        let taken = lend(&conn, "A1", 5).unwrap_err();
        assert_eq!(
            taken.sqlite_extended_error_code(),
            Some(ffi::SQLITE_CONSTRAINT_UNIQUE)
        );
        conn.execute_batch("DROP TABLE loans")?;
        assert_eq!(reason(&lend(&conn, "B2", 5).unwrap_err()), Reason::Unknown);
        Ok(())
    }

    #[test]
    fn an_arm_for_every_error_hides_a_table_that_is_missing() -> Result<()> {
        let conn = loans()?;
        conn.execute_batch("ALTER TABLE loans RENAME TO lendings")?;
        let sql = "INSERT INTO loans (locker, student, weeks) VALUES ('B2', 'Ben', 5)";
        let reply = match conn.execute(sql, []) {
            Ok(_) => "lent",
            Err(_) => "choose another locker",
        };
        assert_eq!(reply, "choose another locker");
        let error = conn.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains("no such table: loans"));
        let student: String =
            conn.query_one("SELECT student FROM lendings", [], |row| row.get(0))?;
        assert_eq!(student, "Ada");
        Ok(())
    }

    #[test]
    fn a_rule_that_gets_a_name_keeps_its_codes() -> Result<()> {
        for name in ["", "CONSTRAINT too_heavy"] {
            let conn = Connection::open_in_memory()?;
            conn.execute_batch(&format!(
                "CREATE TABLE crates (
                     label TEXT NOT NULL UNIQUE,
                     kg INTEGER {name} CHECK (kg <= 50)
                 );
                 INSERT INTO crates VALUES ('A', 10);"
            ))?;
            for (values, extended) in [
                ("('B', 60)", ffi::SQLITE_CONSTRAINT_CHECK),
                ("('A', 10)", ffi::SQLITE_CONSTRAINT_UNIQUE),
            ] {
                let error = conn
                    .execute(&format!("INSERT INTO crates VALUES {values}"), [])
                    .unwrap_err();
                assert_eq!(error.sqlite_extended_error_code(), Some(extended));
                assert_eq!(
                    error.sqlite_error_code(),
                    Some(ffi::ErrorCode::ConstraintViolation)
                );
            }
        }
        Ok(())
    }

    /// What the page says of a row that breaks two rules.
    #[test]
    fn an_error_is_about_one_rule() -> Result<()> {
        let error = loans()?
            .execute(
                "INSERT INTO loans (locker, student, weeks) VALUES ('A1', NULL, 52)",
                [],
            )
            .unwrap_err();
        let text = error.to_string();
        let rules = ["NOT NULL", "UNIQUE", "CHECK"];
        assert_eq!(
            rules.iter().filter(|rule| text.contains(**rule)).count(),
            1,
            "{text}"
        );
        Ok(())
    }

    /// What the page says that `OR IGNORE` and `DO NOTHING` skip, and what not.
    #[test]
    fn two_ways_to_skip_a_row_skip_different_rules() -> Result<()> {
        let conn = loans()?;
        conn.execute_batch(
            "CREATE TABLE counts (n INTEGER) STRICT;
             CREATE TRIGGER closed BEFORE INSERT ON counts WHEN NEW.n = 9 BEGIN
                 SELECT RAISE(ABORT, 'closed');
             END;",
        )?;
        let into = "INTO loans (locker, student, weeks)";
        for (values, do_nothing) in [
            ("('A1', 'Ben', 5)", true),
            ("('B2', NULL, 5)", false),
            ("('B2', 'Ben', 52)", false),
        ] {
            let ignored = conn.execute(&format!("INSERT OR IGNORE {into} VALUES {values}"), [])?;
            assert_eq!(ignored, 0, "{values}");
            let sql = format!("INSERT {into} VALUES {values} ON CONFLICT DO NOTHING");
            assert_eq!(conn.execute(&sql, []).is_ok(), do_nothing, "{values}");
        }
        for value in ["'x'", "9"] {
            let sql = format!("INSERT OR IGNORE INTO counts VALUES ({value})");
            assert!(conn.execute(&sql, []).is_err(), "{value}");
        }
        Ok(())
    }

    #[test]
    fn mini_orm_tells_the_same_rules() -> Result<()> {
        let conn = loans()?;
        let error = conn.execute("UPDATE loans SET weeks = 52", []).unwrap_err();
        assert_eq!(mini_orm::violation(&error), mini_orm::Violation::Check);
        let error = conn.execute("DELETE FROM loan", []).unwrap_err();
        assert_eq!(mini_orm::violation(&error), mini_orm::Violation::Other);
        Ok(())
    }

    #[test]
    fn two_kinds_of_refusal_share_an_answer() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE plants (
                 id INTEGER PRIMARY KEY,
                 label TEXT NOT NULL UNIQUE,
                 height INTEGER CHECK (height > 0)
             )",
        )?;
        assert!(plant(&conn, Some("fern"), 40)?);
        assert!(!plant(&conn, None, 40)?);
        assert!(!plant(&conn, Some("moss"), 0)?);
        assert!(plant(&conn, Some("fern"), 3).is_err());
        conn.execute_batch("DROP TABLE plants")?;
        assert!(plant(&conn, Some("moss"), 3).is_err());
        Ok(())
    }
}
