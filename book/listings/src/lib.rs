//! The programs that the pages show, each compiled, run and tested.
//!
//! A file here has the name of its page: `01_models/01_subject_group.rs` holds
//! what `book/src/01_models/01_subject_group.md` shows. A page cites a piece of
//! it by anchor.

#[path = "00_start/mod.rs"]
pub mod m00_start;
#[path = "01_models/mod.rs"]
pub mod m01_models;
#[path = "02_rows/mod.rs"]
pub mod m02_rows;
#[path = "03_queries/mod.rs"]
pub mod m03_queries;
#[path = "04_relationships/mod.rs"]
pub mod m04_relationships;
#[path = "05_sessions/mod.rs"]
pub mod m05_sessions;
#[path = "06_migrations_by_hand/mod.rs"]
pub mod m06_migrations_by_hand;
#[path = "07_migration_tool/mod.rs"]
pub mod m07_migration_tool;

pub mod appendix;

use std::error::Error;
use std::io::Write;

/// Prints what a page shows.
pub type Run = fn(&mut dyn Write) -> Result<(), Box<dyn Error>>;

/// Everything whose output a page shows, by the path of its record below
/// `book/listings/out`, without `.txt`.
#[must_use]
pub fn runs() -> Vec<(&'static str, Run)> {
    [
        m00_start::RUNS,
        m01_models::RUNS,
        m02_rows::RUNS,
        m03_queries::RUNS,
        m04_relationships::RUNS,
        m05_sessions::RUNS,
        m06_migrations_by_hand::RUNS,
        m07_migration_tool::RUNS,
        appendix::RUNS,
    ]
    .concat()
    .concat()
}
