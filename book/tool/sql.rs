//! The database of a page: its SQL fences run on it, in order.

use quiz::said;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Batch, Connection, Statement};

/// A database in memory, as a page has one.
pub(crate) struct Database {
    pub(crate) conn: Connection,
}

/// What a statement gave.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Rows(Rows),
    /// As many rows were inserted, updated or deleted.
    Changed(u64),
    /// A statement without rows of either kind.
    Done,
    /// SQLite's message.
    Refused(String),
}

/// The answer to a query.
#[derive(Debug, PartialEq)]
pub(crate) struct Rows {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

impl Database {
    pub(crate) fn new() -> rusqlite::Result<Self> {
        let conn = Connection::open_in_memory()?;
        conn.pragma_update(None, "foreign_keys", true)?;
        Ok(Database { conn })
    }

    /// Runs every statement, up to the first that is refused.
    pub(crate) fn run(&self, sql: &str) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        let mut batch = Batch::new(&self.conn, sql);
        loop {
            let outcome = match batch.next() {
                Ok(None) => break,
                Ok(Some(mut statement)) => self.one(&mut statement),
                Err(error) => Err(error),
            };
            match outcome {
                Ok(outcome) => outcomes.push(outcome),
                Err(error) => {
                    outcomes.push(Outcome::Refused(said(&error)));
                    break;
                }
            }
        }
        outcomes
    }

    fn one(&self, statement: &mut Statement<'_>) -> rusqlite::Result<Outcome> {
        if statement.column_count() > 0 {
            return rows(statement).map(Outcome::Rows);
        }
        let before = self.conn.total_changes();
        statement.raw_execute()?;
        let changed = self.conn.total_changes().saturating_sub(before);
        let writes_rows = statement
            .expanded_sql()
            .map(|sql| sql.trim_start().to_ascii_uppercase())
            .is_some_and(|sql| {
                ["INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"]
                    .iter()
                    .any(|word| sql.starts_with(word))
            });
        Ok(if writes_rows {
            Outcome::Changed(changed)
        } else {
            Outcome::Done
        })
    }

    /// The rows of one query.
    ///
    /// # Errors
    /// SQLite's message.
    pub(crate) fn query(&self, sql: &str) -> Result<Rows, String> {
        self.conn
            .prepare(sql)
            .and_then(|mut statement| rows(&mut statement))
            .map_err(|error| said(&error))
    }
}

fn rows(statement: &mut Statement<'_>) -> rusqlite::Result<Rows> {
    let columns: Vec<String> = statement
        .column_names()
        .iter()
        .map(|&name| name.to_owned())
        .collect();
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let values = (0..columns.len())
            .map(|index| row.get_ref(index).map(value))
            .collect::<Result<_, _>>()?;
        found.push(values);
    }
    Ok(Rows {
        columns,
        rows: found,
    })
}

fn value(value: ValueRef<'_>) -> Value {
    Value::try_from(value).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_statement_has_its_outcome() {
        let database = Database::new().unwrap();
        let outcomes = database.run(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
             INSERT INTO t (a) VALUES ('x'), ('y');
             SELECT a FROM t ORDER BY id; -- done
             INSERT INTO t (a) VALUES (NULL);
             DROP TABLE t;",
        );
        assert_eq!(
            outcomes,
            [
                Outcome::Done,
                Outcome::Changed(2),
                Outcome::Rows(Rows {
                    columns: vec!["a".to_owned()],
                    rows: vec![
                        vec![Value::Text("x".to_owned())],
                        vec![Value::Text("y".to_owned())]
                    ],
                }),
                Outcome::Refused("NOT NULL constraint failed: t.a".to_owned()),
            ]
        );
        assert_eq!(
            database.query("SELECT count(*) FROM t").unwrap().rows.len(),
            1
        );
    }

    #[test]
    fn a_syntax_error_is_told_in_words_of_sqlite() {
        let database = Database::new().unwrap();
        assert_eq!(
            database.run("CREATE TABLE t (a INTEGER b TEXT, c, );"),
            [Outcome::Refused("near \")\": syntax error".to_owned())]
        );
    }

    #[test]
    fn foreign_keys_are_enforced() {
        let database = Database::new().unwrap();
        let outcomes = database.run(
            "CREATE TABLE users (id INTEGER PRIMARY KEY);
             CREATE TABLE posts (user_id REFERENCES users (id));
             INSERT INTO posts VALUES (1);",
        );
        assert_eq!(
            outcomes.last(),
            Some(&Outcome::Refused(
                "FOREIGN KEY constraint failed".to_owned()
            ))
        );
    }
}
