//! 1.2 Rows of the first table.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
