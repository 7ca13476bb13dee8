//! 1.1 The first table: teachers, whose rules the database keeps, and rooms.

use std::error::Error;
use std::io::{self, Write};

use rusqlite::{Connection, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("01_models/01_subject_group/refused", refused)];

/// The statement that the page takes apart.
const TEACHERS: &str = "\
CREATE TABLE teachers (            -- 1 name the table
    id INTEGER PRIMARY KEY,        -- 2 give it a key
    name TEXT NOT NULL,
    initials TEXT                  -- 3 choose the types
        UNIQUE                     -- 4 state the rules
        CHECK (length(initials) <= 3)
);";

/// Two teachers, as the page inserts them.
const TWO_TEACHERS: &str = "\
INSERT INTO teachers (name, initials) VALUES ('Iris Adler', 'IA');
INSERT INTO teachers (name) VALUES ('Ivo Arnold');";

// ANCHOR: try_three
/// Sends three rows to the table, and prints what SQLite answers.
fn try_three(conn: &Connection, out: &mut dyn Write) -> io::Result<()> {
    for sql in [
        "INSERT INTO teachers (initials) VALUES ('OB')",
        "INSERT INTO teachers (name, initials) VALUES ('Ida Ahrens', 'IA')",
        "INSERT INTO teachers (name, initials) VALUES ('Otto Braun', 'OTTO')",
    ] {
        match conn.execute_batch(sql) {
            Ok(()) => writeln!(out, "stored")?,
            Err(error) => writeln!(out, "{error}")?,
        }
    }
    Ok(())
}
// ANCHOR_END: try_three

/// # Errors
/// When SQLite refuses the table or the two teachers.
pub fn refused(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(TEACHERS)?;
    conn.execute_batch(TWO_TEACHERS)?;
    try_three(&conn, out)?;
    Ok(())
}

// ANCHOR: rooms
/// Creates the table `rooms`. Each room has a code of at most five characters,
/// and no two rooms have the same.
pub fn create_rooms(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "-- 1 name the table
        CREATE TABLE rooms (
            -- 2 give it a key
            id INTEGER PRIMARY KEY,
            -- 3 choose the types
            code TEXT
                -- 4 state the rules
                NOT NULL UNIQUE
                CHECK (length(code) <= 5)
        )",
    )
}
// ANCHOR_END: rooms

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_what_is_run_here() {
        let page = include_str!("../../../src/01_models/01_subject_group.md");
        assert!(page.contains(TEACHERS));
        assert!(page.contains(TWO_TEACHERS));
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/01_models/01_subject_group.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }

    #[test]
    fn a_refused_row_leaves_the_table_as_it_was() -> std::result::Result<(), Box<dyn Error>> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(TEACHERS)?;
        conn.execute_batch(TWO_TEACHERS)?;
        try_three(&conn, &mut io::sink())?;
        let rows = rows(
            &conn,
            "SELECT quote(id) || quote(name) || quote(initials) FROM teachers",
        )?;
        assert_eq!(rows, ["1'Iris Adler''IA'", "2'Ivo Arnold'NULL"]);
        Ok(())
    }

    #[test]
    fn a_room_has_a_code_of_five_characters_at_most() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        create_rooms(&conn)?;
        conn.execute_batch("INSERT INTO rooms (code) VALUES ('LAB-1'), ('')")?;
        for sql in [
            "INSERT INTO rooms (code) VALUES ('LAB-10')",
            "INSERT INTO rooms (code) VALUES ('LAB-1')",
            "INSERT INTO rooms (code) VALUES (NULL)",
            "INSERT INTO rooms (id) VALUES (7)",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        assert_eq!(
            rows(&conn, "SELECT id || code FROM rooms")?,
            ["1LAB-1", "2"]
        );
        Ok(())
    }

    /// What the page's table of rules says that each rule lets through.
    #[test]
    fn rules_refuse_no_more_than_the_page_says() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(TEACHERS)?;
        conn.execute_batch(
            "INSERT INTO teachers (name) VALUES ('');
             INSERT INTO teachers (name) VALUES ('no initials either');
             INSERT INTO teachers (name, initials) VALUES ('a', 'IA'), ('b', 'ia'), ('c', 'éñж');
             CREATE TABLE pairs (a, b, UNIQUE (a, b));
             INSERT INTO pairs VALUES (1, 1), (1, 2), (2, 1);",
        )?;
        assert!(
            conn.execute_batch("INSERT INTO pairs VALUES (1, 2)")
                .is_err()
        );
        assert!(
            conn.execute_batch("INSERT INTO teachers (id, name) VALUES ('x', 'd')")
                .is_err()
        );
        assert!(
            conn.execute_batch("INSERT INTO teachers (id, name) VALUES (1, 'd')")
                .is_err()
        );
        Ok(())
    }

    #[test]
    fn types_keep_or_change_values_and_strict_refuses_them() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE kinds (a TEXT, b VARCHAR(1), c INTEGER, d STRING);
             INSERT INTO kinds VALUES ('007', '007', '007', '007');
             INSERT INTO kinds VALUES ('x', 'xx', 'x', 'x');
             CREATE TABLE strict_kinds (a INTEGER) STRICT;",
        )?;
        let found = rows(
            &conn,
            "SELECT concat_ws(' ', quote(a), quote(b), quote(c), quote(d)) FROM kinds",
        )?;
        assert_eq!(found, ["'007' '007' 7 7", "'x' 'xx' 'x' 'x'"]);
        let refused = conn.execute_batch("INSERT INTO strict_kinds VALUES ('x')");
        assert!(refused.is_err());
        Ok(())
    }

    #[test]
    fn a_default_fills_in_and_an_index_refuses_nothing() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE lockers (id INTEGER PRIMARY KEY, label TEXT NOT NULL DEFAULT 'free');
             CREATE INDEX ix_lockers_label ON lockers (label);
             INSERT INTO lockers (id) VALUES (7), (8);",
        )?;
        let labels = rows(&conn, "SELECT label FROM lockers")?;
        assert_eq!(labels, ["free", "free"]);
        Ok(())
    }

    #[test]
    fn execute_takes_one_statement_and_counts_rows() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(TEACHERS)?;
        let count = conn.execute("INSERT INTO teachers (name) VALUES ('a'), ('b')", [])?;
        assert_eq!(count, 2);
        let two = conn.execute(TWO_TEACHERS, []);
        assert!(matches!(two, Err(rusqlite::Error::MultipleStatement)));
        Ok(())
    }

    #[test]
    fn length_counts_characters_and_octet_length_bytes() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let found = rows(
            &conn,
            "SELECT length('éñ') || octet_length('éñ') || length('initials')",
        )?;
        assert_eq!(found, ["248"]);
        Ok(())
    }

    fn rows(conn: &Connection, sql: &str) -> Result<Vec<String>> {
        conn.prepare(sql)?
            .query_map([], |row| row.get(0))?
            .collect()
    }
}
