//! Part 6, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "01_first_migration.rs"]
pub mod p01_first_migration;
#[path = "04_all_or_nothing.rs"]
pub mod p04_all_or_nothing;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[
    introduction::RUNS,
    p01_first_migration::RUNS,
    p04_all_or_nothing::RUNS,
];
