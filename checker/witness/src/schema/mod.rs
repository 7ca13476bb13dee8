//! Schemas compared by what they mean, not by how they are written.
//!
//! What PRAGMAs do not show (CHECK, the collation of a column without index,
//! the text of expressions, deferred foreign keys) is not compared here: it is
//! tried, with a [`crate::Probe`].

mod compare;
mod default;
mod model;
mod names;
mod read;
mod text;

use rusqlite::Connection;

use crate::database::Database;
use crate::failure::{Failure, Outcome};
use crate::hooks;

pub(crate) use model::Schema;

/// An expected schema, written as SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedSchema {
    sql: String,
    options: Options,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    column_order: bool,
    index_names: bool,
    more_indexes: bool,
}

/// An expected schema, for those of its methods that ask for more, or less,
/// than meaning.
#[must_use]
pub fn schema(sql: impl Into<String>) -> ExpectedSchema {
    ExpectedSchema {
        sql: sql.into(),
        options: Options::default(),
    }
}

impl ExpectedSchema {
    /// Columns must stand in the same order, too.
    #[must_use]
    pub fn in_column_order(mut self) -> Self {
        self.options.column_order = true;
        self
    }

    /// Indexes made by CREATE INDEX must bear the same names, too.
    #[must_use]
    pub fn with_index_names(mut self) -> Self {
        self.options.index_names = true;
        self
    }

    /// Further indexes that enforce nothing are not reported.
    #[must_use]
    pub fn allowing_more_indexes(mut self) -> Self {
        self.options.more_indexes = true;
        self
    }

    fn read(&self) -> Outcome<Schema> {
        let fresh = hooks::unwatched(Connection::open_in_memory)?;
        fresh
            .execute_batch(&self.sql)
            .and_then(|()| read::schema(&fresh))
            .map_err(|error| Failure::new(format!("the check's own schema is wrong: {error}")))
    }
}

impl From<&str> for ExpectedSchema {
    fn from(sql: &str) -> Self {
        schema(sql)
    }
}

impl From<String> for ExpectedSchema {
    fn from(sql: String) -> Self {
        schema(sql)
    }
}

impl Database {
    /// Whether the table means what the expected SQL would make of it. Other
    /// tables, on both sides, are ignored.
    ///
    /// # Errors
    /// When it is missing or means something else; the failure names each
    /// difference.
    pub fn expect_table(&self, table: &str, expected: impl Into<ExpectedSchema>) -> Outcome {
        let expected = expected.into();
        let only = |schema: Schema| schema.only(table);
        self.compare(&only(expected.read()?), expected.options, |found| {
            found.only(table)
        })
        .map_err(|failure| failure.about(table))
    }

    /// Whether the whole schema means what the expected SQL would make of it.
    ///
    /// # Errors
    /// When a table is missing, extra, or means something else.
    pub fn expect_schema(&self, expected: impl Into<ExpectedSchema>) -> Outcome {
        let expected = expected.into();
        self.compare(&expected.read()?, expected.options, |found| found)
    }

    fn compare(
        &self,
        expected: &Schema,
        options: Options,
        choose: impl FnOnce(Schema) -> Schema,
    ) -> Outcome {
        let conn = self.connect()?;
        let all = read::schema(&conn).map_err(|error| self.failed(&error))?;
        let names = all.names();
        let found = choose(all);
        let lines = compare::differences(expected, &found, options);
        if lines.is_empty() {
            return Ok(());
        }
        let observed = match found.is_empty() {
            false => text::schema(&found),
            true if names.is_empty() => "a database without tables".to_owned(),
            true => format!("only {}", names.join(", ")),
        };
        Err(Failure::new(match expected.names().as_slice() {
            [one] => format!("{one} is not as expected"),
            _ => "the schema is not as expected".to_owned(),
        })
        .expected(text::schema(expected))
        .observed(observed)
        .diff(lines.join("\n"))
        .database(self.path()))
    }
}

pub(crate) fn read(conn: &Connection) -> rusqlite::Result<Schema> {
    read::schema(conn)
}

pub(crate) fn differences(expected: &Schema, found: &Schema) -> Vec<String> {
    compare::differences(expected, found, Options::default())
}
