//! Rows to models, with errors that say which row of which table.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::{Error, Ident, Model, Result, Table};

/// A model from a row of exactly its table's columns, in their order.
pub(crate) fn model<M: Model>(table: &Table, row: &Row<'_>) -> Result<M> {
    M::from_row(row).map_err(|error| refused(table, row, error))
}

/// A number from such a row.
pub(crate) fn integer(table: &Table, row: &Row<'_>, column: &Ident) -> Result<i64> {
    let value = row.get(table.position(column).unwrap_or(usize::MAX));
    value.map_err(|error| refused(table, row, error))
}

/// The error of reading a row, with the table, the column and the row's key.
fn refused(table: &Table, row: &Row<'_>, error: rusqlite::Error) -> Error {
    let index = match &error {
        rusqlite::Error::InvalidColumnType(index, ..)
        | rusqlite::Error::FromSqlConversionFailure(index, ..)
        | rusqlite::Error::IntegralValueOutOfRange(index, _)
        | rusqlite::Error::Utf8Error(index, _) => *index,
        rusqlite::Error::InvalidColumnName(name) => {
            return Error::UnknownColumn {
                table: table.name.clone(),
                column: Ident::from(name.as_str()),
                by: "model's `from_row`",
            };
        }
        _ => return Error::Sqlite(error),
    };
    match table.columns.get(index) {
        None => Error::Sqlite(error),
        Some(column) => Error::Row {
            table: table.name.clone(),
            column: column.name.clone(),
            key: key(table, row),
            source: Box::new(error),
        },
    }
}

/// The row's primary key, if it is a number.
fn key(table: &Table, row: &Row<'_>) -> Option<i64> {
    let key = table.primary_key.first()?;
    match row.get_ref(table.position(key)?) {
        Ok(ValueRef::Integer(key)) => Some(key),
        _ => None,
    }
}
