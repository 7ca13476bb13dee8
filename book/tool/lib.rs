//! Builds and checks the book.
//!
//! ```text
//! pages (book/src) ─► scan ─► directives ─► mdBook ─► HTML ─► links
//!                      course, quizzes, listings, SQLite
//! ```
//!
//! Everything that a page shows comes from what it is about: cards from
//! `exercise.toml`, listings from compiled crates, rows from SQLite.

#![allow(dead_code)]

mod course;
mod directive;
mod erd;
mod escape;
mod finding;
mod front;
mod markup;
mod places;
mod scan;
mod state;

pub use course::{Course, Exercise};
pub use finding::{Finding, Findings};
pub use places::Places;
