//! 1.4 Who enforces what.
//!
//! `User::table` describes a table that works, but refuses next to nothing. What
//! Rust promises with `String` and `bool` binds this program only. Repair the
//! description, so that the database itself enforces what `User` says.

use mini_orm::{Column, ColumnType, Model, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

/// One row of the table `users`.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// `None` until the row is in the database, which assigns it.
    pub id: Option<i64>,
    /// At most 80 characters. Every user has one, and no two have the same.
    /// Users are looked up by it, so that must be fast.
    pub username: String,
    /// At most 120 characters. Any number of users may be without one, but no
    /// two have the same.
    pub email: Option<String>,
    /// True or false, never NULL. Whoever inserts a user without it, in SQL of
    /// their own, gets false.
    pub verified: bool,
}

impl User {
    /// A new user: not verified, as far as Rust is concerned.
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

    /// A column can be `not_null()` and have a `server_default(…)`. A table can
    /// have more than one `unique(&[…])`, and an `index(&[…])`. The types
    /// `ColumnType::String(60)` and `ColumnType::Boolean` bring a CHECK along:
    /// print `Self::table().create_sql()` to read it.
    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("username", ColumnType::Text))
            .column(Column::new("email", ColumnType::Text).not_null())
            .column(Column::new("verified", ColumnType::Integer))
            .primary_key(&["id"])
            .index(&["username"])
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

/// Creates the table `users`, as `User::table` describes it.
pub fn create(conn: &Connection) -> Result<()> {
    mini_orm::create::<User>(conn)
}
