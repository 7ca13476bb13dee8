//! Draws a database schema that SQLite has read as an entity-relationship
//! diagram.
//!
//! ```text
//! database ─► schema ─┬► layout ─► svg
//!                     └► words
//! ```
//!
//! The drawing cannot differ from the database: SQLite itself says which
//! tables, columns and foreign keys there are.

mod layout;
mod schema;
mod svg;
mod words;

pub use schema::{Column, ForeignKey, Schema, Table};
pub use svg::svg;
pub use words::words;
