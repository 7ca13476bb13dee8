//! A UNIQUE constraint.

use crate::Ident;

/// No two rows have the same values in these columns. NULL is never the same
/// as another NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unique {
    /// Its name. [`Table::unique`](crate::Table::unique) gives it one by the
    /// naming convention; a constraint found in a database may have none.
    pub name: Option<Ident>,
    /// The columns that together are unique.
    pub columns: Vec<Ident>,
}
