use std::fmt;

use rusqlite::{Connection, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectGroup {
    pub id: Option<i64>,
    pub name: String,
}

impl fmt::Display for SubjectGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
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
    let group = conn.query_row("SELECT id, name FROM subject_groups", [], |row| {
        Ok(SubjectGroup {
            id: row.get("id")?,
            name: row.get("name")?,
        })
    })?;
    Ok(vec![group])
}
