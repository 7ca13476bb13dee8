//! 1.8 A registry of models: rooms and lockers of a school, and a timetable.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};

use mini_orm::{MetaData, Report};
use rusqlite::Connection;

use crate::Run;

#[path = "08_model_registry/models/mod.rs"]
pub mod models;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("01_models/08_model_registry/start", run_start),
    ("01_models/08_model_registry/codes", codes),
];

/// The database of last year, as the page has it.
const LAST_YEAR: &str = "\
CREATE TABLE rooms (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
INSERT INTO rooms (code) VALUES ('GYM');";

// ANCHOR: metadata
// src/lib.rs
pub fn metadata() -> mini_orm::Result<MetaData> {
    MetaData::new()
        .register::<models::Room>()?
        .register::<models::Locker>() // 3 register it
}

/// Prepares the database, each time the program starts.
pub fn start(conn: &Connection) -> mini_orm::Result<Report> {
    metadata()?.create_all(conn) // 4 create the tables
}
// ANCHOR_END: metadata

fn run_start(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(LAST_YEAR)?;
    write_lines(out, "before", &tables(&conn)?)?;
    let report = start(&conn)?;
    write_lines(out, "created", &report.created)?;
    write_lines(out, "existing", &report.existing)?;
    write_lines(out, "after", &tables(&conn)?)?;
    Ok(())
}

/// The tables of the schema, each with its columns.
fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare(
        "SELECT t.name || ' (' || group_concat(c.name, ', ' ORDER BY c.cid) || ')'
         FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
         WHERE t.type = 'table' GROUP BY t.name ORDER BY t.rowid",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}

/// Each in a line of its own, with a label before the first.
fn write_lines<T: Display>(out: &mut dyn Write, label: &str, items: &[T]) -> io::Result<()> {
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    for (label, item) in labels.zip(items) {
        writeln!(out, "{label:<10}{item}")?;
    }
    Ok(())
}

// ANCHOR: ensure
/// Adds the rooms that are missing, and returns their codes.
fn ensure(conn: &Connection, codes: &[&str]) -> rusqlite::Result<Vec<String>> {
    let mut added = Vec::new();
    for code in codes {
        // 1 ask
        let count: i64 = conn.query_one(
            "SELECT count(*) FROM rooms WHERE code = ?1 COLLATE NOCASE",
            [code],
            |row| row.get(0),
        )?;
        if count == 0 {
            conn.execute("INSERT INTO rooms (code) VALUES (?1)", [code])?; // 2 add
            added.push((*code).to_owned()); // 3 report
        }
    }
    Ok(added)
}
// ANCHOR_END: ensure

fn codes(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(LAST_YEAR)?;
    for run in ["first run: ", "second run:"] {
        let added = ensure(&conn, &["gym", "LAB-1", "O'Brien"])?;
        writeln!(out, "{run} {added:?}")?;
    }
    let mut statement = conn.prepare("SELECT code FROM rooms ORDER BY id")?;
    let codes = statement.query_map([], |row| row.get(0))?;
    let codes: Vec<String> = codes.collect::<rusqlite::Result<_>>()?;
    writeln!(out, "the table:  {codes:?}")?;
    Ok(())
}

/// A lesson in a timetable.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    pub hour: i64,
    pub subject: String,
}

/// The lessons of a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timetable {
    lessons: Vec<Lesson>,
}

// ANCHOR: timetable
impl Timetable {
    /// Adds a lesson if its hour is free, and says whether it did.
    pub fn add(&mut self, lesson: Lesson) -> bool {
        let mut lessons = self.lessons.iter();
        let taken = lessons.any(|known| known.hour == lesson.hour); // 1 ask
        if !taken {
            self.lessons.push(lesson); // 2 add
        }
        !taken // 3 report
    }
}
// ANCHOR_END: timetable

#[cfg(test)]
mod tests {
    use mini_orm::{Column, ColumnType, Error, Ident, Model, Table, create, insert};
    use rusqlite::Row;
    use rusqlite::types::Value;

    use super::models::{Locker, Room};
    use super::*;

    fn locker() -> Locker {
        Locker {
            id: None,
            number: 7,
            room: "GYM".to_owned(),
        }
    }

    #[test]
    fn the_page_shows_what_is_run_here() {
        let page = include_str!("../../../src/01_models/08_model_registry.md");
        assert!(page.contains(LAST_YEAR));
    }

    #[test]
    fn a_locker_is_in_its_room() {
        let room = |code: &str| Room {
            id: None,
            code: code.to_owned(),
            floor: None,
        };
        assert!(locker().is_in(&room("GYM")));
        assert!(!locker().is_in(&room("LAB-1")));
    }

    /// A model that the program can name, and that is on no list.
    struct Shelf {
        id: Option<i64>,
        places: i64,
    }

    impl Model for Shelf {
        const TABLE: &'static str = "shelves";

        fn table() -> Table {
            Table::new(Self::TABLE)
                .column(Column::new("id", ColumnType::Integer))
                .column(Column::new("places", ColumnType::Integer))
                .primary_key(&["id"])
        }

        fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
            Ok(Self {
                id: row.get("id")?,
                places: row.get("places")?,
            })
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            vec![("id", self.id.into()), ("places", self.places.into())]
        }
    }

    #[test]
    fn a_model_that_is_not_registered_has_no_table() -> mini_orm::Result<()> {
        let conn = Connection::open_in_memory()?;
        let registry = MetaData::new().register::<Room>()?;
        registry.create_all(&conn)?;
        let shelf = Shelf {
            id: None,
            places: 12,
        };
        let error = insert(&conn, &shelf).err();
        let error = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("no such table: shelves"), "{error}");
        Ok(())
    }

    /// The file beside `locker.rs` is no Rust at all, and this crate compiles.
    #[test]
    fn a_file_that_no_mod_names_is_not_read() {
        let links = include_str!("08_model_registry/models/mod.rs");
        assert!(!links.contains("mod not_linked"));
        let file = include_str!("08_model_registry/models/not_linked.rs");
        assert!(file.starts_with("This is not Rust"));
    }

    #[test]
    fn an_existing_table_keeps_its_columns() -> mini_orm::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LAST_YEAR)?;
        let report = metadata()?.create_all(&conn)?;
        assert_eq!(report.existing, ["rooms".into()] as [Ident; 1]);
        let columns: i64 = conn.query_one(
            "SELECT count(*) FROM pragma_table_info('rooms')",
            [],
            |row| row.get(0),
        )?;
        assert_eq!(columns, 2);
        let rooms: i64 = conn.query_one("SELECT count(*) FROM rooms", [], |row| row.get(0))?;
        assert_eq!(rooms, 1);
        Ok(())
    }

    #[test]
    fn a_second_table_of_the_name_is_refused() -> mini_orm::Result<()> {
        let twice = metadata()?.register::<Room>();
        assert!(matches!(twice, Err(Error::DuplicateTable { .. })));
        assert_eq!(Ident::from("Rooms"), Ident::from(Room::TABLE));
        assert_ne!("Rooms", "rooms");
        Ok(())
    }

    #[test]
    fn create_fails_where_the_table_exists() -> mini_orm::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LAST_YEAR)?;
        let error = create::<Room>(&conn).unwrap_err();
        assert!(error.to_string().contains("already exists"));
        Ok(())
    }

    #[test]
    fn the_script_of_a_table_has_its_index() -> mini_orm::Result<()> {
        assert_eq!(Room::table().create_statements()?.len(), 2);
        Ok(())
    }

    #[test]
    fn a_second_run_adds_nothing() -> rusqlite::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LAST_YEAR)?;
        let codes = ["gym", "LAB-1"];
        assert_eq!(ensure(&conn, &codes)?, ["LAB-1"]);
        assert!(ensure(&conn, &codes)?.is_empty());
        Ok(())
    }

    #[test]
    fn an_hour_has_one_lesson() {
        let lesson = |hour, subject: &str| Lesson {
            hour,
            subject: subject.to_owned(),
        };
        let mut day = Timetable::default();
        assert!(day.add(lesson(1, "Art")));
        assert!(!day.add(lesson(1, "Music")));
        assert!(day.add(lesson(2, "Music")));
        assert_eq!(day.lessons, [lesson(1, "Art"), lesson(2, "Music")]);
    }

    /// What the page says of the attempt, with `IF NOT EXISTS` in it.
    #[test]
    fn if_not_exists_takes_away_the_error_only() -> mini_orm::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE boats (id INTEGER PRIMARY KEY, name TEXT)")?;
        let boats = Table::new("boats")
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("number", ColumnType::Integer))
            .primary_key(&["id"])
            .index(&["number"]);
        let script = boats.create_sql()?;
        let script = script.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
        conn.execute_batch(&script)?;
        assert_eq!(tables(&conn)?, ["boats (id, name)"]);
        let column: Option<String> = conn.query_one(
            "SELECT name FROM pragma_index_info('ix_boats_number')",
            [],
            |row| row.get(0),
        )?;
        assert_eq!(column, None);
        Ok(())
    }

    /// What the fold of the page says of names.
    #[test]
    fn names_are_equal_without_case_from_a_to_z() -> rusqlite::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE räume (id INTEGER); CREATE TABLE RÄUME (id INTEGER);
             CREATE TABLE rooms (id INTEGER);",
        )?;
        assert!(
            conn.execute_batch("CREATE TABLE Rooms (id INTEGER)")
                .is_err()
        );
        assert_ne!(Ident::from("räume"), Ident::from("RÄUME"));
        let equal: bool =
            conn.query_one("SELECT 'ä' = 'Ä' COLLATE NOCASE", [], |row| row.get(0))?;
        assert!(!equal);
        Ok(())
    }

    /// What the fold of the page says of views, indexes and temporary tables.
    #[test]
    fn a_name_may_be_that_of_something_else() -> rusqlite::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LAST_YEAR)?;
        conn.execute_batch(
            "CREATE VIEW halls AS SELECT code FROM rooms;
             CREATE TABLE IF NOT EXISTS halls (id INTEGER);
             CREATE INDEX ix_rooms ON rooms (code);
             CREATE TEMP TABLE notes (id INTEGER);",
        )?;
        let index = conn.execute_batch("CREATE TABLE IF NOT EXISTS ix_rooms (id INTEGER)");
        assert!(index.is_err());
        let count = |sql: &str| conn.query_one(sql, [], |row| row.get::<_, i64>(0));
        let tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
        assert_eq!(count(tables)?, 1);
        assert_eq!(count("SELECT count(*) FROM sqlite_temp_schema")?, 1);
        Ok(())
    }
}
