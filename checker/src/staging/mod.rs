//! Staging: a cargo workspace of ours in which the learner's sources are
//! compiled against the course's own manifests, checks and libraries. What a
//! learner does to `Cargo.toml`, `tests/`, `build.rs` or `.cargo/` never gets
//! here.

mod library;
mod lock;
mod stage;

pub(crate) use lock::StageLock;
pub(crate) use stage::{Stage, Staged};
