//! Adds a row.

use std::collections::BTreeSet;

use rusqlite::{Connection, params_from_iter};

use crate::ident::list;
use crate::select::columns;
use crate::{Error, Ident, Model, Result, Table, read, table_of};

/// Adds a row and returns it as the database now holds it: with the id that
/// SQLite assigned, and with the defaults of columns that were left out.
///
/// # Errors
/// When [`Model::values`] names a column twice or one that the table does not
/// have, and when SQLite refuses the row.
pub fn insert<M: Model>(conn: &Connection, row: &M) -> Result<M> {
    let table = table_of::<M>()?;
    let (names, values): (Vec<_>, Vec<_>) = row.values().into_iter().unzip();
    let names: Vec<Ident> = names.into_iter().map(Ident::from).collect();
    distinct_columns(&table, &names)?;
    let sql = format!(
        "INSERT INTO {} {} RETURNING {}",
        table.name.quoted(),
        what(&names),
        columns(&table),
    );
    // `query_one` runs the statement to its end. `query_row` stops at the row,
    // and an error of the commit, which comes after it, would be lost.
    conn.query_one(&sql, params_from_iter(values), |row| {
        Ok(read::model(&table, row))
    })?
}

fn what(names: &[Ident]) -> String {
    if names.is_empty() {
        return "DEFAULT VALUES".to_owned();
    }
    let placeholders = vec!["?"; names.len()].join(", ");
    format!("({}) VALUES ({placeholders})", list(names))
}

/// SQLite takes the first of two values for one column without a word.
fn distinct_columns(table: &Table, names: &[Ident]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !table.columns.iter().any(|column| column.name == *name) {
            return Err(Error::UnknownColumn {
                table: table.name.clone(),
                column: name.clone(),
                by: "model's `values`",
            });
        }
        if !seen.insert(name) {
            return Err(Error::DuplicateColumn {
                table: table.name.clone(),
                column: name.clone(),
            });
        }
    }
    Ok(())
}
