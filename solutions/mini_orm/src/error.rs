//! What can go wrong, and what to do about it.

use crate::ident::spoken;
use crate::{ColumnType, Ident, Violation, violation};

/// [`std::result::Result`] with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// SQLite, or the mapping of a row, refused.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),

    /// A table without columns.
    #[error("table `{table}` has no columns; add at least one with `Table::column`")]
    NoColumns {
        /// Its name.
        table: Ident,
    },

    /// Two columns of one name, upper and lower case being the same.
    #[error(
        "table `{table}` names the column `{column}` twice; SQLite takes upper and lower case for the same name"
    )]
    DuplicateColumn {
        /// The table.
        table: Ident,
        /// The name that occurs twice.
        column: Ident,
    },

    /// Something names a column that the table does not have.
    #[error(
        "table `{table}` has no column `{column}`, which its {by} names; add the column or correct the name"
    )]
    UnknownColumn {
        /// The table.
        table: Ident,
        /// The name that no column has.
        column: Ident,
        /// What names it.
        by: &'static str,
    },

    /// A name, or the default text of the column of that name, contains a NUL.
    #[error(
        "the name or default of {:?} contains a NUL character, where SQL text ends; remove it",
        name.as_str()
    )]
    Nul {
        /// The name.
        name: Ident,
    },

    /// A model whose table is not identified by one column.
    #[error(
        "a model has one primary key column, but table `{table}` has {}; name one with `Table::primary_key`",
        count(columns)
    )]
    PrimaryKey {
        /// The table.
        table: Ident,
        /// The columns of its primary key.
        columns: Vec<Ident>,
    },

    /// A model whose primary key SQLite would not assign.
    #[error(
        "the primary key `{column}` of table `{table}` is {ty}, but SQLite assigns ids to INTEGER keys only; declare it `ColumnType::Integer`"
    )]
    KeyType {
        /// The table.
        table: Ident,
        /// The column.
        column: Ident,
        /// What it was declared as.
        ty: ColumnType,
    },

    /// A model that says two names for its table.
    #[error(
        "the model's `TABLE` is `{constant}`, but its `table()` is called `{table}`; begin it with `Table::new(Self::TABLE)`"
    )]
    TableName {
        /// `Model::TABLE`.
        constant: Ident,
        /// The name in `Model::table`.
        table: Ident,
    },
}

impl Error {
    /// Which rule of the database it is about; see [`violation`](crate::violation()).
    /// What this crate itself refuses never reached the database.
    #[must_use]
    pub fn violation(&self) -> Violation {
        match self {
            Self::Sqlite(error) => violation(error),
            _ => Violation::Other,
        }
    }
}

fn count(columns: &[Ident]) -> String {
    match columns {
        [] => "none".to_owned(),
        columns => format!("{}: {}", columns.len(), spoken(columns)),
    }
}
