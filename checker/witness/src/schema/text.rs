//! A schema written out, always in the same way.

use std::fmt::Write;

use super::model::{Column, ForeignKey, Generated, Index, Schema, Table};

pub(crate) fn schema(schema: &Schema) -> String {
    let mut statements: Vec<String> = schema.tables.values().map(table).collect();
    statements.extend(
        schema
            .views
            .values()
            .map(|name| format!("CREATE VIEW {name} AS …;")),
    );
    statements.join("\n")
}

fn table(table: &Table) -> String {
    if table.is_virtual {
        return format!("CREATE VIRTUAL TABLE {} …;", table.name);
    }
    let mut lines: Vec<String> = table
        .columns
        .iter()
        .map(|part| column(table, part))
        .collect();
    if table.primary_key.len() > 1 {
        lines.push(format!("PRIMARY KEY ({})", table.primary_key.join(", ")));
    }
    for columns in table.uniques() {
        if columns.len() > 1 || !columns.iter().all(|(_, rule)| rule == "binary") {
            lines.push(format!("UNIQUE ({})", names(&columns)));
        }
    }
    lines.extend(table.foreign_keys.iter().map(foreign_key));
    let mut options = Vec::new();
    if table.strict {
        options.push("STRICT");
    }
    if table.without_rowid {
        options.push("WITHOUT ROWID");
    }
    let mut text = format!(
        "CREATE TABLE {} (\n  {}\n){}{};",
        table.name,
        lines.join(",\n  "),
        if options.is_empty() { "" } else { " " },
        options.join(", ")
    );
    for part in table.indexes.iter().filter(|index| !index.is_unique_rule()) {
        let _ = write!(text, "\nCREATE {};", index(&table.name, part));
    }
    text
}

fn column(table: &Table, column: &Column) -> String {
    let mut text = column.name.clone();
    if !column.declared.is_empty() {
        let _ = write!(text, " {}", column.declared);
    }
    let is_key = table.primary_key == [column.name.clone()];
    if is_key {
        text.push_str(" PRIMARY KEY");
    }
    if is_key && table.autoincrement {
        text.push_str(" AUTOINCREMENT");
    }
    if column.not_null && !(is_key && (table.is_rowid || table.without_rowid)) {
        text.push_str(" NOT NULL");
    }
    let own = vec![(column.name.to_ascii_lowercase(), "binary".to_owned())];
    if table.uniques().contains(&own) {
        text.push_str(" UNIQUE");
    }
    if let Some(default) = &column.default {
        let _ = write!(text, " DEFAULT {default}");
    }
    match column.generated {
        Generated::No => {}
        Generated::Virtual => text.push_str(" AS (…) VIRTUAL"),
        Generated::Stored => text.push_str(" AS (…) STORED"),
    }
    text
}

pub(crate) fn foreign_key(key: &ForeignKey) -> String {
    let mut text = format!(
        "FOREIGN KEY ({}) REFERENCES {}",
        key.columns.join(", "),
        key.parent
    );
    if !key.parent_columns.is_empty() {
        let _ = write!(text, " ({})", key.parent_columns.join(", "));
    }
    for (event, action) in [("UPDATE", &key.on_update), ("DELETE", &key.on_delete)] {
        if action != "NO ACTION" {
            let _ = write!(text, " ON {event} {action}");
        }
    }
    text
}

pub(crate) fn unique(table: &str, columns: &[(String, String)]) -> String {
    match columns {
        [(name, rule)] if rule == "binary" => format!("UNIQUE on {table}.{name}"),
        _ => format!("UNIQUE ({}) on {table}", names(columns)),
    }
}

fn names(columns: &[(String, String)]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|(name, rule)| match rule.as_str() {
            "binary" => name.clone(),
            _ => format!("{name} COLLATE {}", rule.to_ascii_uppercase()),
        })
        .collect();
    names.join(", ")
}

pub(crate) fn index(table: &str, index: &Index) -> String {
    let parts: Vec<String> = index
        .parts
        .iter()
        .map(|part| {
            let mut text = part
                .column
                .clone()
                .unwrap_or_else(|| "<expression>".to_owned());
            if part.collation != "binary" {
                let _ = write!(text, " COLLATE {}", part.collation.to_ascii_uppercase());
            }
            if part.descending {
                text.push_str(" DESC");
            }
            text
        })
        .collect();
    format!(
        "{}INDEX ON {table} ({}){}",
        if index.unique { "UNIQUE " } else { "" },
        parts.join(", "),
        if index.partial { " WHERE …" } else { "" }
    )
}
