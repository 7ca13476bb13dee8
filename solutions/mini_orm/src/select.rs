//! Reads rows.

use rusqlite::Connection;

use crate::{Model, Result, Table, table_of};

/// Every row of a model's table, in no order that could be relied on.
///
/// # Errors
/// When there is no such table, it lacks one of the model's columns, or
/// [`Model::from_row`] refuses a row.
pub fn all<M: Model>(conn: &Connection) -> Result<Vec<M>> {
    let table = table_of::<M>()?;
    let sql = format!("SELECT {} FROM {}", columns(&table), table.name.quoted());
    let mut statement = conn.prepare(&sql)?;
    let rows = statement.query_map([], M::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The columns of a table, as a query names them: with their table. A name in
/// double quotes that is no column SQLite takes for a piece of text
/// (<https://sqlite.org/quirks.html#dblquote>); with its table it does not.
pub(crate) fn columns(table: &Table) -> String {
    let name = table.name.quoted();
    let columns = table.columns.iter();
    let qualified: Vec<String> = columns
        .map(|column| format!("{name}.{}", column.name.quoted()))
        .collect();
    qualified.join(", ")
}
