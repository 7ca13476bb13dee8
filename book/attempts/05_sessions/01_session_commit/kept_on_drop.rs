//! A first attempt: what is dropped is committed, so that nobody forgets to.

use mini_orm::{Model, Result, insert};
use rusqlite::Connection;

pub struct Session<'c> {
    conn: &'c mut Connection,
}

impl<'c> Session<'c> {
    pub fn new(conn: &'c mut Connection) -> Self {
        Self { conn }
    }

    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        if self.conn.is_autocommit() {
            self.conn.execute_batch("BEGIN")?;
        }
        insert(self.conn, row)
    }

    pub fn commit(&mut self) -> Result<()> {
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    pub fn rollback(&mut self) -> Result<()> {
        todo!("undo what was added with {:?}", self.conn)
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.commit().ok();
    }
}
