//! 1.8 A registry of models: rooms and lockers of a school, and a timetable.

use std::error::Error;
use std::io::Write;

use mini_orm::MetaData;
use rusqlite::{Connection, Result};

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

/// What the program says when it starts, in lines.
pub fn start(conn: &Connection) -> mini_orm::Result<Vec<String>> {
    let report = metadata()?.create_all(conn)?; // 4 create the tables
    let mut lines = Vec::new();
    for table in &report.created {
        lines.push(format!("created   {table}"));
    }
    for table in &report.existing {
        lines.push(format!("existing  {table}"));
    }
    Ok(lines)
}
// ANCHOR_END: metadata

fn run_start(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(LAST_YEAR)?;
    for line in start(&conn)? {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

// ANCHOR: ensure
/// Sees to it that each room exists. Returns the codes that are new.
pub fn ensure_rooms(conn: &Connection, codes: &[&str]) -> Result<Vec<String>> {
    let mut added = Vec::new();
    for code in codes {
        let count: i64 = conn.query_one(
            "SELECT count(*) FROM rooms WHERE code = ?1 COLLATE NOCASE", // 1 ask
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
        let added = ensure_rooms(&conn, &["gym", "LAB-1", "O'Brien"])?;
        writeln!(out, "{run} {added:?}")?;
    }
    Ok(())
}

/// A lesson in a timetable.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    pub hour: i64,
    pub room: String,
}

/// There is a lesson in that room, at that hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    pub by: Lesson,
}

/// The lessons of a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timetable {
    lessons: Vec<Lesson>,
}

// ANCHOR: timetable
impl Timetable {
    /// Adds a lesson, unless its room has one at that hour.
    pub fn with(mut self, lesson: Lesson) -> Result<Self, Taken> {
        // 1 ask
        for known in &self.lessons {
            if known.hour == lesson.hour && known.room == lesson.room {
                // 3 report
                return Err(Taken { by: known.clone() });
            }
        }
        // 2 add
        self.lessons.push(lesson);
        Ok(self)
    }

    /// Whether a lesson begins at that hour, in any room.
    pub fn is_open(&self, hour: i64) -> bool {
        self.lessons.iter().any(|known| known.hour == hour)
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
    fn a_second_run_adds_nothing() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LAST_YEAR)?;
        let codes = ["gym", "LAB-1"];
        assert_eq!(ensure_rooms(&conn, &codes)?, ["LAB-1"]);
        assert!(ensure_rooms(&conn, &codes)?.is_empty());
        Ok(())
    }

    #[test]
    fn a_room_has_one_lesson_at_an_hour() {
        let lesson = |hour, room: &str| Lesson {
            hour,
            room: room.to_owned(),
        };
        let day = Timetable::default().with(lesson(1, "GYM")).unwrap();
        let taken = day.clone().with(lesson(1, "GYM"));
        assert_eq!(
            taken,
            Err(Taken {
                by: lesson(1, "GYM")
            })
        );
        let day = day.with(lesson(1, "LAB-1")).unwrap();
        let day = day.with(lesson(2, "GYM")).unwrap();
        assert_eq!(day.lessons.len(), 3);
        assert!(day.is_open(2) && !day.is_open(3));
    }
}
