//! What a database holds: rows, relations, schema.

use std::fmt::Write as _;

use witness::evidence::Statement;

use super::grid::{cut, grid};
use super::statements::squeeze;
use super::style::{BAD, FAINT, GOOD, STRONG, paint};
use super::{plain, wrap};
use crate::database::{Cell, Contents, Index, Relation, Relationship, Table};

/// Later statements than these are shown; earlier ones are counted.
const STATEMENTS: usize = 30;

/// Everything, in the order in which it answers questions: rows first.
pub(crate) fn database(contents: &Contents, width: usize) -> String {
    let mut out = String::new();
    if contents.tables.is_empty() {
        out.push_str("\nIt holds no table.\n");
    }
    for table in &contents.tables {
        rows(&mut out, table, width);
    }
    relations(&mut out, contents);
    schema(&mut out, contents);
    indexes(&mut out, contents);
    let _ = writeln!(
        out,
        "\n{} {}",
        paint(STRONG, "user_version"),
        contents.user_version
    );
    findings(&mut out, contents, width);
    out
}

fn rows(out: &mut String, table: &Table, width: usize) {
    let shown = table.rows.shown.len();
    let count = match (table.rows.count, &table.rows.error) {
        (_, Some(_)) => "rows that cannot be read".to_owned(),
        (0, None) => "no row".to_owned(),
        (1, None) => "1 row".to_owned(),
        (count, None) => format!("{count} rows"),
    };
    let name = paint(STRONG, plain(&table.name));
    let _ = writeln!(out, "\n{name} {}", paint(FAINT, count));
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| plain(&column.name))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let lines: Vec<Vec<String>> = table
        .rows
        .shown
        .iter()
        .map(|row| row.iter().map(show).collect())
        .collect();
    if shown > 0 {
        for line in grid(&names, &lines, width - 2) {
            let _ = writeln!(out, "  {line}");
        }
    }
    if let Some(error) = &table.rows.error {
        let _ = writeln!(out, "  {} {}", paint(BAD, "!"), plain(error));
    } else if table.rows.count > shown as u64 {
        let _ = writeln!(out, "  … {} more", table.rows.count - shown as u64);
    }
}

/// A value so that its type can be told: text that could be taken for
/// something else stands in quotes, a real number has a point.
fn show(cell: &Cell) -> String {
    match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => format!("{number:?}"),
        Cell::Infinite(text) => text.clone(),
        Cell::Text(text) if is_ambiguous(text) => {
            format!("'{}'", cut(&text.escape_debug().to_string(), 200))
        }
        Cell::Text(text) => cut(text, 200),
        Cell::Blob { hex, length } if hex.len() < 2 * length || *length > 12 => {
            format!("x'{}…' ({length} bytes)", hex.get(..24).unwrap_or(hex))
        }
        Cell::Blob { hex, .. } => format!("x'{hex}'"),
    }
}

fn is_ambiguous(text: &str) -> bool {
    text.trim() != text
        || text.is_empty()
        || text.parse::<f64>().is_ok()
        || text.eq_ignore_ascii_case("null")
        || text.starts_with('\'')
        || text.starts_with("x'")
        || text.contains(char::is_control)
}

fn relations(out: &mut String, contents: &Contents) {
    let mut lines: Vec<(String, String)> = contents.relations.iter().map(relation).collect();
    for (left, through, right) in contents.many_to_many() {
        lines.push((
            format!("{left} ↔ {right}"),
            format!("many to many, through {through}"),
        ));
    }
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint(STRONG, "relations"));
    let widest = lines.iter().map(|(arrow, _)| arrow.chars().count()).max();
    let widest = widest.unwrap_or(0);
    for (arrow, words) in lines {
        let gap = " ".repeat(widest - arrow.chars().count());
        let _ = writeln!(out, "  {}{gap}   {}", plain(&arrow), plain(&words));
    }
}

/// `posts.user_id → users.id`, and what it says.
fn relation(relation: &Relation) -> (String, String) {
    let side = |table: &str, columns: &[String]| match columns {
        [column] => format!("{table}.{column}"),
        [] => table.to_owned(),
        several => format!("{table} ({})", several.join(", ")),
    };
    let mut words = match relation.relationship {
        Relationship::ManyToOne => "many to one".to_owned(),
        Relationship::OneToOne => "one to one".to_owned(),
    };
    if relation.optional {
        words.push_str(", or to none");
    }
    for (event, action) in [
        ("delete", &relation.on_delete),
        ("update", &relation.on_update),
    ] {
        if action != "NO ACTION" {
            let _ = write!(words, ", on {event} {}", action.to_ascii_lowercase());
        }
    }
    if !relation.parent_exists {
        let _ = write!(words, "; there is no table {}", relation.parent);
    }
    let arrow = format!(
        "{} → {}",
        side(&relation.child, &relation.child_columns),
        side(&relation.parent, &relation.parent_columns)
    );
    (arrow, words)
}

fn schema(out: &mut String, contents: &Contents) {
    let tables = contents.tables.iter().map(|table| &table.sql);
    let others = contents.views.iter().chain(&contents.triggers);
    let statements: Vec<&String> = tables
        .chain(others.map(|definition| &definition.sql))
        .collect();
    if statements.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint(STRONG, "schema"));
    for sql in statements {
        for line in dedent(&plain(sql)) {
            let _ = writeln!(out, "{}", format!("  {line}").trim_end());
        }
    }
}

/// Without the indentation that all lines but the first have in common: the
/// text comes from the middle of some source.
fn dedent(sql: &str) -> Vec<String> {
    let text = format!("{};", sql.trim().trim_end_matches(';'));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let common = text
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    text.lines()
        .enumerate()
        .map(|(index, line)| match index {
            0 => line.to_owned(),
            _ => line.get(common..).unwrap_or_default().to_owned(),
        })
        .collect()
}

fn indexes(out: &mut String, contents: &Contents) {
    let mut lines = Vec::new();
    for table in &contents.tables {
        let key: Vec<&str> = table.primary_key().collect();
        for found in &table.indexes {
            lines.push(index(table, found, &key));
        }
    }
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint(STRONG, "indexes"));
    for line in lines {
        let _ = writeln!(out, "  {}", plain(&line));
    }
}

fn index(table: &Table, index: &Index, key: &[&str]) -> String {
    let columns: Vec<&str> = index
        .columns
        .iter()
        .map(|column| column.as_deref().unwrap_or("an expression"))
        .collect();
    let mut line = format!("{} ({})", table.name, columns.join(", "));
    if index.unique {
        line.push_str(", unique");
    }
    if index.partial {
        line.push_str(", partial");
    }
    match &index.sql {
        Some(_) => format!("{line}: {}", index.name),
        None if columns == key => format!("{line}, of its PRIMARY KEY"),
        None => format!("{line}, of a UNIQUE constraint"),
    }
}

fn findings(out: &mut String, contents: &Contents, width: usize) {
    if contents.relations.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint(STRONG, "foreign keys"));
    if contents.foreign_key_findings.is_empty() {
        let _ = writeln!(
            out,
            "  {} every row that names a parent has one",
            paint(GOOD, "✓")
        );
    }
    for finding in &contents.foreign_key_findings {
        for (row, line) in wrap(&plain(finding), width - 4).iter().enumerate() {
            let symbol = match row {
                0 => paint(BAD, "✗"),
                _ => " ".to_owned(),
            };
            let _ = writeln!(out, "  {symbol} {line}");
        }
    }
}

/// What the submission sent to SQLite, with the lines of it that did.
pub(crate) fn statements(sql: &[Statement], width: usize) -> String {
    let mut out = String::new();
    if sql.is_empty() {
        return out;
    }
    let _ = writeln!(out, "\n{}", paint(STRONG, "the SQL that ran"));
    let skipped = sql.len().saturating_sub(STATEMENTS);
    if skipped > 0 {
        let _ = writeln!(
            out,
            "  {}",
            paint(FAINT, format!("… {skipped} earlier statements …"))
        );
    }
    for statement in sql.iter().skip(skipped) {
        let line = squeeze(&match statement.times {
            1 => statement.expanded.clone(),
            times => format!("{} × {times}", statement.sql),
        });
        let mut lines = wrap(&plain(&line), width - 4);
        if let Some(place) = &statement.place {
            let place = format!("{}:{}", place.file, place.line);
            match lines.last_mut() {
                Some(last) if last.chars().count() + place.chars().count() + 6 <= width => {
                    let _ = write!(last, "  {}", paint(FAINT, place));
                }
                _ => lines.push(paint(FAINT, place)),
            }
        }
        for (row, line) in lines.iter().enumerate() {
            let indent = if row == 0 { "  " } else { "    " };
            let _ = writeln!(out, "{indent}{line}");
        }
    }
    out
}
