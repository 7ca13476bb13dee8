//! Models for the tests.
#![allow(dead_code)]

use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

/// The running domain's simplest model.
#[derive(Clone, Debug, PartialEq)]
pub struct Pet {
    pub id: Option<i64>,
    pub name: Option<String>,
    pub species: Option<String>,
}

impl Pet {
    pub fn new(name: &str, species: Option<&str>) -> Self {
        Self {
            id: None,
            name: Some(name.to_owned()),
            species: species.map(str::to_owned),
        }
    }
}

impl Model for Pet {
    const TABLE: &'static str = "pets";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::Text))
            .column(Column::new("species", ColumnType::Text))
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            species: row.get("species")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("name", self.name.clone().into()),
            ("species", self.species.clone().into()),
        ]
    }
}

/// A model that declares whatever table a test wants.
#[macro_export]
macro_rules! model {
    ($model:ident, $name:expr, $table:expr) => {
        struct $model;

        impl mini_orm::Model for $model {
            const TABLE: &'static str = $name;

            fn table() -> mini_orm::Table {
                $table
            }

            fn from_row(_: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self)
            }

            fn values(&self) -> Vec<(&'static str, rusqlite::types::Value)> {
                Vec::new()
            }
        }
    };
}

pub fn memory() -> Connection {
    Connection::open_in_memory().unwrap()
}

/// The names of all objects in the database.
pub fn objects(conn: &Connection) -> Vec<String> {
    conn.prepare("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// The result code of a refusal by SQLite.
pub fn code(error: &mini_orm::Error) -> Option<i32> {
    match error {
        mini_orm::Error::Sqlite(error) => error.sqlite_error().map(|error| error.extended_code),
        _ => None,
    }
}
