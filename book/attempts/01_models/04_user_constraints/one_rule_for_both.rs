//! A first attempt at 1.4, which page 1.4 shows: one UNIQUE for two columns.

use mini_orm::{Column, ColumnType, Model, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub id: Option<i64>,
    pub username: String,
    pub email: Option<String>,
    pub verified: bool,
}

impl User {
    pub fn new(username: &str) -> Self {
        Self {
            id: None,
            username: username.to_owned(),
            email: None,
            verified: false,
        }
    }
}

impl Model for User {
    const TABLE: &'static str = "users";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("username", ColumnType::Text).not_null())
            .column(Column::new("email", ColumnType::Text))
            .column(Column::new("verified", ColumnType::Integer))
            .primary_key(&["id"])
            .unique(&["username", "email"])
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

pub fn create(conn: &Connection) -> Result<()> {
    mini_orm::create::<User>(conn)
}
