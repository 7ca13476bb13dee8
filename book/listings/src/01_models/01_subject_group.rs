//! 1.1 The first table: teachers, whose rules the database keeps, and rooms.

use std::error::Error;
use std::io::Write;

use rusqlite::{Connection, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("01_models/01_subject_group/refused", refused)];

/// The statement that the page takes apart.
const TEACHERS: &str = "\
-- 1 name the table
CREATE TABLE teachers (
    -- 2 give it a key
    id INTEGER PRIMARY KEY,
    -- 3 choose the types, 4 state the rules
    name TEXT NOT NULL,
    initials TEXT UNIQUE CHECK (length(initials) <= 3)
);";

/// Two teachers, as the page inserts them.
const TWO_TEACHERS: &str = "\
INSERT INTO teachers (name, initials) VALUES ('Iris Adler', 'IA');
INSERT INTO teachers (name) VALUES ('Ivo Arnold');";

/// Rows that break a rule, one each.
const BROKEN: [&str; 3] = [
    "INSERT INTO teachers (initials) VALUES ('OB')",
    "INSERT INTO teachers (name, initials) VALUES ('Ida Ahrens', 'IA')",
    "INSERT INTO teachers (name, initials) VALUES ('Otto Braun', 'OTTO')",
];

// ANCHOR: answer
/// What SQLite answers to one statement.
fn answer(conn: &Connection, sql: &str) -> String {
    match conn.execute_batch(sql) {
        Ok(()) => String::from("Ok"),
        Err(error) => format!("Err: {error}"),
    }
}
// ANCHOR_END: answer

/// # Errors
/// When SQLite refuses the table or the two teachers.
pub fn refused(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(TEACHERS)?;
    conn.execute_batch(TWO_TEACHERS)?;
    for sql in BROKEN {
        writeln!(out, "{sql}\n    {}", answer(&conn, sql))?;
    }
    let sql = "SELECT id, name, initials FROM teachers";
    writeln!(out, "{sql}")?;
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, name): (i64, String) = (row.get("id")?, row.get("name")?);
        let initials: Option<String> = row.get("initials")?;
        let initials = initials.as_deref().unwrap_or("NULL");
        writeln!(out, "    {id}  {name:<10}  {initials}")?;
    }
    Ok(())
}

// ANCHOR: rooms
/// Creates the table `rooms`.
pub fn create_rooms(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "-- 1 name the table
        CREATE TABLE rooms (
            -- 2 give it a key
            id INTEGER PRIMARY KEY,
            -- 3 choose the types, 4 state the rules
            code TEXT NOT NULL UNIQUE,
            floor INTEGER CHECK (floor <= 9)
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
        for sql in BROKEN {
            assert!(answer(&conn, sql).starts_with("Err: "), "{sql}");
        }
        let rows = rows(
            &conn,
            "SELECT quote(id) || quote(name) || quote(initials) FROM teachers",
        )?;
        assert_eq!(rows, ["1'Iris Adler''IA'", "2'Ivo Arnold'NULL"]);
        Ok(())
    }

    #[test]
    fn a_room_has_a_code_of_its_own_and_perhaps_a_floor() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        create_rooms(&conn)?;
        conn.execute_batch("INSERT INTO rooms (code, floor) VALUES ('LAB-1', 9), ('', NULL)")?;
        for sql in [
            "INSERT INTO rooms (code, floor) VALUES ('ROOF', 10)",
            "INSERT INTO rooms (code) VALUES ('LAB-1')",
            "INSERT INTO rooms (code) VALUES (NULL)",
            "INSERT INTO rooms (id) VALUES (7)",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        assert_eq!(
            rows(&conn, "SELECT id || code FROM rooms ORDER BY id")?,
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
    fn types_keep_or_change_values_and_strict_refuses_what_it_cannot_change() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE kinds (a TEXT, b VARCHAR(1), c INTEGER, d STRING);
             INSERT INTO kinds VALUES ('007', '007', '007', '007');
             INSERT INTO kinds VALUES ('x', 'xx', 'x', 'x');
             CREATE TABLE strict_kinds (a INTEGER) STRICT;
             INSERT INTO strict_kinds VALUES ('7');",
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

    /// The type is the word INTEGER in any case, and the column alone is the key.
    #[test]
    fn the_key_that_sqlite_assigns() -> Result<()> {
        for (columns, is_assigned) in [
            ("b, id INTEGER PRIMARY KEY", true),
            ("id integer NOT NULL, b, PRIMARY KEY (id)", true),
            ("b, id INTEGER PRIMARY KEY AUTOINCREMENT", true),
            ("b, id INT PRIMARY KEY", false),
            ("b, id BIGINT PRIMARY KEY", false),
            ("id INTEGER, b, PRIMARY KEY (id, b)", false),
        ] {
            let conn = Connection::open_in_memory()?;
            conn.execute_batch(&format!("CREATE TABLE t ({columns})"))?;
            conn.execute_batch("INSERT INTO t (b) VALUES ('x')")?;
            let id = rows(&conn, "SELECT quote(id) FROM t")?;
            assert_eq!(id == ["1"], is_assigned, "{columns}: {id:?}");
        }
        Ok(())
    }

    #[test]
    fn of_all_rules_only_check_can_be_switched_off() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(TEACHERS)?;
        conn.execute_batch(TWO_TEACHERS)?;
        conn.execute_batch("PRAGMA ignore_check_constraints = ON")?;
        let refused: Vec<bool> = BROKEN
            .iter()
            .map(|sql| conn.execute_batch(sql).is_err())
            .collect();
        assert_eq!(refused, [true, true, false]);
        Ok(())
    }

    #[test]
    fn replace_deletes_the_row_that_is_in_the_way() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(TEACHERS)?;
        conn.execute_batch(TWO_TEACHERS)?;
        conn.execute_batch(
            "INSERT OR REPLACE INTO teachers (name, initials) VALUES ('Ida Ahrens', 'IA');
             INSERT OR REPLACE INTO teachers (id, name) VALUES (2, 'Ole Berg');",
        )?;
        let left = rows(&conn, "SELECT id || name FROM teachers ORDER BY id")?;
        assert_eq!(left, ["2Ole Berg", "3Ida Ahrens"]);
        Ok(())
    }

    #[test]
    fn after_the_largest_id_comes_one_at_random() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(TEACHERS)?;
        conn.execute_batch(
            "INSERT INTO teachers (id, name) VALUES (9223372036854775807, 'last');
             INSERT INTO teachers (name) VALUES ('next');",
        )?;
        let next = rows(
            &conn,
            "SELECT 'found' FROM teachers WHERE name = 'next' AND id > 0",
        )?;
        assert_eq!(next, ["found"]);
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
    fn length_counts_characters() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        assert_eq!(rows(&conn, "SELECT length('éñ') || ''")?, ["2"]);
        Ok(())
    }

    fn rows(conn: &Connection, sql: &str) -> Result<Vec<String>> {
        conn.prepare(sql)?
            .query_map([], |row| row.get(0))?
            .collect()
    }
}
