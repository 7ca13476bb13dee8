//! The programs that the pages show, each compiled, run and tested.
//!
//! A file here has the name of its page: `01_models/01_subject_group.rs` holds
//! what `book/src/01_models/01_subject_group.md` shows. A page cites a piece of
//! it by anchor, and what a run printed by the name of the run.

#[path = "01_models/mod.rs"]
pub mod m01_models;

use std::error::Error;
use std::io::Write;

/// A program whose output a page shows. It prints to the writer that it is
/// given, so that the output can be recorded and compared.
pub type Run = fn(&mut dyn Write) -> Result<(), Box<dyn Error>>;

/// Every run with its name: the page's, and a word of its own.
#[must_use]
pub fn runs() -> Vec<(&'static str, Run)> {
    [m01_models::RUNS].concat()
}
