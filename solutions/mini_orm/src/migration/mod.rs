//! Migrations: a list of steps, and the number of the last one taken.

mod foreign_keys;
mod migrate;
mod orphans;
mod script;
mod step;
mod version;

pub use migrate::migrate_to;
pub use step::{Step, Way};
pub use version::current;
