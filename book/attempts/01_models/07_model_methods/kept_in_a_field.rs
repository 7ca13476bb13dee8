//! A first attempt at 1.7, which page 1.7 shows: the column is gone, a kept copy is not.

use std::fmt;

use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::Row;
use rusqlite::types::Value;

#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub id: Option<i64>,
    pub username: String,
    pub email: Option<String>,
    pub verified: bool,
    pub profile: String,
}

impl User {
    pub fn new(username: &str, email: Option<&str>) -> Self {
        Self {
            id: None,
            username: username.to_owned(),
            email: email.map(str::to_owned),
            verified: false,
            profile: profile(username, email),
        }
    }

    pub fn full_profile(&self) -> String {
        self.profile.clone()
    }

    pub fn is_reachable(&self) -> bool {
        self.verified && self.email.is_some()
    }
}

impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.username)
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
            .primary_key(&["id"])
            .unique(&["username"])
            .unique(&["email"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let username: String = row.get("username")?;
        let email: Option<String> = row.get("email")?;
        Ok(Self {
            id: row.get("id")?,
            profile: profile(&username, email.as_deref()),
            username,
            email,
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

fn profile(username: &str, email: Option<&str>) -> String {
    match email {
        Some(email) => format!("{username} ({email})"),
        None => username.to_owned(),
    }
}
