//! Builds and checks the book.
//!
//! ```text
//! pages (book/src) ─► scan ─► page: directives, SQL ─► mdBook ─► HTML ─► site
//!                     course, quizzes, listings ─┘
//! ```
//!
//! Everything that a page shows comes from what it is about: cards from
//! `exercise.toml`, listings from compiled crates, rows from SQLite.

mod builder;
mod capture;
mod card;
mod course;
mod directive;
mod erd;
mod escape;
mod facts;
mod files;
mod finding;
mod front;
mod glossary;
mod links;
mod listing;
mod markup;
mod order;
mod output;
mod page;
mod places;
mod preprocessor;
mod quizzes;
mod reading;
mod scan;
mod seeds;
mod serve;
mod site;
mod sources;
mod sql;
mod state;
mod table;
mod template;
mod workbook;

pub use builder::build;
pub use capture::{Records, capture, record, recorded};
pub use course::{Course, Exercise};
pub use finding::{Finding, Findings};
pub use places::Places;
pub use preprocessor::{Rigor, preprocess};
pub use seeds::Coverage;
pub use serve::serve;
pub use workbook::Workbook;
