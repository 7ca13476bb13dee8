//! Part 2, a module for each page.

#[path = "05_get_and_all.rs"]
pub mod p05_get_and_all;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[p05_get_and_all::RUNS];
