//! A database that a submission left behind: what it holds, as plain data for
//! text, JSON and pictures. It reads any file, and believes none.

mod model;
mod open;
mod read;
mod relations;
mod sql;

pub(crate) use model::{Cell, Contents, Index, Relation, Relationship, Table};
pub(crate) use open::{Opened, Trouble};
pub(crate) use read::read;
