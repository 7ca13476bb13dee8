//! A CHECK constraint.

use crate::Ident;

/// A condition that every row meets, or of which NULL comes out.
///
/// Those that a type brings along ([`ColumnType::check`](crate::ColumnType::check))
/// are not among them: they stand and fall with the column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// Its name, which SQLite says when a row fails it.
    pub name: Option<Ident>,
    /// The condition, in SQL.
    pub expr: String,
}
