use std::fmt;

use rusqlite::{Connection, Result, named_params};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectGroup {
    pub id: Option<i64>,
    pub name: String,
}

impl fmt::Display for SubjectGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)
    }
}

pub fn insert(conn: &Connection, group: &mut SubjectGroup) -> Result<()> {
    let id = conn.query_row(
        "INSERT INTO subject_groups (name) VALUES (:name) RETURNING id",
        named_params! { ":name": group.name },
        |row| row.get("id"),
    )?;
    group.id = Some(id);
    Ok(())
}

pub fn all(conn: &Connection) -> Result<Vec<SubjectGroup>> {
    let mut statement = conn.prepare("SELECT name, id FROM subject_groups ORDER BY name")?;
    let mut rows = statement.query([])?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next()? {
        groups.push(SubjectGroup {
            id: row.get("id")?,
            name: row.get("name")?,
        });
    }
    Ok(groups)
}
