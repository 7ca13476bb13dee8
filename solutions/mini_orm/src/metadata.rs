//! The tables of a program: registered one by one, created together.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use crate::savepoint::all_or_none;
use crate::{Error, Ident, Model, Result, Table, table_of};

/// The tables that a program knows.
///
/// A model that is not registered does not exist here: nothing is created for
/// it, and nothing is missed.
///
/// ```
/// use mini_orm::{Column, ColumnType, ForeignKey, MetaData, Table};
/// use rusqlite::Connection;
///
/// let table = |name: &str| {
///     Table::new(name)
///         .column(Column::new("id", ColumnType::Integer))
///         .primary_key(&["id"])
/// };
/// let posts = table("posts")
///     .column(Column::new("user_id", ColumnType::Integer))
///     .foreign_key(ForeignKey::new(&["user_id"], "users"));
/// let metadata = MetaData::new().table(posts)?.table(table("users"))?;
///
/// let conn = Connection::open_in_memory()?;
/// let report = metadata.create_all(&conn)?;
/// assert_eq!(report.created, ["users", "posts"].map(Into::into));
/// assert_eq!(metadata.create_all(&conn)?.existing, report.created);
/// # Ok::<(), mini_orm::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetaData {
    tables: Vec<Table>,
}

/// What [`MetaData::create_all`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The tables that are new, parents first.
    pub created: Vec<Ident>,
    /// The tables that were there. They are as before, whatever their columns.
    pub existing: Vec<Ident>,
    /// Tables that refer to each other in a circle, so that none can come
    /// first. Their rows need a foreign key that is deferred or may be NULL.
    pub cycles: Vec<Vec<Ident>>,
}

impl MetaData {
    /// No tables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the table of a model.
    ///
    /// # Errors
    /// When it is not a table that a model can have, and as
    /// [`MetaData::table`].
    pub fn register<M: Model>(self) -> Result<Self> {
        self.table(table_of::<M>()?)
    }

    /// Adds a table that has no model, such as an association table.
    ///
    /// # Errors
    /// When a table of that name is there already, upper and lower case being
    /// the same, and as [`Table::create_statements`].
    pub fn table(mut self, table: Table) -> Result<Self> {
        table.create_statements()?;
        if self.tables.iter().any(|known| known.name == table.name) {
            return Err(Error::DuplicateTable { table: table.name });
        }
        self.tables.push(table);
        Ok(self)
    }

    /// The tables, in the order in which they were registered.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The tables, each after those that its foreign keys refer to, as far as
    /// there are no cycles; otherwise in the order of registration.
    ///
    /// # Errors
    /// When a foreign key refers to a table that is not registered.
    pub fn sorted_tables(&self) -> Result<Vec<&Table>> {
        Ok(self.sorted()?.0)
    }

    /// Creates what is not there yet: all of it, or, on an error, none.
    ///
    /// A table that exists is left alone and reported, even if it lacks
    /// columns that are declared now. Changing a table is a migration's work.
    ///
    /// # Errors
    /// As [`MetaData::sorted_tables`], and when SQLite refuses a table or an
    /// index.
    pub fn create_all(&self, conn: &Connection) -> Result<Report> {
        let (tables, cycles) = self.sorted()?;
        let mut report = Report {
            cycles,
            ..Report::default()
        };
        all_or_none(conn, || {
            for table in tables {
                if exists(conn, &table.name)? {
                    report.existing.push(table.name.clone());
                } else {
                    conn.execute_batch(&table.create_sql()?)?;
                    report.created.push(table.name.clone());
                }
            }
            Ok(())
        })?;
        Ok(report)
    }

    fn sorted(&self) -> Result<(Vec<&Table>, Vec<Vec<Ident>>)> {
        // Each table with the parents that it still waits for.
        let mut left = self.parents()?;
        let (mut sorted, mut cycles) = (Vec::new(), Vec::new());
        while !left.is_empty() {
            let next = left
                .iter()
                .position(|(_, parents)| parents.is_empty())
                .unwrap_or_else(|| {
                    let cycle = cycle(&left);
                    let first = left
                        .iter()
                        .position(|(table, _)| cycle.contains(&table.name));
                    cycles.push(cycle);
                    first.unwrap_or_default()
                });
            let (table, _) = left.remove(next);
            for (_, parents) in &mut left {
                parents.remove(&table.name);
            }
            sorted.push(table);
        }
        Ok((sorted, cycles))
    }

    /// Each table with those that it refers to, itself excepted.
    fn parents(&self) -> Result<Vec<Waiting<'_>>> {
        let known: BTreeSet<&Ident> = self.tables.iter().map(|table| &table.name).collect();
        let mut waiting = Vec::new();
        for table in &self.tables {
            let keys = table.foreign_keys.iter();
            let mut parents: BTreeSet<&Ident> = keys.map(|key| &key.parent).collect();
            if let Some(unknown) = parents.iter().find(|parent| !known.contains(*parent)) {
                return Err(Error::UnknownParent {
                    table: table.name.clone(),
                    parent: (*unknown).clone(),
                });
            }
            parents.remove(&table.name);
            waiting.push((table, parents));
        }
        Ok(waiting)
    }
}

/// A table, and the parents that it waits for.
type Waiting<'m> = (&'m Table, BTreeSet<&'m Ident>);

/// A circle among tables of which each waits for another: from the first, to a
/// parent, to its parent, until one comes back.
fn cycle(left: &[Waiting<'_>]) -> Vec<Ident> {
    let mut path: Vec<&Ident> = Vec::new();
    let mut next = left.first();
    while let Some((table, parents)) = next {
        if let Some(begin) = path.iter().position(|seen| **seen == table.name) {
            return path.drain(begin..).cloned().collect();
        }
        path.push(&table.name);
        let parent = parents.first();
        next = left
            .iter()
            .find(|(table, _)| parent.is_some_and(|parent| &&table.name == parent));
    }
    Vec::new()
}

/// Whether the database file, temporary tables aside, has a table of that name.
/// `Connection::table_exists` would not see what another connection has made
/// since this one read the schema.
fn exists(conn: &Connection, table: &Ident) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM main.sqlite_schema
               WHERE type = 'table' AND name = ?1 COLLATE NOCASE";
    let found = conn.query_one(sql, [table.as_str()], |_| Ok(()));
    Ok(found.optional()?.is_some())
}
