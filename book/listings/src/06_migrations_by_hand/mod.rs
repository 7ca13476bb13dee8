//! Part 6, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "01_first_migration.rs"]
pub mod p01_first_migration;
#[path = "03_add_column.rs"]
pub mod p03_add_column;
#[path = "04_all_or_nothing.rs"]
pub mod p04_all_or_nothing;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[
    introduction::RUNS,
    p01_first_migration::RUNS,
    p03_add_column::RUNS,
    p04_all_or_nothing::RUNS,
];
