//! Progress: every attempt and its verdict, in a SQLite database that the
//! learner may read.

mod attempts;
mod hints;
mod open;
mod schema;

pub(crate) use attempts::{Ended, Extent, Last, now};
pub(crate) use open::{Opened, Progress};
