//! 1.7 Methods that belong to the data: plants on a shelf, and lockers.

use std::error::Error;
use std::fmt;
use std::io::Write;

use mini_orm::{Column, ColumnType, Model, Table, all, create, insert};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("01_models/07_model_methods/shelf", run)];

// ANCHOR: plant
#[derive(Debug)] // 3 choose two prints
pub struct Plant {
    pub id: Option<i64>,
    pub name: String,
    pub stem: i64,
    pub pot: i64,
    // 1 remove the copy: there is no `total` here
}

impl Plant {
    /// Centimeters from the shelf to the tip.
    pub fn total(&self) -> i64 {
        self.stem + self.pot // 2 ask the row
    }
}

/// For readers, as on the label: `fern, 45 cm`.
impl fmt::Display for Plant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} cm", self.name, self.total())
    }
}
// ANCHOR_END: plant

impl Plant {
    /// A plant that is not in the database yet.
    pub fn new(name: &str, stem: i64, pot: i64) -> Self {
        Self {
            id: None,
            name: name.to_owned(),
            stem,
            pot,
        }
    }
}

impl Model for Plant {
    const TABLE: &'static str = "plants";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::Text).not_null())
            .column(Column::new("stem", ColumnType::Integer).not_null())
            .column(Column::new("pot", ColumnType::Integer).not_null())
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            stem: row.get("stem")?,
            pot: row.get("pot")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("name", self.name.clone().into()),
            ("stem", self.stem.into()),
            ("pot", self.pot.into()),
        ]
    }
}

// ANCHOR: shelf
/// A plant in both prints, and for readers once more when it has grown.
pub fn prints(conn: &Connection) -> mini_orm::Result<Vec<String>> {
    let fern = insert(conn, &Plant::new("fern", 30, 15))?;
    let mut lines = vec![format!("{fern}"), format!("{fern:?}")];

    conn.execute("UPDATE plants SET stem = 60", [])?;
    for plant in all::<Plant>(conn)? {
        lines.push(format!("{plant}"));
    }
    Ok(lines)
}
// ANCHOR_END: shelf

fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    create::<Plant>(&conn)?;
    for line in prints(&conn)? {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

// ANCHOR: locker
// 3 choose two prints: this one is for programmers
#[derive(Debug)]
pub struct Locker {
    pub number: i64,
    pub holder: Option<String>,
    pub broken: bool,
    // 1 remove the copy: there is no `idle` here
}

impl Locker {
    /// Whether it is broken, or nobody has it.
    pub fn is_idle(&self) -> bool {
        self.broken || self.holder.is_none() // 2 ask the row
    }
}

/// For readers, at the door: `7: Ada`, or `7 is free`.
impl fmt::Display for Locker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.holder {
            Some(holder) => write!(f, "{}: {holder}", self.number),
            None => write!(f, "{} is free", self.number),
        }
    }
}
// ANCHOR_END: locker

/// The plant of last year, from which step 1 takes the copy.
#[cfg(test)]
mod with_a_copy {
    use super::{Column, ColumnType, Model, Row, Table, Value};

    pub struct Plant {
        pub id: Option<i64>,
        pub name: String,
        pub stem: i64,
        pub pot: i64,
        pub total: i64,
    }

    impl Plant {
        pub fn new(name: &str, stem: i64, pot: i64) -> Self {
            Self {
                id: None,
                name: name.to_owned(),
                stem,
                pot,
                total: stem + pot,
            }
        }
    }

    impl Model for Plant {
        const TABLE: &'static str = "plants";

        fn table() -> Table {
            Table::new(Self::TABLE)
                .column(Column::new("id", ColumnType::Integer))
                .column(Column::new("name", ColumnType::Text).not_null())
                .column(Column::new("stem", ColumnType::Integer).not_null())
                .column(Column::new("pot", ColumnType::Integer).not_null())
                .column(Column::new("total", ColumnType::Integer).not_null())
                .primary_key(&["id"])
        }

        fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
            Ok(Self {
                id: row.get("id")?,
                name: row.get("name")?,
                stem: row.get("stem")?,
                pot: row.get("pot")?,
                total: row.get("total")?,
            })
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            vec![
                ("id", self.id.into()),
                ("name", self.name.clone().into()),
                ("stem", self.stem.into()),
                ("pot", self.pot.into()),
                ("total", self.total.into()),
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of step 1 on the page.
    #[test]
    fn a_copy_is_named_in_five_places() {
        let page = include_str!("../../../src/01_models/07_model_methods.md");
        let source = include_str!("07_model_methods.rs");
        let before = source.split("mod with_a_copy").nth(1).unwrap_or_default();
        let before = before.split("#[cfg(test)]").next().unwrap_or_default();
        let named = before.lines().filter(|line| line.contains("total"));
        let named: Vec<&str> = named.map(str::trim).collect();
        assert_eq!(named.len(), 5);
        for line in named {
            assert!(page.contains(&format!("`{line}`")), "{line}");
        }
    }

    #[test]
    fn a_copy_is_as_old_as_its_row() -> Result<(), Box<dyn Error>> {
        let conn = Connection::open_in_memory()?;
        create::<with_a_copy::Plant>(&conn)?;
        insert(&conn, &with_a_copy::Plant::new("fern", 30, 15))?;
        conn.execute("UPDATE plants SET stem = 60", [])?;
        for plant in all::<with_a_copy::Plant>(&conn)? {
            assert_eq!((plant.total, plant.stem + plant.pot), (45, 75));
        }
        Ok(())
    }

    #[test]
    fn a_method_needs_no_database() {
        let ivy = Plant::new("ivy", 20, 15);
        assert_eq!(ivy.total(), 35);
        assert_eq!(ivy.to_string(), "ivy, 35 cm");
        assert!(format!("{ivy:?}").contains("stem: 20"));
    }

    #[test]
    fn a_changed_field_counts_at_the_next_call() {
        let mut ivy = Plant::new("ivy", 20, 15);
        ivy.stem = 25;
        assert_eq!(ivy.total(), 40);
    }

    #[test]
    fn a_locker_is_idle_if_it_is_broken_or_free() {
        let locker = |holder: Option<&str>, broken| Locker {
            number: 7,
            holder: holder.map(str::to_owned),
            broken,
        };
        assert_eq!(locker(Some("Ada"), false).to_string(), "7: Ada");
        assert_eq!(locker(None, false).to_string(), "7 is free");
        assert!(locker(None, false).is_idle());
        assert!(locker(Some("Ada"), true).is_idle());
        assert!(!locker(Some("Ada"), false).is_idle());
    }

    /// The table of last year: the model has no `total` any more.
    #[test]
    fn a_table_keeps_the_column_that_the_model_lost() -> Result<(), Box<dyn Error>> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE plants (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL,
                stem INTEGER NOT NULL, pot INTEGER NOT NULL, total INTEGER NOT NULL
            )",
        )?;
        let refused = insert(&conn, &Plant::new("moss", 2, 10)).err();
        let refused = refused.map(|error| error.to_string()).unwrap_or_default();
        assert!(refused.contains("NOT NULL constraint failed: plants.total"));
        Ok(())
    }

    /// With a default, or without `NOT NULL`, the lost column refuses nothing.
    #[test]
    fn a_lost_column_with_a_default_refuses_nothing() -> Result<(), Box<dyn Error>> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE plants (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL,
                stem INTEGER NOT NULL, pot INTEGER NOT NULL,
                total INTEGER NOT NULL DEFAULT 0, label TEXT
            )",
        )?;
        insert(&conn, &Plant::new("moss", 2, 10))?;
        Ok(())
    }

    /// What the quiz says of a field that `from_row` fills in.
    #[test]
    fn a_field_that_was_filled_in_is_as_old_as_the_value() -> Result<(), Box<dyn Error>> {
        struct Ticket {
            seats: i64,
            price: i64,
            sum: i64,
        }
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE tickets (seats INTEGER, price INTEGER);
             INSERT INTO tickets VALUES (2, 10);",
        )?;
        let mut ticket = conn.query_one("SELECT seats, price FROM tickets", [], |row| {
            let (seats, price): (i64, i64) = (row.get("seats")?, row.get("price")?);
            Ok(Ticket {
                seats,
                price,
                sum: seats * price,
            })
        })?;
        ticket.seats = 3;
        assert_eq!(ticket.sum, 20);
        assert_eq!(ticket.seats * ticket.price, 30);
        Ok(())
    }

    /// What the quiz says of a `Debug` by hand.
    #[test]
    fn values_that_differ_may_print_alike() {
        struct Bike {
            frame: i64,
            stolen: bool,
        }
        impl fmt::Debug for Bike {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "<Bike {}>", self.frame)
            }
        }
        impl fmt::Display for Bike {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "frame {}", self.frame)
            }
        }
        let [one, two] = [false, true].map(|stolen| Bike { frame: 88, stolen });
        assert_ne!(one.stolen, two.stolen);
        assert_eq!(format!("{one}"), format!("{two}"));
        assert_eq!(format!("{one:?}"), "<Bike 88>");
        assert_eq!(format!("{one:?}"), format!("{two:?}"));
    }

    /// What the fold of the page says: SQLite can work a column out itself.
    #[test]
    fn a_generated_column_follows_its_row() -> Result<(), Box<dyn Error>> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE plants (stem INTEGER, pot INTEGER, total INTEGER AS (stem + pot));
             INSERT INTO plants (stem, pot) VALUES (30, 15);
             UPDATE plants SET stem = 60;",
        )?;
        let total: i64 = conn.query_one("SELECT total FROM plants", [], |row| row.get(0))?;
        assert_eq!(total, 75);
        let written = conn.execute("UPDATE plants SET total = 1", []);
        assert!(written.is_err());
        let named = conn.execute("INSERT INTO plants (stem, total) VALUES (1, 1)", []);
        assert!(named.is_err());
        Ok(())
    }
}
