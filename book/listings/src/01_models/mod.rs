//! Part 1, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "01_subject_group.rs"]
pub mod p01_subject_group;

use crate::Run;

/// The runs of this part.
pub const RUNS: &[(&str, Run)] = &[
    ("01_models/introduction/floors", introduction::floors),
    (
        "01_models/01_subject_group/refused",
        p01_subject_group::refused,
    ),
];
