//! 0.1 A first check.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
