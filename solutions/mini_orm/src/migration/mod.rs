//! Migrations: a list of steps, and the number of the last one taken.

mod foreign_keys;
mod migrate;
mod orphans;
mod script;
mod step;
mod version;

pub use migrate::migrate_to;
pub use step::{Direction, Step};
pub use version::current;
