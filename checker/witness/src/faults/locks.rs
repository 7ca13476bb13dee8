//! Somebody else at the same database.

use std::fmt::Display;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use crate::database::Database;
use crate::failure::{Failure, Outcome};

use super::armed::{Armed, Fault};

/// How long a lock is held for a while.
const A_WHILE: Duration = Duration::from_millis(300);

impl Database {
    /// Calls `code` while another connection holds the write lock, and lets go
    /// of it after 0.3 s. Code that waits for locks succeeds.
    ///
    /// # Errors
    /// When the lock can't be taken.
    pub fn locked_for_a_while<R>(&self, code: impl FnOnce(&Path) -> R) -> Outcome<R> {
        let other = self.lock()?;
        let holder = thread::spawn(move || {
            thread::sleep(A_WHILE);
            drop(other);
        });
        let value = code(self.path());
        let _ = holder.join();
        Ok(value)
    }

    /// Calls `code` while another connection holds the write lock, until
    /// `code` returns.
    ///
    /// # Errors
    /// When the lock can't be taken.
    pub fn locked<R>(&self, code: impl FnOnce(&Path) -> R) -> Outcome<R> {
        let other = self.lock()?;
        let value = code(self.path());
        drop(other);
        Ok(value)
    }

    /// Calls `code`, and in the moment in which it first says BEGIN or
    /// SAVEPOINT, before that takes effect, calls `interloper` with a connection of somebody
    /// else. Whatever `code` read before is then out of date.
    ///
    /// # Errors
    /// When `code` says neither, or the interloper fails.
    pub fn at_begin<R, E: Display>(
        &self,
        interloper: impl FnOnce(&Connection) -> Result<(), E> + Send + 'static,
        code: impl FnOnce(&Path) -> R,
    ) -> Outcome<R> {
        let result: Arc<Mutex<Outcome>> = Arc::new(Mutex::new(Ok(())));
        let (slot, db) = (Arc::clone(&result), self.clone());
        let come_in = move || {
            let outcome = db.connect().and_then(|conn| {
                interloper(&conn).map_err(|error| {
                    Failure::new(format!(
                        "somebody else's work on the database failed: {error}"
                    ))
                })
            });
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
        };
        let fault = Fault::Interlope(Mutex::new(Some(Box::new(come_in))));
        let armed = Arc::new(Armed::new(fault, self.path()));
        self.watch().arm(Some(Arc::clone(&armed)));
        let value = code(self.path());
        self.watch().arm(None);
        if !armed.has_fired() {
            return Err(Failure::new("your code never began a transaction")
                .expected("BEGIN, or BEGIN IMMEDIATE")
                .observed("no BEGIN")
                .database(self.path()));
        }
        let outcome = std::mem::replace(
            &mut *result.lock().unwrap_or_else(PoisonError::into_inner),
            Ok(()),
        );
        outcome.map(|()| value)
    }

    /// The write lock is let go when the connection is dropped.
    fn lock(&self) -> Outcome<Connection> {
        let other = self.connect()?;
        other
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(|error| self.failed(&error))?;
        Ok(other)
    }
}
