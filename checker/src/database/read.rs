//! From a connection to what the database holds.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::model::{Cell, Column, Contents, Definition, Index, Rows, Table};
use super::open::in_words;
use super::relations;
use super::sql::{all, quoted, text};
use crate::digest::hex;

/// More rows of a table are counted, and not read.
const ROWS: u32 = 20;
/// More bytes of a BLOB are counted, and not kept.
const BYTES: usize = 32;

/// Reads everything that is shown. A table whose rows cannot be read says so;
/// the others are read.
///
/// # Errors
///
/// When the schema itself cannot be read.
pub(crate) fn read(conn: &Connection) -> Result<Contents> {
    let mut contents = Contents {
        user_version: conn.pragma_query_value(None, "user_version", |row| row.get(0))?,
        ..Contents::default()
    };
    // Not sqlite's own tables, nor those that a virtual table keeps.
    let defined = all(
        conn,
        "SELECT type, name, coalesce(sql, '') FROM main.sqlite_schema
          WHERE type <> 'index' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            AND name NOT IN (SELECT name FROM pragma_table_list
                              WHERE schema = 'main' AND type = 'shadow')
          ORDER BY rowid",
        [],
        |row| Ok((row.get::<_, String>(0)?, text(row, 1)?, text(row, 2)?)),
    )?;
    for (kind, name, sql) in defined {
        match kind.as_str() {
            "table" => contents.tables.push(table(conn, name, sql)?),
            "view" => contents.views.push(Definition { name, sql }),
            _ => contents.triggers.push(Definition { name, sql }),
        }
    }
    contents.relations = relations::read(conn, &contents.tables)?;
    contents.foreign_key_findings = relations::findings(conn, &contents.tables);
    Ok(contents)
}

fn table(conn: &Connection, name: String, sql: String) -> Result<Table> {
    let columns = all(
        conn,
        "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1, 'main')
          WHERE hidden <> 1 ORDER BY cid",
        [&name],
        |row| {
            Ok(Column {
                name: text(row, 0)?,
                declared: text(row, 1)?,
                not_null: row.get(2)?,
                primary_key: row.get::<_, Option<u32>>(3)?.filter(|place| *place > 0),
            })
        },
    )?;
    Ok(Table {
        indexes: indexes(conn, &name)?,
        rows: rows(conn, &name, &columns),
        name,
        sql,
        columns,
    })
}

fn indexes(conn: &Connection, table: &str) -> Result<Vec<Index>> {
    let mut indexes = all(
        conn,
        "SELECT list.name, list.\"unique\", list.partial, made.sql
           FROM pragma_index_list(?1, 'main') AS list
           LEFT JOIN main.sqlite_schema AS made ON made.type = 'index' AND made.name = list.name
          ORDER BY list.seq DESC",
        [table],
        |row| {
            Ok(Index {
                name: text(row, 0)?,
                unique: row.get(1)?,
                partial: row.get(2)?,
                columns: Vec::new(),
                sql: Some(text(row, 3)?).filter(|sql| !sql.is_empty()),
            })
        },
    )?;
    for index in &mut indexes {
        index.columns = all(
            conn,
            "SELECT name FROM pragma_index_info(?1, 'main') ORDER BY seqno",
            [&index.name],
            |row| Ok(Some(text(row, 0)?).filter(|name| !name.is_empty())),
        )?;
    }
    Ok(indexes)
}

fn rows(conn: &Connection, table: &str, columns: &[Column]) -> Rows {
    let mut rows = Rows::default();
    if let Err(error) = fill(conn, table, columns, &mut rows) {
        rows.error = Some(in_words(&error));
    }
    rows
}

fn fill(conn: &Connection, table: &str, columns: &[Column], rows: &mut Rows) -> Result<()> {
    let from = quoted(table);
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let mut statement = conn.prepare(&format!(
        "SELECT {} FROM main.{from} LIMIT {ROWS}",
        names.join(", ")
    ))?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let cells = (0..columns.len()).map(|index| Ok(cell(row.get_ref(index)?)));
        rows.shown.push(cells.collect::<Result<_>>()?);
    }
    let count = format!("SELECT count(*) FROM main.{from}");
    rows.count = conn
        .query_row(&count, [], |row| row.get::<_, i64>(0))?
        .unsigned_abs();
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) if number.is_finite() => Cell::Real(number),
        ValueRef::Real(number) => Cell::Infinite(number.to_string()),
        ValueRef::Text(bytes) => Cell::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Cell::Blob {
            hex: hex(bytes.get(..BYTES.min(bytes.len())).unwrap_or_default()),
            length: bytes.len(),
        },
    }
}
