//! One column of a table.

use crate::{ColumnType, Ident, ServerDefault};

/// One column of a table.
///
/// Unless it says otherwise a column may hold NULL, as in SQL. Keys, UNIQUE and
/// foreign keys are said of the [`Table`](crate::Table), since they may span
/// several columns.
///
/// ```
/// use mini_orm::{Column, ColumnType};
///
/// let email = Column::new("email", ColumnType::String(120));
/// let username = Column::new("username", ColumnType::String(80)).not_null();
/// let verified = Column::new("verified", ColumnType::Boolean)
///     .not_null()
///     .server_default(false);
/// # assert!(email.nullable && !username.nullable && !verified.nullable);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name.
    pub name: Ident,
    /// What it holds.
    pub ty: ColumnType,
    /// Whether it may hold NULL.
    pub nullable: bool,
    /// What the database fills in where an INSERT leaves it out.
    pub default: Option<ServerDefault>,
}

impl Column {
    /// A column that may hold NULL, without a default.
    #[must_use]
    pub fn new(name: impl Into<Ident>, ty: ColumnType) -> Self {
        Self {
            name: name.into(),
            ty,
            nullable: true,
            default: None,
        }
    }

    /// Refuses NULL.
    #[must_use]
    pub fn not_null(mut self) -> Self {
        self.nullable = false;
        self
    }

    /// Has the database fill the column in where an INSERT leaves it out.
    #[must_use]
    pub fn server_default(mut self, value: impl Into<ServerDefault>) -> Self {
        self.default = Some(value.into());
        self
    }
}
