//! 1.6 What a column holds.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
