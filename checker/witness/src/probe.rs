//! Trying a statement on a copy: the only way to see what PRAGMAs do not show.

use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Error, ffi};

use crate::failure::{Failure, Outcome};
use crate::hooks;
use crate::rows::{Order, Rows};
use crate::trace::begins_with;

/// The rule that a statement breaks, told by SQLite's extended result code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// UNIQUE, or a PRIMARY KEY taken already.
    Unique,
    /// NOT NULL.
    NotNull,
    /// CHECK.
    Check,
    /// FOREIGN KEY.
    ForeignKey,
    /// Whatever the reason, syntax errors and missing tables excepted.
    Any,
}

impl Violation {
    fn of(error: &Error) -> Option<Self> {
        let code = error.sqlite_error()?.extended_code;
        match code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => Some(Self::Unique),
            ffi::SQLITE_CONSTRAINT_NOTNULL => Some(Self::NotNull),
            ffi::SQLITE_CONSTRAINT_CHECK => Some(Self::Check),
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Some(Self::ForeignKey),
            _ if code & 0xFF == ffi::SQLITE_CONSTRAINT || code == ffi::SQLITE_MISMATCH => {
                Some(Self::Any)
            }
            _ => None,
        }
    }

    /// What is expected, in front of the statement.
    fn refused(self) -> &'static str {
        match self {
            Self::Unique => "refused by UNIQUE",
            Self::NotNull => "refused by NOT NULL",
            Self::Check => "refused by CHECK",
            Self::ForeignKey => "refused by FOREIGN KEY",
            Self::Any => "refused",
        }
    }
}

/// A copy of a database, in memory, with foreign keys on. What one statement
/// changed the next one sees.
#[derive(Debug)]
pub struct Probe {
    copy: Connection,
    original: PathBuf,
}

impl Probe {
    pub(crate) fn on(source: &Connection, original: &Path) -> rusqlite::Result<Self> {
        let mut copy = hooks::unwatched(Connection::open_in_memory)?;
        Backup::new(source, &mut copy)?.step(-1)?;
        copy.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
        Ok(Self {
            copy,
            original: original.to_path_buf(),
        })
    }

    /// Whether `sql` works.
    ///
    /// # Errors
    /// When SQLite refuses it.
    pub fn accepts(self, sql: &str) -> Outcome<Self> {
        match self.copy.execute_batch(sql) {
            Ok(()) => Ok(self),
            Err(error) => Err(Failure::new("the database refuses what it should accept")
                .expected(format!("accepted: {sql}"))
                .observed(reason(&error))
                .database(&self.original)),
        }
    }

    /// Whether `sql` is refused for that reason.
    ///
    /// # Errors
    /// When it works, or fails for another reason.
    pub fn refuses(self, violation: Violation, sql: &str) -> Outcome<Self> {
        let expected = format!("{}: {sql}", violation.refused());
        let failure = |message: &str| {
            Failure::new(message)
                .expected(expected.clone())
                .database(&self.original)
        };
        let before = self.copy.total_changes();
        let Err(error) = self.copy.execute_batch(sql) else {
            // ON CONFLICT IGNORE skips the row without an error.
            let skipped = writes_rows(sql) && self.copy.total_changes() == before;
            return Err(
                failure("the database accepts what it should refuse").observed(if skipped {
                    "skipped, without an error"
                } else {
                    "accepted"
                }),
            );
        };
        match Violation::of(&error) {
            Some(found) if found == violation || violation == Violation::Any => Ok(self),
            _ => {
                Err(failure("the database refuses it, but for another reason")
                    .observed(reason(&error)))
            }
        }
    }

    /// Whether `sql` now finds these rows in the copy, in any order.
    ///
    /// # Errors
    /// When it finds others.
    pub fn leaves(self, sql: &str, expected: impl Into<Rows>) -> Outcome<Self> {
        self.compare(sql, &expected.into(), Order::Any)
    }

    /// Whether `sql` now finds these rows in the copy, in this order.
    ///
    /// # Errors
    /// When it finds others, or these in another order.
    pub fn leaves_in_order(self, sql: &str, expected: impl Into<Rows>) -> Outcome<Self> {
        self.compare(sql, &expected.into(), Order::Given)
    }

    fn compare(self, sql: &str, expected: &Rows, order: Order) -> Outcome<Self> {
        let found = Rows::query(&self.copy, sql).map_err(|error| {
            Failure::new("the database cannot answer a question about it")
                .expected(format!("an answer to: {sql}"))
                .observed(error.to_string())
                .database(&self.original)
        })?;
        found
            .expect(sql, expected, order)
            .map_err(|failure| failure.database(&self.original))?;
        Ok(self)
    }

    /// The connection to the copy, for anything else.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.copy
    }
}

fn writes_rows(sql: &str) -> bool {
    ["INSERT", "UPDATE", "DELETE", "REPLACE"]
        .iter()
        .any(|word| begins_with(sql, word))
}

fn reason(error: &Error) -> String {
    match error {
        Error::SqliteFailure(_, Some(text)) => text.clone(),
        Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}
