//! 0.1 A first check: a locker is handed over, a book is lent, and each is
//! checked by what the database holds.

use std::error::Error;
use std::io::Write;

use rusqlite::{Connection, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("00_start/01_first_check/handed_over", handed_over),
    ("00_start/01_first_check/lent", lent),
];

/// The table before A1 is handed over, as the page makes it.
pub const LOCKERS: &str = "
    CREATE TABLE lockers (number TEXT, pupil TEXT);
    INSERT INTO lockers (number, pupil) VALUES ('A1', 'Ana'), ('A2', 'Cleo');";

/// The table of loans, which is empty.
pub const LOANS: &str = "CREATE TABLE loans (book TEXT, reader TEXT)";

// ANCHOR: hand_over
/// Gives locker A1, which Ana had, to Ben.
pub fn hand_over(conn: &Connection) -> Result<()> {
    conn.execute_batch("UPDATE lockers SET pupil = 'Ben' WHERE number = 'a1'")
}
// ANCHOR_END: hand_over

// ANCHOR: check
/// What is wrong with the lockers after `hand_over`.
pub fn check_lockers(conn: &Connection) -> Result<Vec<String>> {
    let expected = ["A1 Ben", "A2 Cleo"]; // 1 expect
    hand_over(conn)?; // 2 run
    let found = rows(conn, "SELECT number, pupil FROM lockers")?; // 3 look
    Ok(compare(&found, &expected)) // 4 compare
}
// ANCHOR_END: check

// ANCHOR: compare
fn compare(found: &[String], expected: &[&str]) -> Vec<String> {
    let mut differences = Vec::new();
    for row in found {
        if !expected.contains(&row.as_str()) {
            differences.push(format!("+ {row}"));
        }
    }
    for row in expected {
        if !found.contains(&row.to_string()) {
            differences.push(format!("- {row}"));
        }
    }
    differences
}
// ANCHOR_END: compare

/// Each row as one text.
fn rows(conn: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let (first, second): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(format!("{first} {second}"))
    })?;
    rows.collect()
}

// ANCHOR: lend
/// Lends the book Dune to Ben.
pub fn lend(conn: &Connection) -> Result<()> {
    conn.execute_batch("INSERT INTO loans (book, reader) VALUES ('Ben', 'Dune')")
}

/// What is wrong with the loans after `lend`.
pub fn check_loans(conn: &Connection) -> Result<Vec<String>> {
    let expected = ["Dune Ben"]; // 1 expect
    lend(conn)?; // 2 run
    let found = rows(conn, "SELECT book, reader FROM loans")?; // 3 look
    Ok(compare(&found, &expected)) // 4 compare
}
// ANCHOR_END: lend

/// # Errors
/// When SQLite refuses a statement, or the output is not taken.
pub fn handed_over(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(LOCKERS)?;
    for difference in check_lockers(&conn)? {
        writeln!(out, "{difference}")?;
    }
    Ok(())
}

/// # Errors
/// When SQLite refuses a statement, or the output is not taken.
pub fn lent(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(LOANS)?;
    for difference in check_loans(&conn)? {
        writeln!(out, "{difference}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locker_that_is_not_found_stays_as_it_was_without_an_error() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LOCKERS)?;
        assert_eq!(hand_over(&conn), Ok(()));
        let found = rows(&conn, "SELECT number, pupil FROM lockers")?;
        assert_eq!(found, ["A1 Ana", "A2 Cleo"]);
        Ok(())
    }

    #[test]
    fn the_mended_statement_leaves_no_difference() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LOCKERS)?;
        conn.execute_batch("UPDATE lockers SET pupil = 'Ben' WHERE number = 'A1'")?;
        assert!(check_lockers(&conn)?.is_empty());
        Ok(())
    }

    #[test]
    fn a_book_is_lent_with_its_values_in_the_wrong_columns() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LOANS)?;
        assert_eq!(check_loans(&conn)?, ["+ Ben Dune", "- Dune Ben"]);
        Ok(())
    }

    /// What the page says that this comparison misses.
    #[test]
    fn a_row_that_is_there_twice_is_not_seen() {
        let found = ["A1 Ben".to_owned(), "A1 Ben".to_owned()];
        assert!(compare(&found, &["A1 Ben"]).is_empty());
    }

    /// What the page says of columns that compare without regard to case.
    #[test]
    fn a_column_can_take_both_letters_for_one() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE lockers (number TEXT COLLATE NOCASE, pupil TEXT);
             INSERT INTO lockers (number, pupil) VALUES ('A1', 'Ana');",
        )?;
        hand_over(&conn)?;
        assert_eq!(
            rows(&conn, "SELECT number, pupil FROM lockers")?,
            ["A1 Ben"]
        );
        Ok(())
    }

    /// And of a comparison that does so, and of the letters that it knows.
    #[test]
    fn a_comparison_can_take_both_letters_for_one() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        for (sql, same) in [
            ("SELECT 'a1' = 'A1'", false),
            ("SELECT 'a1' = 'A1' COLLATE NOCASE", true),
            ("SELECT 'é1' = 'É1' COLLATE NOCASE", false),
        ] {
            let found: bool = conn.query_one(sql, [], |row| row.get(0))?;
            assert_eq!(found, same, "{sql}");
        }
        Ok(())
    }
}
