use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::Row;
use rusqlite::types::Value;

/// One row of the table `rooms`.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    pub id: Option<i64>,
    pub code: String,
    pub floor: Option<i64>,
}

impl Model for Room {
    const TABLE: &'static str = "rooms";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("code", ColumnType::Text).not_null())
            .column(Column::new("floor", ColumnType::Integer))
            .primary_key(&["id"])
            .index(&["code"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            floor: row.get("floor")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("code", self.code.clone().into()),
            ("floor", self.floor.into()),
        ]
    }
}
