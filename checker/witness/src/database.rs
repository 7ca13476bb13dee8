//! A database file: handed to the code under test, then looked at.
//!
//! The code under test works on the file itself; the witness looks at it over
//! connections of its own, which are not traced, and probes only copies.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OpenFlags, Params};

use crate::failure::{Failure, Outcome};
use crate::hooks;
use crate::probe::{Probe, Violation};
use crate::rows::Rows;
use crate::watch::Watch;
use crate::witness::ForeignKeys;

/// How long the witness waits for a lock that the code under test left behind.
const PATIENCE: Duration = Duration::from_millis(500);

/// A SQLite database file of a check. Cloning it copies the handle only.
#[derive(Clone, Debug)]
pub struct Database {
    path: PathBuf,
    watch: Arc<Watch>,
    scans: Scans,
}

/// In which order tables are read where a query does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scans {
    Usual,
    Reversed,
}

impl Database {
    pub(crate) fn new(path: PathBuf, watch: Arc<Watch>) -> Self {
        watch.saw_database(&path);
        Self::copy(path, watch)
    }

    pub(crate) fn copy(path: PathBuf, watch: Arc<Watch>) -> Self {
        Self {
            path,
            watch,
            scans: Scans::Usual,
        }
    }

    pub(crate) fn watch(&self) -> &Arc<Watch> {
        &self.watch
    }

    /// Where the file is, an absolute path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A connection as an application would open it, traced, with foreign keys
    /// off unless [`crate::Witness::foreign_keys`] said otherwise.
    ///
    /// # Errors
    /// When SQLite can't open the file.
    pub fn open(&self) -> Outcome<Connection> {
        let conn = Connection::open(&self.path).map_err(|error| self.failed(&error))?;
        let on = self.watch.foreign_keys() == Some(ForeignKeys::On);
        let reversed = self.scans == Scans::Reversed;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, on)
            .and_then(|_| conn.set_db_config(DbConfig::SQLITE_DBCONFIG_REVERSE_SCANORDER, reversed))
            .map_err(|error| self.failed(&error))?;
        Ok(conn)
    }

    /// The same database; connections handed over by this handle read tables
    /// backwards where a query does not say ORDER BY. What is in order by luck
    /// is then in another one.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            scans: Scans::Reversed,
            ..self.clone()
        }
    }

    /// Calls code under test with a connection of its own, closed afterwards.
    ///
    /// # Errors
    /// When the code returns an error, or leaves a transaction open.
    pub fn run<T, E: Display>(&self, code: impl FnOnce(&Connection) -> Result<T, E>) -> Outcome<T> {
        self.run_mut(|conn| code(conn))
    }

    /// The same for code that takes `&mut Connection`.
    ///
    /// # Errors
    /// When the code returns an error, or leaves a transaction open.
    pub fn run_mut<T, E: Display>(
        &self,
        code: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Outcome<T> {
        let mut conn = self.open()?;
        let value =
            code(&mut conn).map_err(|error| Failure::returned(&error).database(&self.path))?;
        if conn.is_autocommit() {
            return Ok(value);
        }
        Err(Failure::new("your code left a transaction open")
            .expected("a COMMIT or ROLLBACK before the function returns")
            .observed("Ok, and what was written is lost when the connection closes")
            .database(&self.path))
    }

    /// Calls code under test that must refuse, and hands over its error.
    ///
    /// # Errors
    /// When the code returns `Ok`.
    pub fn fails<T, E>(&self, code: impl FnOnce(&Connection) -> Result<T, E>) -> Outcome<E> {
        self.fails_mut(|conn| code(conn))
    }

    /// The same for code that takes `&mut Connection`.
    ///
    /// # Errors
    /// When the code returns `Ok`, or leaves a transaction open.
    pub fn fails_mut<T, E>(
        &self,
        code: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Outcome<E> {
        let mut conn = self.open()?;
        let Err(error) = code(&mut conn) else {
            return Err(Failure::should_have_failed().database(&self.path));
        };
        if conn.is_autocommit() {
            return Ok(error);
        }
        Err(
            Failure::new("your code left a transaction open after an error")
                .expected("a ROLLBACK before the error is returned")
                .observed("an error, and a transaction that blocks other writers")
                .database(&self.path),
        )
    }

    /// Calls code that returns anything at all with a connection of its own.
    ///
    /// # Errors
    /// When SQLite can't open the file.
    pub fn with<T>(&self, code: impl FnOnce(&mut Connection) -> T) -> Outcome<T> {
        let mut conn = self.open()?;
        Ok(code(&mut conn))
    }

    /// Runs `sql` over a connection of the witness: untraced, with foreign
    /// keys off. For fixtures.
    ///
    /// # Errors
    /// When `sql` fails.
    pub fn prepare(&self, sql: &str) -> Outcome {
        let conn = self.connect()?;
        conn.execute_batch(sql)
            .map_err(|error| Failure::new(format!("the check's own SQL failed: {error}")))
    }

    /// What `sql` finds, over a connection of the witness.
    ///
    /// # Errors
    /// When the file is gone or broken, or `sql` fails.
    pub fn rows(&self, sql: &str) -> Outcome<Rows> {
        Rows::query(&self.connect()?, sql).map_err(|error| self.unreadable(sql, &error))
    }

    /// The first column of the first row that `sql` finds.
    ///
    /// # Errors
    /// As [`Database::rows`], and when there is no row or it is of another type.
    pub fn value<T: FromSql>(&self, sql: &str) -> Outcome<T> {
        self.value_for(sql, [])
    }

    /// [`Database::value`] with bound parameters.
    ///
    /// # Errors
    /// As [`Database::value`].
    pub fn value_for<T: FromSql>(&self, sql: &str, params: impl Params) -> Outcome<T> {
        self.connect()?
            .query_row(sql, params, |row| row.get(0))
            .map_err(|error| self.unreadable(sql, &error))
    }

    /// The steps of EXPLAIN QUERY PLAN, such as `SCAN posts` or `SEARCH posts
    /// USING INDEX ix_posts_user_id (user_id=?)`.
    ///
    /// # Errors
    /// When the file is gone or broken, or `sql` does not compile.
    pub fn plan(&self, sql: &str) -> Outcome<Vec<String>> {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let steps = || -> rusqlite::Result<Vec<String>> {
            let conn = self.connect_existing()?;
            let mut statement = conn.prepare(&explain)?;
            statement.raw_query().mapped(|row| row.get(3)).collect()
        };
        self.connect()?;
        steps().map_err(|error| self.unreadable(&explain, &error))
    }

    /// Whether `sql` finds these rows, in any order.
    ///
    /// # Errors
    /// When it finds others; the failure shows both as a table.
    pub fn expect_rows(&self, sql: &str, expected: impl Into<Rows>) -> Outcome {
        self.rows(sql)?
            .expect(sql, &expected.into(), crate::rows::Order::Any)
            .map_err(|failure| failure.database(&self.path))
    }

    /// Whether `sql` finds these rows in this order.
    ///
    /// # Errors
    /// When it finds others, or these in another order.
    pub fn expect_rows_in_order(&self, sql: &str, expected: impl Into<Rows>) -> Outcome {
        self.rows(sql)?
            .expect(sql, &expected.into(), crate::rows::Order::Given)
            .map_err(|failure| failure.database(&self.path))
    }

    /// A copy to try statements on; the file itself is never touched.
    ///
    /// # Errors
    /// When the file is gone or broken.
    pub fn probe(&self) -> Outcome<Probe> {
        Probe::on(&self.connect()?, &self.path).map_err(|error| self.failed(&error))
    }

    /// Whether `sql` works, tried on a copy with foreign keys on.
    ///
    /// # Errors
    /// When SQLite refuses it.
    pub fn accepts(&self, sql: &str) -> Outcome<Probe> {
        self.probe()?.accepts(sql)
    }

    /// Whether `sql` is refused for that reason, tried on a copy with foreign
    /// keys on.
    ///
    /// # Errors
    /// When it works, or fails for another reason.
    pub fn refuses(&self, violation: Violation, sql: &str) -> Outcome<Probe> {
        self.probe()?.refuses(violation, sql)
    }

    /// Copies the content to a new file, whatever the journal mode.
    pub(crate) fn copy_to(&self, path: &Path) -> Outcome {
        let source = self.connect()?;
        let copy = || -> rusqlite::Result<()> {
            let mut copy = hooks::unwatched(|| Connection::open(path))?;
            Backup::new(&source, &mut copy)?.step(-1)?;
            Ok(())
        };
        copy().map_err(|error| self.failed(&error))
    }

    /// A connection of the witness: not traced, foreign keys off, and it does
    /// not make the file if it is gone.
    ///
    /// # Errors
    /// When the file is gone or can't be opened.
    pub fn connect(&self) -> Outcome<Connection> {
        if !self.path.exists() {
            return Err(Failure::new("the database file is gone")
                .expected(format!("a file {}", self.file_name()))
                .observed("no such file")
                .database(&self.path));
        }
        self.connect_existing().map_err(|error| self.failed(&error))
    }

    fn connect_existing(&self) -> rusqlite::Result<Connection> {
        let conn = hooks::unwatched(|| {
            Connection::open_with_flags(
                &self.path,
                OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )
        })?;
        conn.busy_timeout(PATIENCE)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        Ok(conn)
    }

    fn file_name(&self) -> String {
        self.path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    pub(crate) fn failed(&self, error: &rusqlite::Error) -> Failure {
        Failure::new(format!(
            "the database {} cannot be used: {error}",
            self.file_name()
        ))
        .database(&self.path)
    }

    fn unreadable(&self, sql: &str, error: &rusqlite::Error) -> Failure {
        Failure::new("the database cannot answer a question about it")
            .expected(format!("an answer to: {sql}"))
            .observed(error.to_string())
            .database(&self.path)
    }
}
