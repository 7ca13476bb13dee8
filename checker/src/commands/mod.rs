//! What each command does.

mod backup;
mod choice;
mod clean;
mod completions;
mod db;
mod desk;
mod doctor;
mod gate;
mod grade;
mod hint;
mod list;
mod next;
mod open;
mod quiz;
mod reset;
mod solution;
mod watcher;
mod whereabouts;

pub(crate) use clean::clean;
pub(crate) use completions::completions;
pub(crate) use db::db;
pub(crate) use desk::Desk;
pub(crate) use doctor::doctor;
pub(crate) use grade::{run, stand};
pub(crate) use hint::hint;
pub(crate) use list::list;
pub(crate) use next::next;
pub(crate) use open::open;
pub(crate) use quiz::quiz;
pub(crate) use reset::reset;
pub(crate) use solution::solution;
pub(crate) use watcher::Watcher;
