use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::Row;
use rusqlite::types::Value;

use super::Room;

/// One row of the table `lockers`.
#[derive(Clone, Debug, PartialEq)]
pub struct Locker {
    pub id: Option<i64>,
    pub number: i64,
    pub room: String,
}

impl Locker {
    /// Whether it is in that room.
    pub fn is_in(&self, room: &Room) -> bool {
        self.room == room.code
    }
}

impl Model for Locker {
    const TABLE: &'static str = "lockers";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("number", ColumnType::Integer).not_null())
            .column(Column::new("room", ColumnType::Text).not_null())
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            room: row.get("room")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("number", self.number.into()),
            ("room", self.room.clone().into()),
        ]
    }
}
