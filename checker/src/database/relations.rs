//! Foreign keys, as relationships between tables.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result};

use super::model::{Relation, Relationship, Table};
use super::open::in_words;
use super::sql::{all, quoted, text};

/// More rows without a parent are counted, and not named.
const NAMED: usize = 5;

/// Every foreign key of `tables`, in their order.
pub(super) fn read(conn: &Connection, tables: &[Table]) -> Result<Vec<Relation>> {
    let mut relations = Vec::new();
    for table in tables {
        let mut keys: BTreeMap<i64, Relation> = BTreeMap::new();
        let parts = all(
            conn,
            "SELECT id, \"table\", \"from\", \"to\", on_delete, on_update
               FROM pragma_foreign_key_list(?1, 'main') ORDER BY id, seq",
            [&table.name],
            |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    text(row, 1)?,
                    text(row, 2)?,
                    text(row, 3)?,
                    (text(row, 4)?, text(row, 5)?),
                ))
            },
        )?;
        for (id, parent, from, to, (on_delete, on_update)) in parts {
            let found = find(tables, &parent);
            let relation = keys.entry(id).or_insert_with(|| Relation {
                child: table.name.clone(),
                child_columns: Vec::new(),
                parent: found.map_or(parent, |table| table.name.clone()),
                parent_columns: Vec::new(),
                relationship: Relationship::ManyToOne,
                optional: false,
                on_delete,
                on_update,
                parent_exists: found.is_some(),
            });
            let written = |table: Option<&Table>, name: String| {
                let column = table.and_then(|table| table.column(&name));
                column.map_or(name, |column| column.name.clone())
            };
            relation.child_columns.push(written(Some(table), from));
            if !to.is_empty() {
                relation.parent_columns.push(written(found, to));
            }
        }
        // SQLite lists the last one first.
        relations.extend(
            keys.into_values()
                .rev()
                .map(|relation| settle(relation, tables, table)),
        );
    }
    Ok(relations)
}

fn settle(mut relation: Relation, tables: &[Table], child: &Table) -> Relation {
    if relation.parent_columns.is_empty()
        && let Some(parent) = find(tables, &relation.parent)
    {
        // `REFERENCES users` means its primary key.
        relation.parent_columns = parent.primary_key().map(str::to_owned).collect();
    }
    let columns = &relation.child_columns;
    let key: Vec<&str> = child.primary_key().collect();
    let is_within = |unique: &[&str]| {
        !unique.is_empty()
            && unique.iter().all(|part| {
                columns
                    .iter()
                    .any(|column| column.eq_ignore_ascii_case(part))
            })
    };
    let is_unique = is_within(&key)
        || child.indexes.iter().any(|index| {
            let parts: Option<Vec<&str>> = index.columns.iter().map(Option::as_deref).collect();
            index.unique && !index.partial && parts.is_some_and(|parts| is_within(&parts))
        });
    if is_unique {
        relation.relationship = Relationship::OneToOne;
    }
    relation.optional = columns.iter().any(|name| {
        let column = child.column(name);
        column.is_none_or(|column| !column.not_null && column.primary_key.is_none())
    });
    relation
}

fn find<'t>(tables: &'t [Table], name: &str) -> Option<&'t Table> {
    tables
        .iter()
        .find(|table| table.name.eq_ignore_ascii_case(name))
}

/// Rows without a parent, and foreign keys that cannot work, in words.
pub(super) fn findings(conn: &Connection, tables: &[Table]) -> Vec<String> {
    let mut findings = Vec::new();
    for table in tables {
        // One table at a time: a key that cannot work stops the pragma.
        let found = all(
            conn,
            &format!("PRAGMA main.foreign_key_check({})", quoted(&table.name)),
            [],
            |row| Ok((row.get::<_, Option<i64>>(1)?, text(row, 2)?)),
        );
        match found {
            Ok(rows) => {
                for (rowid, parent) in rows.iter().take(NAMED) {
                    let parent = find(tables, parent).map_or(parent, |table| &table.name);
                    findings.push(match rowid {
                        Some(rowid) => format!(
                            "the row of {} with the rowid {rowid} has no row in {parent}",
                            table.name
                        ),
                        None => format!("a row of {} has no row in {parent}", table.name),
                    });
                }
                if rows.len() > NAMED {
                    findings.push(format!(
                        "and {} more rows of {}",
                        rows.len() - NAMED,
                        table.name
                    ));
                }
            }
            Err(error) => findings.push(format!("{}: {}", table.name, in_words(&error))),
        }
    }
    findings
}
