//! What the checks of every exercise are written with.
//!
//! The database is the witness: a check does not ask the code under test
//! whether it worked, it opens the SQLite file that the code left behind and
//! looks. When something else is found there, the [`Failure`] says what was
//! expected, what was found, why it matters, and which SQL made it so.
//!
//! ```no_run
//! use witness::prelude::*;
//! # fn create_table(_: &rusqlite::Connection) -> rusqlite::Result<()> { Ok(()) }
//!
//! // In an exercise this is a `#[test]`.
//! fn an_id_is_assigned() {
//!     check(|w| {
//!         let db = w.database()?;
//!         db.run(create_table)?;
//!         db.accepts("INSERT INTO subject_groups (name) VALUES ('Arts')")?
//!             .leaves("SELECT id, name FROM subject_groups", rows![[1, "Arts"]])
//!             .because("Only a column declared exactly INTEGER PRIMARY KEY is assigned by SQLite.")
//!     })
//! }
//! ```
//!
//! A check runs in two ways: under `cargo test` it is an ordinary test that
//! prints a readable report; under the checker it leaves [`evidence`] in a
//! file. Nothing in it depends on which.

mod bystander;
mod check;
mod database;
pub mod evidence;
mod expect;
mod failure;
mod faults;
mod hooks;
mod kept;
mod name;
mod onlooker;
mod panics;
mod place;
mod probe;
mod report;
mod rows;
mod schema;
mod seed;
mod snapshot;
mod stdin;
mod table;
mod trace;
mod tree;
mod watch;
mod witness;

pub use bystander::Seen;
pub use check::check;
pub use database::Database;
pub use expect::{expect_equal, expect_that};
pub use failure::{Failure, Outcome, OutcomeExt};
pub use kept::Kept;
pub use onlooker::Watched;
pub use probe::{Probe, Violation};
pub use rows::{Cell, NULL, Rows, expect_same_rows};
pub use schema::{ExpectedSchema, schema};
pub use snapshot::Snapshot;
pub use trace::{Statements, Trace};
pub use tree::Tree;
pub use witness::{ForeignKeys, Witness};

/// Everything that a file of checks usually needs, in one line.
pub mod prelude {
    pub use crate::{
        Database, Failure, ForeignKeys, Outcome, OutcomeExt, Rows, Tree, Violation, Witness, check,
        expect_equal, expect_same_rows, expect_that, rows, schema,
    };
}
