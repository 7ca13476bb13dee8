//! A first attempt at 1.2, which page 1.2 shows: columns by their number.

use std::fmt;

use rusqlite::{Connection, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectGroup {
    pub id: Option<i64>,
    pub name: String,
}

impl fmt::Display for SubjectGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

pub fn insert(conn: &Connection, group: &mut SubjectGroup) -> Result<()> {
    conn.execute(
        "INSERT INTO subject_groups (name) VALUES (?1)",
        [&group.name],
    )?;
    group.id = Some(conn.last_insert_rowid());
    Ok(())
}

pub fn all(conn: &Connection) -> Result<Vec<SubjectGroup>> {
    let mut statement = conn.prepare("SELECT * FROM subject_groups")?;
    let groups = statement.query_map([], |row| {
        Ok(SubjectGroup {
            id: row.get(0)?,
            name: row.get(1)?,
        })
    })?;
    groups.collect()
}
