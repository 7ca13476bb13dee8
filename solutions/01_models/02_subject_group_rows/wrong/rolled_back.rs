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
    let transaction = conn.unchecked_transaction()?;
    transaction.execute(
        "INSERT INTO subject_groups (name) VALUES (?1)",
        [&group.name],
    )?;
    group.id = Some(transaction.last_insert_rowid());
    Ok(())
}

pub fn all(conn: &Connection) -> Result<Vec<SubjectGroup>> {
    let mut statement = conn.prepare("SELECT id, name FROM subject_groups")?;
    let groups = statement.query_map([], |row| {
        Ok(SubjectGroup {
            id: row.get("id")?,
            name: row.get("name")?,
        })
    })?;
    groups.collect()
}
