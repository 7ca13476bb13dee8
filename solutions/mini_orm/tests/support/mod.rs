//! Models for the tests.
#![allow(dead_code)]

use std::cell::RefCell;

use mini_orm::{Column, ColumnType, ForeignKey, Model, Table};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
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

/// The running domain's users, before part 6.
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

/// A post of a user.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    pub id: Option<i64>,
    pub user_id: Option<i64>,
    pub title: String,
}

impl Post {
    pub fn new(user_id: Option<i64>, title: &str) -> Self {
        Self {
            id: None,
            user_id,
            title: title.to_owned(),
        }
    }
}

impl Model for Post {
    const TABLE: &'static str = "posts";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("user_id", ColumnType::Integer))
            .column(Column::new("title", ColumnType::String(200)).not_null())
            .primary_key(&["id"])
            .foreign_key(ForeignKey::new(&["user_id"], User::TABLE))
            .index(&["user_id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            title: row.get("title")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("user_id", self.user_id.into()),
            ("title", self.title.clone().into()),
        ]
    }
}

thread_local! {
    static TRACE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The SQL that the connection sends from now on.
pub fn trace(conn: &Connection) {
    TRACE.take();
    conn.trace_v2(
        TraceEventCodes::SQLITE_TRACE_STMT,
        Some(|event| {
            if let TraceEvent::Stmt(statement, text) = event
                && statement.sql() == text
            {
                TRACE.with_borrow_mut(|trace| trace.push(text.to_owned()));
            }
        }),
    );
}

/// The SQL that has been sent since the last look.
pub fn traced() -> Vec<String> {
    TRACE.take()
}

/// Numbers that look random and are the same in each run (xorshift64).
pub struct Numbers(u64);

impl Numbers {
    pub fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    pub fn one_of<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }
}
