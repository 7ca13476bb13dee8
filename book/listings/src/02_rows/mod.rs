//! Part 2, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "03_transactions.rs"]
pub mod p03_transactions;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[introduction::RUNS, p03_transactions::RUNS];
