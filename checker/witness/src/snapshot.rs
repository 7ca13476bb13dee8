//! Everything that a database holds, to be compared later.

use rusqlite::Connection;

use crate::database::Database;
use crate::failure::{Failure, Outcome};
use crate::rows::{Order, Rows};
use crate::schema::{self, Schema};

/// The meaning of a schema, all rows with their types, and `user_version`.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    schema: Schema,
    tables: Vec<(String, Rows)>,
    user_version: i64,
}

impl Snapshot {
    pub(crate) fn of(conn: &Connection) -> rusqlite::Result<Self> {
        let schema = schema::read(conn)?;
        let mut tables = Vec::new();
        for table in schema.tables.values() {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|column| quoted(&column.name))
                .collect();
            let mut names = columns.clone();
            names.sort();
            // By name, since the order of columns has no meaning.
            let sql = format!(
                "SELECT {names} FROM main.{table} ORDER BY {names}",
                names = names.join(", "),
                table = quoted(&table.name),
            );
            tables.push((table.name.clone(), Rows::query(conn, &sql)?));
        }
        let user_version = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok(Self {
            schema,
            tables,
            user_version,
        })
    }

    /// How many rows each table holds, and the version, in one line.
    pub(crate) fn summary(&self) -> String {
        let mut parts: Vec<String> = self
            .tables
            .iter()
            .map(|(name, rows)| match rows.len() {
                1 => format!("{name} with 1 row"),
                count => format!("{name} with {count} rows"),
            })
            .collect();
        if parts.is_empty() {
            parts.push("no table".to_owned());
        }
        format!("{}; user_version {}", parts.join(", "), self.user_version)
    }

    /// What another database holds that this one does not, and vice versa.
    pub(crate) fn differences(&self, found: &Self) -> Vec<String> {
        let mut lines = schema::differences(&self.schema, &found.schema);
        if self.user_version != found.user_version {
            lines.push(format!(
                "different: user_version is {}, expected {}",
                found.user_version, self.user_version
            ));
        }
        for (name, rows) in &self.tables {
            let other = found
                .tables
                .iter()
                .find(|(other, _)| other.eq_ignore_ascii_case(name));
            let Some((_, other)) = other else { continue };
            // A column that only one of them has is told with the schema.
            let (rows, other) = (rows.shared_with(other), other.shared_with(rows));
            if let Err(failure) = other.expect(name, &rows, Order::Any) {
                lines.push(format!("rows of {name}:"));
                lines.extend(failure.record().diff.clone());
            }
        }
        lines
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Database {
    /// Everything that the database holds now.
    ///
    /// # Errors
    /// When the file is gone or broken.
    pub fn snapshot(&self) -> Outcome<Snapshot> {
        Snapshot::of(&self.connect()?).map_err(|error| self.failed(&error))
    }

    /// Whether the database still, or again, holds what it held then. What no
    /// PRAGMA shows, such as CHECK, is not compared.
    ///
    /// # Errors
    /// When it holds something else; the failure names each difference.
    pub fn expect_unchanged(&self, since: &Snapshot) -> Outcome {
        let now = self.snapshot()?;
        if now == *since {
            return Ok(());
        }
        let lines = since.differences(&now);
        if lines.is_empty() {
            return Ok(());
        }
        Err(Failure::new("the database has changed")
            .expected(since.summary())
            .observed(now.summary())
            .diff(lines.join("\n"))
            .database(self.path()))
    }
}
