//! A session: objects that are written together.

mod order;
mod pending;
mod unit_of_work;

pub use unit_of_work::Session;
