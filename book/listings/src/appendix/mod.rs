//! The appendix, a module for each page.

pub mod error_messages;

use crate::Run;

/// The runs of the appendix.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[error_messages::RUNS];
