//! Building: one cargo for everything that is stale, and what it said about
//! each submission.

mod cargo;
mod dep_info;
mod messages;

pub(crate) use cargo::{BuildRequest, build};
pub(crate) use messages::{Built, Failure};
