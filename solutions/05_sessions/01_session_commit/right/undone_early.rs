//! What failed is undone at once. The session waits for a rollback all the same.

use mini_orm::{Error, Model, Result, insert};
use rusqlite::Connection;

pub struct Session<'c> {
    conn: &'c mut Connection,
    waits: bool,
}

impl<'c> Session<'c> {
    pub fn new(conn: &'c mut Connection) -> Self {
        Self { conn, waits: false }
    }

    fn begin(&self) -> Result<()> {
        match self.conn.is_autocommit() {
            true => Ok(self.conn.execute_batch("BEGIN EXCLUSIVE")?),
            false => Ok(()),
        }
    }

    fn undo(&self) {
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK").ok();
        }
    }

    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        if self.waits {
            return Err(Error::NeedsRollback);
        }
        match self.begin().and_then(|()| insert(self.conn, row)) {
            Ok(row) => Ok(row),
            Err(error) => {
                self.undo();
                self.waits = true;
                Err(error)
            }
        }
    }

    pub fn commit(&mut self) -> Result<()> {
        if self.waits {
            return Err(Error::NeedsRollback);
        }
        if self.conn.is_autocommit() {
            return Ok(());
        }
        let kept = self.conn.execute_batch("COMMIT");
        if kept.is_err() {
            self.undo();
            self.waits = true;
        }
        Ok(kept?)
    }

    pub fn rollback(&mut self) -> Result<()> {
        self.undo();
        self.waits = false;
        Ok(())
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.undo();
    }
}
