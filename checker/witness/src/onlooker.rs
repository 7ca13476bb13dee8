//! A second connection that looks at the database while the code under test
//! works on it: before its first statement and after each.

use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use crate::database::Database;
use crate::failure::{Failure, Outcome};
use crate::rows::Rows;
use crate::table::{self, Beside};
use crate::watch::Watch;

/// Rows of the drawing.
const LINES: usize = 24;

/// The second connection, and what it has seen so far.
#[derive(Debug)]
pub(crate) struct Onlooker {
    query: String,
    conn: Mutex<Connection>,
    seen: Mutex<Vec<Glance>>,
}

/// One look at the database.
#[derive(Clone, Debug)]
struct Glance {
    /// The statement that ran just before; `None` before the first.
    after: Option<String>,
    view: View,
}

#[derive(Clone, Debug, PartialEq)]
enum View {
    Rows(Rows),
    /// The code under test holds a lock that keeps readers out.
    Waits,
    Error(String),
}

impl Onlooker {
    fn new(conn: Connection, query: &str) -> rusqlite::Result<Self> {
        // It looks from within the other connection's statement, so a lock
        // could never be let go while it waits.
        conn.busy_timeout(Duration::ZERO)?;
        Ok(Self {
            query: query.to_owned(),
            conn: Mutex::new(conn),
            seen: Mutex::default(),
        })
    }

    /// Looks, once a statement has run.
    pub(crate) fn look(&self, after: Option<&str>) {
        let view = {
            let conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
            match Rows::query(&conn, &self.query) {
                Ok(rows) => View::Rows(rows),
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                    View::Waits
                }
                Err(error) => View::Error(error.to_string()),
            }
        };
        let glance = Glance {
            after: after.map(str::to_owned),
            view,
        };
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(glance);
    }

    fn glances(&self) -> Vec<Glance> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What a second connection saw while code under test ran.
#[derive(Clone, Debug)]
pub struct Watched<R> {
    /// What the code returned.
    pub result: R,
    glances: Vec<Glance>,
    query: String,
    db: Database,
}

impl Database {
    /// Calls code under test with a connection of its own, while a second
    /// connection asks `query` before its first statement and after each.
    /// Which error the code returns, if one, is for the check to judge.
    ///
    /// # Errors
    /// When SQLite can't open the file.
    pub fn watched<R>(
        &self,
        query: &str,
        code: impl FnOnce(&mut Connection) -> R,
    ) -> Outcome<Watched<R>> {
        let onlooker =
            Onlooker::new(self.connect()?, query).map_err(|error| self.failed(&error))?;
        let onlooker = Arc::new(onlooker);
        onlooker.look(None);
        let mut conn = self.open()?;
        let result = {
            let _looking = Looking::start(self.watch(), &onlooker);
            code(&mut conn)
        };
        drop(conn);
        // What a connection that closes takes back has no statement.
        onlooker.look(None);
        Ok(Watched {
            result,
            glances: onlooker.glances(),
            query: query.to_owned(),
            db: self.clone(),
        })
    }
}

/// Statements are looked after while it lives, however the code ends.
struct Looking<'a>(&'a Watch);

impl<'a> Looking<'a> {
    fn start(watch: &'a Watch, onlooker: &Arc<Onlooker>) -> Self {
        watch.set_onlooker(Some(Arc::clone(onlooker)));
        Self(watch)
    }
}

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        self.0.set_onlooker(None);
    }
}

impl<T, E: Display> Watched<Result<T, E>> {
    /// What the code returned, which must be `Ok`.
    ///
    /// # Errors
    /// When it returned an error.
    pub fn ok(&self) -> Outcome<&T> {
        let returned = self.result.as_ref();
        returned.map_err(|error| Failure::returned(error).database(self.db.path()))
    }
}

impl<R> Watched<R> {
    /// Whether the second connection saw the rows from before, then, from one
    /// statement on, those of the end, and nothing else.
    ///
    /// # Errors
    /// When it saw anything between, or no change at all. The failure shows
    /// both connections side by side.
    pub fn changes_at_once(&self) -> Outcome {
        self.readable()?;
        let states = self.states();
        let expected = "the rows from before until the COMMIT, then those of the end";
        match states.as_slice() {
            [_, _] => Ok(()),
            [] | [_] => Err(self.failure(
                "another connection sees no change, not even at the end",
                expected,
                "the same rows throughout",
            )),
            _ => Err(self.failure(
                "another connection sees work that is half done",
                expected,
                &format!("{} different states", states.len()),
            )),
        }
    }

    /// Whether the second connection saw the same rows throughout.
    ///
    /// # Errors
    /// When it saw others, be it for a moment. The failure shows both
    /// connections side by side.
    pub fn changes_never(&self) -> Outcome {
        self.readable()?;
        let states = self.states();
        let expected = "the same rows throughout";
        match states.as_slice() {
            [] | [_] => Ok(()),
            [first, .., last] if first == last => Err(self.failure(
                "another connection sees work that is taken back later",
                expected,
                "other rows for a while",
            )),
            _ => Err(self.failure(
                "another connection sees work that should have been undone",
                expected,
                "other rows at the end",
            )),
        }
    }

    /// The rows it saw, repetitions and locks left out.
    fn states(&self) -> Vec<&Rows> {
        let mut states: Vec<&Rows> = Vec::new();
        for glance in &self.glances {
            if let View::Rows(rows) = &glance.view
                && states.last().is_none_or(|last| *last != rows)
            {
                states.push(rows);
            }
        }
        states
    }

    fn readable(&self) -> Outcome {
        let error = self.glances.iter().find_map(|glance| match &glance.view {
            View::Error(error) => Some(error),
            _ => None,
        });
        match error {
            None => Ok(()),
            Some(error) => Err(self.failure(
                "another connection can no longer read the database",
                &format!("an answer to: {}", self.query),
                error,
            )),
        }
    }

    fn failure(&self, message: &str, expected: &str, observed: &str) -> Failure {
        Failure::new(message)
            .expected(expected)
            .observed(observed)
            .diff(self.side_by_side())
            .database(self.db.path())
    }

    /// Statement by statement: what ran, and what the other connection saw.
    fn side_by_side(&self) -> String {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut before: Option<&View> = None;
        let mut number = 0;
        let last = self.glances.len().saturating_sub(1);
        for (index, glance) in self.glances.iter().enumerate() {
            let is_news = before.is_none_or(|before| *before != glance.view);
            let left = match &glance.after {
                Some(sql) => {
                    number += 1;
                    format!("{number:>2}  {}", table::cut(sql, 200))
                }
                None if index == 0 => "    (before)".to_owned(),
                None if index == last && is_news => "    (connection closed)".to_owned(),
                None => continue,
            };
            let right = match (&glance.view, is_news) {
                (_, false) => "the same".to_owned(),
                (View::Rows(rows), true) => rows.in_a_line(),
                (View::Waits, true) => "must wait: locked".to_owned(),
                (View::Error(error), true) => error.clone(),
            };
            before = Some(&glance.view);
            lines.push((left, right));
        }
        let hidden = lines.len().saturating_sub(LINES);
        if hidden > 0 {
            let note = (format!("    … {hidden} more"), String::new());
            lines.splice(LINES / 2..LINES / 2 + hidden, [note]);
        }
        let drawing = Beside {
            left: "    your connection",
            right: "another connection finds",
            lines: &lines,
        };
        format!(
            "another connection asks: {}\n\n{}",
            table::cut(&self.query, 52),
            drawing.draw()
        )
    }
}
