//! Part 5, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "01_session_commit.rs"]
pub mod p01_session_commit;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[introduction::RUNS, p01_session_commit::RUNS];
