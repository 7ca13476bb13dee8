//! A small ORM on SQLite: what the workbook's exercises build, in its finished
//! form.
//!
//! A [`Model`] says what its [`Table`] is, how a row becomes a value and how a
//! value becomes a row. [`create`], [`insert`] and [`all`] work for every model.
//! [`MetaData`] creates all tables of a program, in a database that [`open`]
//! opened. [`UtcTime`] is a moment, as a column holds it. A [`Query`] asks for
//! some of the rows, [`HasMany`] and [`BelongsTo`] for those that a row is
//! related to. A [`Session`] writes what belongs together, or nothing of it.
//! [`migrate_to`] takes a database from one version to another.
//!
//! ```
//! use mini_orm::{Column, ColumnType, Model, Table, all, create, insert};
//! use rusqlite::types::Value;
//! use rusqlite::{Connection, Row};
//!
//! struct SubjectGroup {
//!     id: Option<i64>,
//!     name: String,
//! }
//!
//! impl Model for SubjectGroup {
//!     const TABLE: &'static str = "subject_groups";
//!
//!     fn table() -> Table {
//!         Table::new(Self::TABLE)
//!             .column(Column::new("id", ColumnType::Integer))
//!             .column(Column::new("name", ColumnType::String(60)).not_null())
//!             .primary_key(&["id"])
//!             .unique(&["name"])
//!     }
//!
//!     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
//!         Ok(Self { id: row.get("id")?, name: row.get("name")? })
//!     }
//!
//!     fn values(&self) -> Vec<(&'static str, Value)> {
//!         vec![("id", self.id.into()), ("name", self.name.clone().into())]
//!     }
//! }
//!
//! let conn = Connection::open_in_memory()?;
//! create::<SubjectGroup>(&conn)?;
//! let arts = insert(&conn, &SubjectGroup { id: None, name: "Arts".into() })?;
//! assert_eq!(arts.id, Some(1));
//! assert!(insert(&conn, &SubjectGroup { id: None, name: "Arts".into() }).is_err());
//! assert_eq!(all::<SubjectGroup>(&conn)?.len(), 1);
//! # Ok::<(), mini_orm::Error>(())
//! ```
//!
//! Names of tables and columns may be anything that SQLite allows: they are
//! quoted wherever they are written, see [`Ident`]. Values are always bound.
//!
//! How the crate grows with the course is laid out in [`design`].
#![warn(missing_docs)]

mod create;
pub mod design;
mod error;
mod field;
mod ident;
mod insert;
mod location;
mod metadata;
mod migration;
mod model;
mod open;
mod query;
mod read;
mod relationship;
mod savepoint;
mod schema;
mod select;
mod session;
mod utc_time;
mod violation;
mod wording;

pub use create::create;
pub use error::{Error, Result};
pub use field::Field;
pub use ident::Ident;
pub use insert::{Insert, insert, insert_many};
pub use location::{Location, database_url};
pub use metadata::{MetaData, Report};
pub use migration::{Step, Way, current, migrate_to};
pub use model::{Model, table_of};
pub use open::{Options, open};
pub use query::{ColumnName, Dir, Expr, Query, column, escape_like, query};
pub use relationship::{BelongsTo, HasMany};
pub use schema::{
    Action, Check, Column, ColumnType, ForeignKey, Index, IndexKey, ServerDefault, Table, Unique,
};
pub use select::all;
pub use session::Session;
pub use utc_time::UtcTime;
pub use violation::{Violation, violation};
