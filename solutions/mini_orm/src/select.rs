//! Reads rows.

use rusqlite::Connection;

use crate::{Ident, Model, Result, Table, query};

/// Every row of a model's table, in no order that could be relied on.
///
/// # Errors
/// When there is no such table, it lacks one of the model's columns, or
/// [`Model::from_row`] refuses a row.
pub fn all<M: Model>(conn: &Connection) -> Result<Vec<M>> {
    query::<M>().all(conn)
}

/// The columns of a table, as a query names them.
pub(crate) fn columns(table: &Table) -> String {
    let columns = table.columns.iter();
    let names: Vec<String> = columns
        .map(|column| qualified(table, &column.name))
        .collect();
    names.join(", ")
}

/// A column with its table. A name in double quotes that is no column SQLite
/// takes for a piece of text (<https://sqlite.org/quirks.html#dblquote>); with
/// its table it does not.
pub(crate) fn qualified(table: &Table, column: &Ident) -> String {
    format!("{}.{}", table.name.quoted(), column.quoted())
}
