//! Rows that refer to nothing, before a step and after it.

use std::collections::BTreeMap;

use rusqlite::{Connection, ffi};

/// What is wrong with the foreign keys of a database, and how often.
pub(super) struct Orphans(BTreeMap<String, usize>);

impl Orphans {
    /// Looks at all rows.
    pub(super) fn find(conn: &Connection) -> rusqlite::Result<Self> {
        let mut found = Self(BTreeMap::new());
        match found.add(conn, "PRAGMA main.foreign_key_check", &[]) {
            Err(error) if is_mismatch(&error) => {}
            done => return done.map(|()| found),
        }
        // A foreign key that cannot be checked stops the check; table by table
        // the others are.
        let mut found = Self(BTreeMap::new());
        for table in tables(conn)? {
            let sql = "SELECT * FROM pragma_foreign_key_check(?1, 'main')";
            match found.add(conn, sql, &[&table]) {
                Err(error) if is_mismatch(&error) => found.count(error.to_string()),
                done => done?,
            }
        }
        Ok(found)
    }

    /// What was not there `before`.
    pub(super) fn since(self, before: &Self) -> Vec<String> {
        let known = |what: &str| before.0.get(what).copied().unwrap_or_default();
        let new = self.0.into_iter().filter(|(what, n)| *n > known(what));
        new.map(|(what, _)| what).collect()
    }

    fn add(&mut self, conn: &Connection, sql: &str, table: &[&String]) -> rusqlite::Result<()> {
        let mut statement = conn.prepare(sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(table))?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            let row = match row.get::<_, Option<i64>>(1)? {
                Some(rowid) => format!("row {rowid}"),
                None => "a row".to_owned(),
            };
            self.count(format!("{row} of `{table}` refers to no row of `{parent}`"));
        }
        Ok(())
    }

    fn count(&mut self, what: String) {
        *self.0.entry(what).or_default() += 1;
    }
}

/// A foreign key to columns that are not unique, or not there.
fn is_mismatch(error: &rusqlite::Error) -> bool {
    error.sqlite_extended_error_code() == Some(ffi::SQLITE_ERROR)
}

fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'")?;
    statement.query_map([], |row| row.get(0))?.collect()
}
