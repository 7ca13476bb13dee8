//! 1.2 Rows of the first table.

use std::fmt;

use rusqlite::{Connection, Result};

/// One row of the table `subject_groups`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectGroup {
    /// `None` until the row is in the database, which assigns it.
    pub id: Option<i64>,
    /// At most 60 characters.
    pub name: String,
}

/// A group is printed as its name, without quotes.
impl fmt::Display for SubjectGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        //: answer
        f.write_str(&self.name)
        //: starter
        //| write!(f, "{self:?}")
        //: end
    }
}

/// Inserts a new group into `subject_groups`, its name bound to a placeholder,
/// and writes the id that SQLite assigned back into `group`.
pub fn insert(conn: &Connection, group: &mut SubjectGroup) -> Result<()> {
    //: answer
    conn.execute(
        "INSERT INTO subject_groups (name) VALUES (?1)",
        [&group.name],
    )?;
    group.id = Some(conn.last_insert_rowid());
    Ok(())
    //: starter
    //| todo!("insert {group:?} with {conn:?}")
    //: end
}

/// Reads all groups, in any order. The columns of the table may be in any
/// order, too: name them.
pub fn all(conn: &Connection) -> Result<Vec<SubjectGroup>> {
    //: answer
    let mut statement = conn.prepare("SELECT id, name FROM subject_groups")?;
    let groups = statement.query_map([], |row| {
        Ok(SubjectGroup {
            id: row.get("id")?,
            name: row.get("name")?,
        })
    })?;
    groups.collect()
    //: starter
    //| todo!("read all groups with {conn:?}")
    //: end
}
