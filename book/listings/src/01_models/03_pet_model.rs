//! 1.3 A trait for all models.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
