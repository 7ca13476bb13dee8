//! The models, each in a file of its own.

mod pet;
mod subject_group;

pub use pet::Pet;
pub use subject_group::SubjectGroup;
