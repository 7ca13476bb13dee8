//! Part 2, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "03_transactions.rs"]
pub mod p03_transactions;
#[path = "05_get_and_all.rs"]
pub mod p05_get_and_all;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[
    introduction::RUNS,
    p03_transactions::RUNS,
    p05_get_and_all::RUNS,
];
