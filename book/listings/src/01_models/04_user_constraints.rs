//! 1.4 Who enforces what.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
