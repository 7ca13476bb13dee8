//! What a definition must be before SQL is made of it.

use std::collections::BTreeSet;

use crate::{Error, Ident, Result, ServerDefault, Table};

pub(super) fn check(table: &Table) -> Result<()> {
    let name = || table.name.clone();
    if table.columns.is_empty() {
        return Err(Error::NoColumns { table: name() });
    }
    if let Some(nul) = names(table).find(|name| name.as_str().contains('\0')) {
        return Err(Error::Nul { name: nul.clone() });
    }
    let mut columns = BTreeSet::new();
    for column in &table.columns {
        if !columns.insert(&column.name) {
            return Err(Error::DuplicateColumn {
                table: name(),
                column: column.name.clone(),
            });
        }
        if let Some(ServerDefault::Text(text)) = &column.default
            && text.contains('\0')
        {
            return Err(Error::Nul {
                name: column.name.clone(),
            });
        }
    }
    match named(table).find(|(_, column)| !columns.contains(column)) {
        None => Ok(()),
        Some((by, column)) => Err(Error::UnknownColumn {
            table: name(),
            column: column.clone(),
            by,
        }),
    }
}

/// Every column that something else of the table names, and what names it.
fn named(table: &Table) -> impl Iterator<Item = (&'static str, &Ident)> {
    let key = table.primary_key.iter().map(|c| ("primary key", c));
    let uniques = table.uniques.iter().flat_map(|unique| &unique.columns);
    let keys = table.foreign_keys.iter().flat_map(|key| &key.columns);
    let indexes = table.indexes.values().flat_map(|index| index.columns());
    key.chain(uniques.map(|c| ("UNIQUE constraint", c)))
        .chain(keys.map(|c| ("foreign key", c)))
        .chain(indexes.map(|c| ("index", c)))
}

/// Every name that the SQL will contain.
fn names(table: &Table) -> impl Iterator<Item = &Ident> {
    let columns = table.columns.iter().map(|column| &column.name);
    let parents = table.foreign_keys.iter().flat_map(|key| {
        key.name
            .iter()
            .chain([&key.parent])
            .chain(&key.parent_columns)
    });
    [&table.name]
        .into_iter()
        .chain(columns)
        .chain(parents)
        .chain(
            table
                .uniques
                .iter()
                .filter_map(|unique| unique.name.as_ref()),
        )
        .chain(table.checks.iter().filter_map(|check| check.name.as_ref()))
        .chain(table.indexes.keys())
}
