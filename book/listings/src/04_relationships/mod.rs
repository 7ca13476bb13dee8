//! Part 4, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "01_user_posts.rs"]
pub mod p01_user_posts;
#[path = "03_eager_loading.rs"]
pub mod p03_eager_loading;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[
    introduction::RUNS,
    p01_user_posts::RUNS,
    p03_eager_loading::RUNS,
];
