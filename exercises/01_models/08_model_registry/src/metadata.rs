//! The registry: all tables that the program knows.

use mini_orm::{Model, Result, Table};
use rusqlite::Connection;

/// The tables that the program knows.
#[derive(Debug, Default)]
pub struct MetaData {
    tables: Vec<Table>,
}

/// What `create_all` did: the names of tables, in any order.
#[derive(Debug, Default)]
pub struct Report {
    /// They are new.
    pub created: Vec<String>,
    /// They were there already, and are as they were.
    pub existing: Vec<String>,
}

impl MetaData {
    /// A registry without tables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the table of a model.
    ///
    /// A second table of the same name is refused, with
    /// `mini_orm::Error::DuplicateTable { table }`. Names of tables, as
    /// `table.name`, are equal by `==` if SQLite takes them for the same.
    pub fn register<M: Model>(mut self) -> Result<Self> {
        self.tables.push(M::table());
        Ok(self)
    }

    /// Creates each registered table, with its indexes, unless the database has
    /// a table of its name. That one is left alone, whatever its columns are.
    ///
    /// SQLite lists what a database holds in a table of its own:
    /// `SELECT name FROM sqlite_schema WHERE type = 'table'`. Texts that differ
    /// in upper and lower case are not equal, names of tables are: there,
    /// `name = ?1 COLLATE NOCASE` compares as SQLite does with names.
    pub fn create_all(&self, conn: &Connection) -> Result<Report> {
        todo!("create {} tables with {conn:?}", self.tables.len())
    }
}
