//! An outermost savepoint is a transaction, and has a name.

use mini_orm::{Error, Model, Result};
use rusqlite::Connection;

pub struct Session<'c> {
    conn: &'c mut Connection,
    failed: Option<()>,
}

impl<'c> Session<'c> {
    pub fn new(conn: &'c mut Connection) -> Self {
        Session { conn, failed: None }
    }

    fn whole(&self) -> Result<()> {
        self.failed.map_or(Ok(()), |()| Err(Error::NeedsRollback))
    }

    fn try_add<M: Model>(&self, row: &M) -> Result<M> {
        if self.conn.is_autocommit() {
            self.conn.execute("SAVEPOINT session", [])?;
        }
        mini_orm::insert(&*self.conn, row)
    }

    fn try_commit(&self) -> Result<()> {
        if !self.conn.is_autocommit() {
            self.conn.execute("RELEASE session", [])?;
        }
        Ok(())
    }

    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        self.whole()?;
        let answer = self.try_add(row);
        self.failed = answer.as_ref().err().map(|_| ());
        answer
    }

    pub fn commit(&mut self) -> Result<()> {
        self.whole()?;
        let answer = self.try_commit();
        self.failed = answer.as_ref().err().map(|_| ());
        answer
    }

    pub fn rollback(&mut self) -> Result<()> {
        self.failed = None;
        if self.conn.is_autocommit() {
            return Ok(());
        }
        self.conn
            .execute_batch("ROLLBACK TO session; RELEASE session")?;
        Ok(())
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.rollback() {
            eprintln!("a session was not rolled back: {error}");
        }
    }
}
