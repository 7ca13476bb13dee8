//! From a database to what its schema means, by PRAGMAs.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result, Row};

use super::model::{Column, ForeignKey, Generated, Index, Part, Schema, Table};

pub(crate) fn schema(conn: &Connection) -> Result<Schema> {
    let mut schema = Schema::default();
    let listed = all(
        conn,
        "SELECT name, type, wr, strict FROM pragma_table_list
         WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        [],
        |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, bool>(2)?,
                row.get::<_, bool>(3)?,
            ))
        },
    )?;
    for (name, kind, without_rowid, strict) in listed {
        let key = name.to_ascii_lowercase();
        match kind.as_str() {
            "view" => {
                schema.views.insert(key, name);
            }
            "table" | "virtual" => {
                let table = table(
                    conn,
                    Table {
                        is_virtual: kind == "virtual",
                        name,
                        strict,
                        without_rowid,
                        ..Table::default()
                    },
                )?;
                schema.tables.insert(key, table);
            }
            _ => {}
        }
    }
    let triggers = all(
        conn,
        "SELECT lower(name), tbl_name FROM main.sqlite_schema WHERE type = 'trigger'",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    schema.triggers = triggers.into_iter().collect();
    resolve_parents(&mut schema);
    Ok(schema)
}

fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    row: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    conn.prepare(sql)?.query_map(params, row)?.collect()
}

fn table(conn: &Connection, mut table: Table) -> Result<Table> {
    let mut keys: BTreeMap<i64, String> = BTreeMap::new();
    let columns = all(
        conn,
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden
         FROM pragma_table_xinfo(?1, 'main') WHERE hidden <> 1",
        [&table.name],
        |row| {
            let column = Column {
                name: row.get(0)?,
                declared: row.get(1)?,
                not_null: row.get(2)?,
                default: row.get(3)?,
                generated: match row.get::<_, i64>(5)? {
                    2 => Generated::Virtual,
                    3 => Generated::Stored,
                    _ => Generated::No,
                },
            };
            Ok((column, row.get::<_, i64>(4)?))
        },
    )?;
    for (mut column, position) in columns {
        column
            .default
            .take_if(|text| text.trim().eq_ignore_ascii_case("null"));
        if position > 0 {
            keys.insert(position, column.name.clone());
        }
        table.columns.push(column);
    }
    table.primary_key = keys.into_values().collect();

    let mut has_key_index = false;
    let indexes = all(
        conn,
        "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?1, 'main')",
        [&table.name],
        |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, bool>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, bool>(3)?,
            ))
        },
    )?;
    for (name, unique, origin, partial) in indexes {
        if origin == "pk" {
            has_key_index = true;
            continue;
        }
        let parts = parts(conn, &name)?;
        table.indexes.push(Index {
            name,
            unique,
            partial,
            is_named: origin == "c",
            parts,
        });
    }
    table.is_rowid = !table.primary_key.is_empty() && !has_key_index && !table.without_rowid;
    if table.is_rowid || table.without_rowid {
        let key = table.primary_key.clone();
        for column in &mut table.columns {
            column.not_null |= key.contains(&column.name);
        }
    }
    table.foreign_keys = foreign_keys(conn, &table.name)?.into_iter().collect();
    table.autoincrement = autoincrement(conn, &table.name)?;
    Ok(table)
}

fn parts(conn: &Connection, index: &str) -> Result<Vec<Part>> {
    all(
        conn,
        "SELECT lower(name), \"desc\", lower(coll) FROM pragma_index_xinfo(?1, 'main')
         WHERE key = 1 ORDER BY seqno",
        [index],
        |row| {
            Ok(Part {
                column: row.get(0)?,
                descending: row.get(1)?,
                collation: row.get(2)?,
            })
        },
    )
}

fn foreign_keys(conn: &Connection, table: &str) -> Result<Vec<ForeignKey>> {
    let mut keys: BTreeMap<i64, ForeignKey> = BTreeMap::new();
    let rows = all(
        conn,
        "SELECT id, lower(\"from\"), lower(\"table\"), lower(\"to\"), on_update, on_delete
         FROM pragma_foreign_key_list(?1, 'main') ORDER BY id, seq",
        [table],
        |row| {
            let key = ForeignKey {
                columns: vec![row.get(1)?],
                parent: row.get(2)?,
                parent_columns: row.get::<_, Option<String>>(3)?.into_iter().collect(),
                on_update: row.get(4)?,
                on_delete: row.get(5)?,
            };
            Ok((row.get::<_, i64>(0)?, key))
        },
    )?;
    for (id, part) in rows {
        match keys.get_mut(&id) {
            Some(key) => {
                key.columns.extend(part.columns);
                key.parent_columns.extend(part.parent_columns);
            }
            None => {
                keys.insert(id, part);
            }
        }
    }
    Ok(keys.into_values().collect())
}

/// `REFERENCES users` means the primary key of `users`.
fn resolve_parents(schema: &mut Schema) {
    let keys: BTreeMap<String, Vec<String>> = schema
        .tables
        .iter()
        .map(|(name, table)| {
            let key = table.primary_key.iter();
            (
                name.clone(),
                key.map(|part| part.to_ascii_lowercase()).collect(),
            )
        })
        .collect();
    for table in schema.tables.values_mut() {
        let resolved = std::mem::take(&mut table.foreign_keys)
            .into_iter()
            .map(|mut key| {
                if key.parent_columns.is_empty() {
                    key.parent_columns = keys.get(&key.parent).cloned().unwrap_or_default();
                }
                key
            })
            .collect();
        table.foreign_keys = resolved;
    }
}

/// No PRAGMA tells it; the word is reserved, so outside of quotes and comments
/// it means one thing.
fn autoincrement(conn: &Connection, table: &str) -> Result<bool> {
    let sql: Option<String> = conn
        .query_row(
            "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?1",
            [table],
            |row| row.get(0),
        )
        .unwrap_or_default();
    Ok(sql.is_some_and(|sql| words(&sql).any(|word| word.eq_ignore_ascii_case("autoincrement"))))
}

/// The bare words of a statement.
fn words(sql: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    let mut rest = sql.chars().peekable();
    while let Some(first) = rest.next() {
        match first {
            '\'' | '"' | '`' => while rest.next().is_some_and(|next| next != first) {},
            '[' => while rest.next().is_some_and(|next| next != ']') {},
            '-' if rest.peek() == Some(&'-') => {
                while rest.next().is_some_and(|next| next != '\n') {}
            }
            '/' if rest.peek() == Some(&'*') => {
                let mut last = ' ';
                rest.next();
                for next in rest.by_ref() {
                    if last == '*' && next == '/' {
                        break;
                    }
                    last = next;
                }
            }
            first if first.is_alphanumeric() || first == '_' => {
                let mut word = String::from(first);
                while let Some(next) = rest.next_if(|next| next.is_alphanumeric() || *next == '_') {
                    word.push(next);
                }
                found.push(word);
            }
            _ => {}
        }
    }
    found.into_iter()
}
