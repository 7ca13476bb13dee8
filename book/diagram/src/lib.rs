//! Draws a database schema that SQLite has read as an entity-relationship
//! diagram, and says the same in words.
//!
//! ```text
//! connection ─► schema ─► graph ─► order ─► place ─► route ─► svg
//!                  └────► words
//! ```
//!
//! Tables stand in columns, by their distance along foreign keys; lines run
//! only where no box is. The same schema gives the same picture, always.

mod drawing;
mod graph;
mod order;
mod place;
mod route;
mod schema;
mod svg;
mod text;
mod words;

#[cfg(test)]
mod tests;

pub use schema::{Column, ForeignKey, Schema, Table, Unique};
pub use svg::svg;
pub use words::words;
