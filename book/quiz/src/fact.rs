//! Claims about SQL, settled by SQLite.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Error};
use serde::Deserialize;

use crate::fault::Fault;
use crate::model::{Language, Question};
use crate::statement::statements;
use crate::text::Text;

/// A claim that a machine can settle.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Statements, run on an empty database, on top of those of the
    /// question's `code` when `with_code` is set.
    #[serde(default)]
    pub sql: Text,
    #[serde(default)]
    pub with_code: bool,
    /// Asked after `sql`; its rows are compared with `rows`.
    #[serde(default)]
    pub query: Option<Text>,
    /// Values as SQLite's `quote` writes them: `NULL`, `1`, `'text'`.
    #[serde(default)]
    pub rows: Option<Vec<Vec<String>>>,
    /// The last statement fails, and its message contains this.
    #[serde(default)]
    pub fails: Option<Text>,
    /// A test that shows it, `module::name`: whoever reads the quiz makes sure
    /// that there is one.
    #[serde(default)]
    pub test: Option<Text>,
}

impl Fact {
    /// What is wrong with the keys that are given.
    pub(crate) fn shape(&self) -> Option<&'static str> {
        let has_sql = self.with_code || !self.sql.trim().is_empty();
        let asks = (self.query.is_some(), self.rows.is_some());
        match (asks, &self.fails, &self.test) {
            ((true, true), None, None) => None,
            ((false, false), Some(_), None) if has_sql => None,
            ((false, false), Some(_), None) => {
                Some("a fact that `fails` needs `sql` or `with_code`")
            }
            ((false, false), None, Some(_)) if has_sql => {
                Some("a fact that is a `test` has no `sql` and no `with_code`")
            }
            ((false, false), None, Some(_)) => None,
            _ => Some("a fact claims one thing: `query` with its `rows`, or `fails`, or a `test`"),
        }
    }

    /// Where it stands; `or` when it says nothing that has a place.
    pub(crate) fn at(&self, or: usize) -> usize {
        [&self.query, &self.fails, &self.test]
            .into_iter()
            .flatten()
            .map(Text::at)
            .next()
            .unwrap_or(or)
    }
}

/// Runs what SQLite can settle of a question's facts. What does not happen as
/// it is said comes back.
#[must_use]
pub fn run_facts(question: &Question) -> Vec<Fault> {
    let code = match question.language {
        Some(Language::Sql) => question.code.as_deref().unwrap_or_default(),
        _ => "",
    };
    question
        .facts
        .iter()
        .filter_map(|fact| {
            let message = settle(fact, code).err()?;
            Some(Fault::new(fact.at(question.prompt.at()), message))
        })
        .collect()
}

pub(crate) fn settle(fact: &Fact, code: &str) -> Result<(), String> {
    if fact.test.is_some() {
        return Ok(());
    }
    let database = Connection::open_in_memory().map_err(|error| error.to_string())?;
    let mut all = if fact.with_code {
        statements(code)
    } else {
        Vec::new()
    };
    all.extend(statements(&fact.sql));
    let last = fact.fails.is_some().then(|| all.pop()).flatten();
    for statement in all {
        step(&database, statement)
            .map_err(|error| format!("`{statement}` fails: {}", said(&error)))?;
    }
    match (&fact.fails, &fact.query) {
        (Some(part), _) => {
            let last = last.ok_or("there is no statement that could fail")?;
            match step(&database, last) {
                Ok(()) => Err(format!(
                    "`{last}` was to fail with {:?}, but works",
                    &**part
                )),
                Err(error) if said(&error).contains(&**part) => Ok(()),
                Err(error) => Err(format!(
                    "`{last}` was to fail with {:?}, but fails with {:?}",
                    &**part,
                    said(&error)
                )),
            }
        }
        (None, Some(query)) => {
            let rows = ask(&database, query)
                .map_err(|error| format!("`{query}` fails: {}", said(&error)))?;
            let claimed = fact.rows.as_deref().unwrap_or_default();
            if rows == claimed {
                Ok(())
            } else {
                Err(format!("`{query}` gives {rows:?}, not {claimed:?}"))
            }
        }
        (None, None) => Err("nothing is claimed".to_owned()),
    }
}

fn step(database: &Connection, statement: &str) -> Result<(), Error> {
    let mut prepared = database.prepare(statement)?;
    let mut rows = prepared.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}

fn ask(database: &Connection, query: &str) -> Result<Vec<Vec<String>>, Error> {
    let mut prepared = database.prepare(query)?;
    let columns = prepared.column_count();
    let mut rows = prepared.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| quote(database, row.get_ref(column)?));
        all.push(values.collect::<Result<_, Error>>()?);
    }
    Ok(all)
}

fn quote(database: &Connection, value: ValueRef<'_>) -> Result<String, Error> {
    database.query_row("SELECT quote(?1)", [ToSqlOutput::Borrowed(value)], |row| {
        row.get(0)
    })
}

/// SQLite's own words, without what rusqlite adds.
#[must_use]
pub fn said(error: &Error) -> String {
    match error {
        Error::SqliteFailure(_, Some(message)) => message.clone(),
        Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::run_facts;
    use crate::model::Quiz;

    const TABLE: &str = "code = '''
        CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT UNIQUE); -- two; columns
        INSERT INTO rooms (name) VALUES ('Lab;');
        '''
        language = 'sql'";

    fn run(code: &str, fact: &str) -> Vec<String> {
        let text = format!("[[question]]\nprompt = 'p'\n{code}\n[[question.fact]]\n{fact}\n");
        let quiz = Quiz::parse(&text).expect("a quiz");
        let questions = quiz.questions.iter();
        questions
            .flat_map(run_facts)
            .map(|fault| format!("{}: {}", fault.line(&text), fault.message))
            .collect()
    }

    #[test]
    fn rows_are_compared_as_sqlite_quotes_them() {
        let fact = r#"with_code = true
            sql = "INSERT INTO rooms (name) VALUES (NULL), ('it''s')"
            query = "SELECT *, 1.5, x'0a' FROM rooms"
            rows = [
                ["1", "'Lab;'", "1.5", "X'0A'"],
                ["2", "NULL", "1.5", "X'0A'"],
                ["3", "'it''s'", "1.5", "X'0A'"],
            ]"#;
        assert_eq!(run(TABLE, fact), [""; 0]);
    }

    #[test]
    fn other_rows_are_told() {
        let fact = "with_code = true\nquery = 'SELECT name FROM rooms'\nrows = [['NULL']]";
        assert_eq!(
            run(TABLE, fact),
            ["10: `SELECT name FROM rooms` gives [[\"'Lab;'\"]], not [[\"NULL\"]]"]
        );
    }

    #[test]
    fn only_the_last_statement_may_fail() {
        let good = "with_code = true\nsql = \"INSERT INTO rooms (name) VALUES ('Lab;')\"\nfails = 'UNIQUE constraint failed: rooms.name'";
        assert_eq!(run(TABLE, good), [""; 0]);
        let early = "sql = 'SELECT missing; SELECT 1;'\nfails = 'no such column'";
        assert_eq!(
            run("", early),
            ["6: `SELECT missing` fails: no such column: missing"]
        );
    }

    #[test]
    fn a_statement_that_works_or_fails_otherwise_is_told() {
        let works = "sql = 'SELECT 1'\nfails = 'no such column'";
        assert_eq!(
            run("", works),
            ["6: `SELECT 1` was to fail with \"no such column\", but works"]
        );
        let otherwise = "sql = 'SELEC 1'\nfails = 'no such column'";
        assert_eq!(
            run("", otherwise),
            [
                "6: `SELEC 1` was to fail with \"no such column\", but fails with \"near \\\"SELEC\\\": syntax error\""
            ]
        );
    }

    #[test]
    fn foreign_keys_are_enforced_as_they_are_for_the_exercises() {
        let fact = "query = 'PRAGMA foreign_keys'\nrows = [['1']]";
        assert_eq!(run("", fact), [""; 0]);
    }

    #[test]
    fn a_test_is_left_to_whoever_asks() {
        assert_eq!(run("", "test = 'rooms::shows_it'"), [""; 0]);
    }
}
