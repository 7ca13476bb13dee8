//! The model: a Rust type that stands for a table, and its values for rows.

use rusqlite::Row;
use rusqlite::types::Value;

use crate::{ColumnType, Error, Ident, Result, Table};

/// A Rust type that stands for a table; a value of it stands for a row.
///
/// It answers three questions: what the table is, how a row becomes a value,
/// and how a value becomes a row. Everything else that this crate does with a
/// model, it works out from the answers.
///
/// ```
/// use mini_orm::{Column, ColumnType, Model, Table, all, create, insert};
/// use rusqlite::types::Value;
/// use rusqlite::{Connection, Row};
///
/// #[derive(Debug, PartialEq)]
/// struct Pet {
///     id: Option<i64>,
///     name: Option<String>,
/// }
///
/// impl Model for Pet {
///     const TABLE: &'static str = "pets";
///
///     fn table() -> Table {
///         Table::new(Self::TABLE)
///             .column(Column::new("id", ColumnType::Integer))
///             .column(Column::new("name", ColumnType::Text))
///             .primary_key(&["id"])
///     }
///
///     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
///         Ok(Self {
///             id: row.get("id")?,
///             name: row.get("name")?,
///         })
///     }
///
///     fn values(&self) -> Vec<(&'static str, Value)> {
///         vec![
///             ("id", self.id.into()),
///             ("name", self.name.clone().into()),
///         ]
///     }
/// }
///
/// let conn = Connection::open_in_memory()?;
/// create::<Pet>(&conn)?;
/// let rex = insert(&conn, &Pet { id: None, name: Some("Rex".into()) })?;
/// assert_eq!(rex.id, Some(1));
/// assert_eq!(all::<Pet>(&conn)?, [rex]);
/// # Ok::<(), mini_orm::Error>(())
/// ```
pub trait Model: Sized {
    /// The name of the table. Other models name it in their foreign keys.
    const TABLE: &'static str;

    /// The table: its columns, the one that is its primary key, and whatever
    /// else holds of it. SQL is made from this and from nothing else.
    fn table() -> Table;

    /// A value from a row. Columns are read by name: their order in the
    /// database need not be the order here.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self>;

    /// A row from a value: each column with what is to be stored in it. The
    /// database fills in a column that is left out, and assigns a primary key
    /// that is NULL.
    fn values(&self) -> Vec<(&'static str, Value)>;
}

/// The table of a model, if it is one that a model can have.
///
/// # Errors
/// When it has no primary key or one of several columns, when that is not an
/// integer, or when the table is not called [`Model::TABLE`].
pub fn table_of<M: Model>() -> Result<Table> {
    let table = M::table();
    let constant = Ident::from(M::TABLE);
    if table.name != constant {
        return Err(Error::TableName {
            constant,
            table: table.name,
        });
    }
    let [key] = table.primary_key.as_slice() else {
        return Err(Error::PrimaryKey {
            table: table.name,
            columns: table.primary_key,
        });
    };
    match table.column_named(key) {
        None => Err(Error::UnknownColumn {
            column: key.clone(),
            table: table.name,
            by: "primary key",
        }),
        Some(column) if column.ty != ColumnType::Integer => Err(Error::KeyType {
            column: column.name.clone(),
            ty: column.ty.clone(),
            table: table.name,
        }),
        Some(_) => Ok(table),
    }
}
