//! 1.8 A registry of models.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
