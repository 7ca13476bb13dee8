use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::Row;
use rusqlite::types::Value;

/// One row of the table `users`.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub id: Option<i64>,
    pub username: String,
    pub email: Option<String>,
    pub verified: bool,
}

impl Model for User {
    const TABLE: &'static str = "users";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("username", ColumnType::String(80)).not_null())
            .column(Column::new("email", ColumnType::String(120)))
            .column(
                Column::new("verified", ColumnType::Boolean)
                    .not_null()
                    .server_default(false),
            )
            .primary_key(&["id"])
            .unique(&["username"])
            .unique(&["email"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            username: row.get("username")?,
            email: row.get("email")?,
            verified: row.get("verified")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("username", self.username.clone().into()),
            ("email", self.email.clone().into()),
            ("verified", self.verified.into()),
        ]
    }
}
