//! The starter: the solution with its answers cut out.

mod generate;
mod regions;

pub(crate) use generate::{hashes, starter};
pub(crate) use regions::{Kind, Regions};
