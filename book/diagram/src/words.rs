//! The diagram for those who do not see it.

use crate::schema::{Column, ForeignKey, Schema, Table};

/// A sentence for each table and one for each foreign key.
#[must_use]
pub fn words(schema: &Schema) -> Vec<String> {
    let mut out: Vec<String> = schema.tables.iter().map(table).collect();
    for table in &schema.tables {
        for key in &table.foreign_keys {
            out.push(relationship(schema, table, key));
        }
    }
    if out.is_empty() {
        out.push("There are no tables.".to_owned());
    }
    out
}

fn table(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    format!("Table {}: {}.", table.name, columns.join("; "))
}

fn column(column: &Column) -> String {
    let mut facts = Vec::new();
    if !column.declared.is_empty() {
        facts.push(column.declared.clone());
    }
    for (is, fact) in [
        (column.is_key, "primary key"),
        (column.is_required && !column.is_key, "required"),
        (column.is_unique, "unique"),
        (column.is_foreign, "foreign key"),
    ] {
        if is {
            facts.push(fact.to_owned());
        }
    }
    if facts.is_empty() {
        column.name.clone()
    } else {
        format!("{} ({})", column.name, facts.join(", "))
    }
}

fn relationship(schema: &Schema, table: &Table, key: &ForeignKey) -> String {
    let names = |owner: &str, columns: &[String]| {
        let names: Vec<String> = columns
            .iter()
            .map(|column| format!("{owner}.{column}"))
            .collect();
        if names.is_empty() {
            owner.to_owned()
        } else {
            names.join(", ")
        }
    };
    let from = names(&table.name, &key.columns);
    if schema.table(&key.table).is_none() {
        return format!("{from} refers to {}, which is not there.", key.table);
    }
    let to = names(&key.table, &key.references);
    let here = if key.is_required {
        "one row"
    } else {
        "one row or none"
    };
    let there = if key.is_one_to_one {
        "at most one row"
    } else {
        "any number of rows"
    };
    format!(
        "{from} refers to {to}: each row of {} belongs to {here} of {}, and to a row of {} belong {there} of {}.",
        table.name, key.table, key.table, table.name
    )
    .replace("belong at most one row", "belongs at most one row")
}
