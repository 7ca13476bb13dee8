//! Broken from the first line of a call on, and whole at its last one.

use std::cell::Cell;

use mini_orm::{Error, Model, Result, insert};
use rusqlite::Connection;

/// Undoes what is open where it is dropped.
struct Tx<'c>(&'c mut Connection);

impl Tx<'_> {
    fn open(&self) -> bool {
        !self.0.is_autocommit()
    }

    fn begin(&self) -> rusqlite::Result<()> {
        if !self.open() {
            self.0.execute_batch("BEGIN")?
        }
        Ok(())
    }

    fn undo(&self) -> rusqlite::Result<()> {
        if self.open() {
            self.0.execute_batch("ROLLBACK")?
        }
        Ok(())
    }
}

impl Drop for Tx<'_> {
    fn drop(&mut self) {
        self.undo().unwrap_or_default();
    }
}

pub struct Session<'c> {
    tx: Tx<'c>,
    broken: Cell<bool>,
}
impl<'c> Session<'c> {
    pub fn new(conn: &'c mut Connection) -> Self {
        Self {
            tx: Tx(conn),
            broken: Default::default(),
        }
    }

    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        if self.broken.replace(true) {
            return Err(Error::NeedsRollback);
        }
        self.tx.begin()?;
        let m = insert(self.tx.0, row)?;
        self.broken.set(false);
        Ok(m)
    }

    pub fn commit(&mut self) -> Result<()> {
        if self.broken.replace(true) {
            return Err(Error::NeedsRollback);
        }
        if self.tx.open() {
            self.tx.0.execute_batch("COMMIT")?;
        }
        self.broken.set(false);
        Ok(())
    }

    pub fn rollback(&mut self) -> Result<()> {
        self.tx.undo()?;
        self.broken.set(false);
        Ok(())
    }
}
