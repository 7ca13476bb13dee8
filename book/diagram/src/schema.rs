//! What SQLite says of its tables.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result, params};

/// The tables of a database, by name, without SQLite's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    pub tables: Vec<Table>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    pub foreign_keys: Vec<ForeignKey>,
    /// The columns of the primary key, of each UNIQUE and of each unique index
    /// that holds for every row.
    pub unique: Vec<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// As declared; empty when no type is.
    pub declared: String,
    pub is_key: bool,
    /// Declared NOT NULL, or the key that SQLite assigns.
    pub is_required: bool,
    /// Unique by itself, and not the key.
    pub is_unique: bool,
    pub is_foreign: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    pub columns: Vec<String>,
    pub table: String,
    /// Of the other table; empty when its primary key is meant and unknown.
    pub references: Vec<String>,
    /// Each row has a row of the other table.
    pub is_required: bool,
    /// A row of the other table has one row here at most.
    pub is_one_to_one: bool,
}

impl Schema {
    /// # Errors
    /// When SQLite cannot read its schema.
    pub fn read(conn: &Connection) -> Result<Self> {
        let names: Vec<String> = conn
            .prepare(
                "SELECT name FROM sqlite_schema
                 WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_>>()?;
        let mut tables = names
            .iter()
            .map(|name| table(conn, name))
            .collect::<Result<Vec<_>>>()?;
        let keys: BTreeMap<String, Vec<String>> = tables
            .iter()
            .map(|table| (table.name.to_lowercase(), table.key()))
            .collect();
        for key in tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
            if key.references.is_empty()
                && let Some(columns) = keys.get(&key.table.to_lowercase())
            {
                key.references.clone_from(columns);
            }
        }
        Ok(Schema { tables })
    }

    /// By name, as SQLite compares names.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables
            .iter()
            .find(|table| table.name.eq_ignore_ascii_case(name))
    }
}

impl Table {
    fn key(&self) -> Vec<String> {
        self.columns
            .iter()
            .filter(|column| column.is_key)
            .map(|column| column.name.clone())
            .collect()
    }
}

fn table(conn: &Connection, name: &str) -> Result<Table> {
    let mut columns = columns(conn, name)?;
    let mut unique = unique(conn, name)?;
    let key: Vec<String> = columns
        .iter()
        .filter(|column| column.is_key)
        .map(|column| column.name.clone())
        .collect();
    if !key.is_empty() && !unique.contains(&key) {
        unique.push(key);
    }
    let mut foreign_keys = foreign_keys(conn, name)?;
    for column in &mut columns {
        let alone = [column.name.clone()];
        column.is_unique = !column.is_key && unique.iter().any(|set| same(set, &alone));
        column.is_foreign = foreign_keys
            .iter()
            .any(|key| key.columns.iter().any(|name| is(name, &column.name)));
    }
    for key in &mut foreign_keys {
        key.is_required = key.columns.iter().all(|name| {
            columns
                .iter()
                .any(|column| is(&column.name, name) && column.is_required)
        });
        key.is_one_to_one = unique.iter().any(|set| {
            set.iter()
                .all(|name| key.columns.iter().any(|other| is(name, other)))
        });
    }
    Ok(Table {
        name: name.to_owned(),
        columns,
        foreign_keys,
        unique,
    })
}

fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .all(|name| other.iter().any(|other| is(name, other)))
}

fn columns(conn: &Connection, table: &str) -> Result<Vec<Column>> {
    let keys: i64 = conn.query_row(
        "SELECT count(*) FROM pragma_table_xinfo(?1) WHERE pk > 0",
        params![table],
        |row| row.get(0),
    )?;
    conn.prepare("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid")?
        .query_map(params![table], |row| {
            let declared: String = row.get(1)?;
            let is_key = row.get::<_, i64>(3)? > 0;
            let is_assigned = is_key && keys == 1 && declared.eq_ignore_ascii_case("integer");
            Ok(Column {
                name: row.get(0)?,
                is_key,
                is_required: row.get::<_, bool>(2)? || is_assigned,
                is_unique: false,
                is_foreign: false,
                declared,
            })
        })?
        .collect()
}

/// Indexes of expressions have columns without a name: they tell nothing here.
fn unique(conn: &Connection, table: &str) -> Result<Vec<Vec<String>>> {
    let indexes: Vec<String> = conn
        .prepare("SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND NOT partial ORDER BY seq DESC")?
        .query_map(params![table], |row| row.get(0))?
        .collect::<Result<_>>()?;
    let mut sets = Vec::new();
    for index in indexes {
        let names: Vec<Option<String>> = conn
            .prepare("SELECT name FROM pragma_index_info(?1) ORDER BY seqno")?
            .query_map(params![index], |row| row.get(0))?
            .collect::<Result<_>>()?;
        sets.extend(names.into_iter().collect::<Option<Vec<String>>>());
    }
    Ok(sets)
}

fn foreign_keys(conn: &Connection, table: &str) -> Result<Vec<ForeignKey>> {
    type Part = (i64, String, String, Option<String>);
    let parts: Vec<Part> = conn
        .prepare("SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq")?
        .query_map(params![table], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_>>()?;
    let mut keys: Vec<(i64, ForeignKey)> = Vec::new();
    for (id, table, from, to) in parts {
        match keys.last_mut().filter(|(last, _)| *last == id) {
            Some((_, key)) => {
                key.columns.push(from);
                key.references.extend(to);
            }
            None => keys.push((
                id,
                ForeignKey {
                    columns: vec![from],
                    table,
                    references: to.into_iter().collect(),
                    is_required: false,
                    is_one_to_one: false,
                },
            )),
        }
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}
