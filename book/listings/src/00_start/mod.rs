//! Part 0, a module for each page.

#[path = "01_first_check.rs"]
pub mod p01_first_check;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[p01_first_check::RUNS];
