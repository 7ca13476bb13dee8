//! The models of the school's program, each in a file of its own.

// ANCHOR: links
// src/models/mod.rs
mod locker; // 1 link the file
mod room;

pub use locker::Locker; // 2 show the model
pub use room::Room;
// ANCHOR_END: links
