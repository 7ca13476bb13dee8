use std::fmt;

use rusqlite::{Connection, Result, Row, params};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectGroup {
    pub id: Option<i64>,
    pub name: String,
}

impl SubjectGroup {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let (id, name) = (row.get(0)?, row.get(1)?);
        Ok(Self { id, name })
    }
}

impl fmt::Display for SubjectGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

pub fn insert(conn: &Connection, group: &mut SubjectGroup) -> Result<()> {
    conn.prepare("insert into \"subject_groups\" (id, name) values (?, ?)")?
        .execute(params![group.id, group.name])?;
    group.id = Some(conn.last_insert_rowid());
    Ok(())
}

pub fn all(conn: &Connection) -> Result<Vec<SubjectGroup>> {
    conn.prepare("select id, name from subject_groups")?
        .query_map([], SubjectGroup::from_row)?
        .collect()
}
