//! The models, each in a file of its own.

mod pet;
mod subject_group;
//: answer
mod user;
//: end

pub use pet::Pet;
pub use subject_group::SubjectGroup;
//: answer
pub use user::User;
//: end
