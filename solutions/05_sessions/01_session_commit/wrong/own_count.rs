//! Whether a transaction is open is what the session remembers of it.

use mini_orm::{Error, Model, Result, insert};
use rusqlite::Connection;

pub struct Session<'c> {
    conn: &'c mut Connection,
    is_open: bool,
    is_broken: bool,
}

impl<'c> Session<'c> {
    pub fn new(conn: &'c mut Connection) -> Self {
        Self {
            conn,
            is_open: false,
            is_broken: false,
        }
    }

    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        if self.is_broken {
            return Err(Error::NeedsRollback);
        }
        if !self.is_open {
            self.conn.execute_batch("BEGIN")?;
            self.is_open = true;
        }
        let added = insert(self.conn, row);
        self.is_broken = added.is_err();
        added
    }

    pub fn commit(&mut self) -> Result<()> {
        if self.is_broken {
            return Err(Error::NeedsRollback);
        }
        if self.is_open {
            self.is_broken = true;
            self.conn.execute_batch("COMMIT")?;
            self.is_broken = false;
            self.is_open = false;
        }
        Ok(())
    }

    pub fn rollback(&mut self) -> Result<()> {
        if self.is_open {
            self.conn.execute_batch("ROLLBACK")?;
            self.is_open = false;
        }
        self.is_broken = false;
        Ok(())
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.rollback().ok();
    }
}
