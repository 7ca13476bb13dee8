//! 1.7 Methods that belong to the data.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
