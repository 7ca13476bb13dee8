//! 1.7 Methods that belong to the data.
//!
//! This `User` stores its profile, a text made of its name and its email, in a
//! field and in a column. It was right on the day it was stored. Remove both,
//! and let the methods answer from what the row holds.

use std::fmt;

use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::Row;
use rusqlite::types::Value;

/// One row of the table `users`.
///
/// `{:?}` is for programmers: it shows every field.
#[derive(Clone, PartialEq)]
pub struct User {
    pub id: Option<i64>,
    pub username: String,
    pub email: Option<String>,
    pub verified: bool,
    pub profile: String,
}

impl User {
    /// A new user, not in the database yet and not verified.
    pub fn new(username: &str, email: Option<&str>) -> Self {
        Self {
            id: None,
            username: username.to_owned(),
            email: email.map(str::to_owned),
            verified: false,
            profile: format!("{username} ({email:?})"),
        }
    }

    /// `Ada (ada@example.com)`, or `Ada` if there is no email.
    pub fn full_profile(&self) -> String {
        self.profile.clone()
    }

    /// Whether mail may be sent: there is an email, and the user is verified.
    pub fn is_reachable(&self) -> bool {
        self.email.is_some()
    }
}

/// `{}` is for readers: the username.
impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.profile)
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<User {}>", self.username)
    }
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
            .column(Column::new("profile", ColumnType::Text).not_null())
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
            profile: row.get("profile")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("username", self.username.clone().into()),
            ("email", self.email.clone().into()),
            ("verified", self.verified.into()),
            ("profile", self.profile.clone().into()),
        ]
    }
}
