//! Questions to a table, built first and run later.

mod builder;
mod column_name;
mod dir;
mod expr;
mod json;
mod statement;

pub use builder::{Query, query};
pub use column_name::{ColumnName, column, escape_like};
pub use dir::Dir;
pub use expr::Expr;

pub(crate) use expr::Refusal;
pub(crate) use statement::MANY;
