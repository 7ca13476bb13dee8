//! 1.8 A registry of models.
//!
//! Every model has a file of its own in `src/models`: `user.rs` is there, too,
//! but Rust does not see it. Then `metadata` must register it, or nobody will
//! create its table. `MetaData`, in `src/metadata.rs`, is the registry.

mod metadata;
pub mod models;

pub use metadata::{MetaData, Report};

/// Every model of this program: subject groups, pets and users.
pub fn metadata() -> mini_orm::Result<MetaData> {
    //: answer
    MetaData::new()
        .register::<models::SubjectGroup>()?
        .register::<models::Pet>()?
        .register::<models::User>()
    //: starter
    //| MetaData::new()
    //|     .register::<models::SubjectGroup>()?
    //|     .register::<models::Pet>()
    //: end
}
