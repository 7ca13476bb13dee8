use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::Row;
use rusqlite::types::Value;

/// One row of the table `subject_groups`.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectGroup {
    pub id: Option<i64>,
    pub name: String,
}

impl Model for SubjectGroup {
    const TABLE: &'static str = "subject_groups";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::String(60)).not_null())
            .primary_key(&["id"])
            .unique(&["name"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("id", self.id.into()), ("name", self.name.clone().into())]
    }
}
