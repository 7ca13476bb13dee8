//! Definitions written as SQL. Every name is quoted.

use crate::ident::list;
use crate::{Action, Column, ColumnType, ForeignKey, Ident, Index, IndexKey, Table};

pub(super) fn create_table(table: &Table) -> String {
    let mut parts: Vec<String> = table
        .columns
        .iter()
        .map(|column| definition(table, column))
        .collect();
    if !table.primary_key.is_empty() && row_id(table).is_none() {
        parts.push(format!("PRIMARY KEY ({})", list(&table.primary_key)));
    }
    for unique in &table.uniques {
        let columns = list(&unique.columns);
        parts.push(constraint(
            unique.name.as_ref(),
            &format!("UNIQUE ({columns})"),
        ));
    }
    for check in &table.checks {
        parts.push(constraint(
            check.name.as_ref(),
            &format!("CHECK ({})", check.expr),
        ));
    }
    for key in &table.foreign_keys {
        parts.push(constraint(key.name.as_ref(), &foreign_key(key)));
    }
    let name = table.name.quoted();
    format!("CREATE TABLE {name} (\n    {}\n)", parts.join(",\n    "))
}

pub(super) fn create_index(table: &Ident, index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let keys: Vec<String> = index.keys.iter().map(key).collect();
    let mut sql = format!(
        "CREATE {unique}INDEX {} ON {} ({})",
        index.name.quoted(),
        table.quoted(),
        keys.join(", ")
    );
    if let Some(filter) = &index.filter {
        sql.push_str(&format!(" WHERE {filter}"));
    }
    sql
}

/// The column that is the row's id: it must be declared exactly
/// `INTEGER PRIMARY KEY` (<https://sqlite.org/lang_createtable.html#rowid>).
fn row_id(table: &Table) -> Option<&Column> {
    let [key] = table.primary_key.as_slice() else {
        return None;
    };
    table
        .column_named(key)
        .filter(|column| column.ty == ColumnType::Integer)
}

fn definition(table: &Table, column: &Column) -> String {
    let mut sql = format!("{} {}", column.name.quoted(), column.ty);
    if row_id(table) == Some(column) {
        sql.push_str(" PRIMARY KEY");
    }
    if !column.nullable {
        sql.push_str(" NOT NULL");
    }
    if let Some(default) = &column.default {
        sql.push_str(&format!(" DEFAULT {default}"));
    }
    if let Some((rule, condition)) = column.ty.check(&column.name) {
        let name = Ident::from(format!("ck_{}_{}_{rule}", table.name, column.name));
        sql.push(' ');
        sql.push_str(&constraint(Some(&name), &format!("CHECK ({condition})")));
    }
    sql
}

fn constraint(name: Option<&Ident>, rule: &str) -> String {
    match name {
        Some(name) => format!("CONSTRAINT {} {rule}", name.quoted()),
        None => rule.to_owned(),
    }
}

fn foreign_key(key: &ForeignKey) -> String {
    let mut sql = format!(
        "FOREIGN KEY ({}) REFERENCES {}",
        list(&key.columns),
        key.parent.quoted()
    );
    if !key.parent_columns.is_empty() {
        sql.push_str(&format!(" ({})", list(&key.parent_columns)));
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != Action::NoAction {
            sql.push_str(&format!(" ON {event} {action}"));
        }
    }
    if key.deferred {
        sql.push_str(" DEFERRABLE INITIALLY DEFERRED");
    }
    sql
}

fn key(key: &IndexKey) -> String {
    match key {
        IndexKey::Ascending(column) => column.quoted(),
        IndexKey::Descending(column) => format!("{} DESC", column.quoted()),
        IndexKey::Expr(sql) => format!("({sql})"),
    }
}
