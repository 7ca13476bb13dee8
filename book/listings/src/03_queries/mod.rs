//! Part 3, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "01_filter_and_order.rs"]
pub mod p01_filter_and_order;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[introduction::RUNS, p01_filter_and_order::RUNS];
