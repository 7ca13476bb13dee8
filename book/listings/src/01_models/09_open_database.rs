//! 1.9 A connection to rely on.

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];
