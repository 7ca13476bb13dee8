//! The programs that the pages show, each compiled, run and tested.

use std::error::Error;
use std::io::Write;

/// Prints what a page shows.
pub type Run = fn(&mut dyn Write) -> Result<(), Box<dyn Error>>;

/// Everything whose output a page shows, by the path of its record below
/// `book/listings/out`, without `.txt`.
#[must_use]
pub fn runs() -> Vec<(&'static str, Run)> {
    vec![]
}
