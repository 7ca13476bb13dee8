//! What each command does.

mod desk;
mod grade;
mod list;
mod watcher;

pub(crate) use desk::Desk;
pub(crate) use grade::{run, stand};
pub(crate) use list::list;
pub(crate) use watcher::Watcher;
