//! The clubs of teachers, as the library loads them.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;

use mini_orm::{Column, ColumnType, ForeignKey, HasMany, Model, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use super::{SENT, school};

struct Teacher {
    id: Option<i64>,
    name: String,
}

struct Club {
    id: Option<i64>,
    title: String,
    teacher_id: Option<i64>,
}

// ANCHOR: has_many
impl Teacher {
    const CLUBS: HasMany<Club> = HasMany::by("teacher_id");
}

fn load(conn: &Connection, teachers: &[Teacher]) -> Result<BTreeMap<i64, Vec<Club>>> {
    Teacher::CLUBS.load(conn, teachers)
}
// ANCHOR_END: has_many

impl Model for Teacher {
    const TABLE: &'static str = "teachers";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::Text).not_null())
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("id", self.id.into()), ("name", self.name.clone().into())]
    }
}

impl Model for Club {
    const TABLE: &'static str = "clubs";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("title", ColumnType::Text).not_null())
            .column(Column::new("teacher_id", ColumnType::Integer))
            .primary_key(&["id"])
            .foreign_key(ForeignKey::new(&["teacher_id"], Teacher::TABLE))
            .index(&["teacher_id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            title: row.get("title")?,
            teacher_id: row.get("teacher_id")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("title", self.title.clone().into()),
            ("teacher_id", self.teacher_id.into()),
        ]
    }
}

/// What the library sends, and what it returns.
pub(super) fn loaded(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let (conn, _) = school()?;
    let teachers = mini_orm::all::<Teacher>(&conn)?;
    SENT.take();
    let clubs = load(&conn, &teachers)?;
    for sql in SENT.take() {
        writeln!(
            out,
            "{}",
            sql.replace(" WHERE", "\nWHERE").replace(" FROM", "\nFROM")
        )?;
    }
    for (id, clubs) in clubs {
        let titles: Vec<&str> = clubs.iter().map(|club| &*club.title).collect();
        writeln!(out, "{id}: {titles:?}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_sends_one_statement_and_keeps_everybody() -> Result<()> {
        let (conn, _) = school()?;
        let teachers = mini_orm::all::<Teacher>(&conn)?;
        SENT.take();
        let clubs = load(&conn, &teachers)?;
        assert_eq!(SENT.take().len(), 1);
        let counts: Vec<usize> = clubs.values().map(Vec::len).collect();
        assert_eq!(counts, [2, 1, 0]);
        Ok(())
    }
}
