//! The state is an enum, and the lock for writing is taken at once.

use mini_orm::{Error, Model, Result, insert};
use rusqlite::Connection;

#[derive(PartialEq)]
enum State {
    Idle,
    Open,
    Broken,
}

pub struct Session<'c> {
    conn: &'c mut Connection,
    state: State,
}

impl<'c> Session<'c> {
    pub fn new(conn: &'c mut Connection) -> Self {
        let state = State::Idle;
        Self { conn, state }
    }

    /// Sends a statement. The session is broken unless it works.
    fn send(&mut self, sql: &str, next: State) -> Result<()> {
        self.state = State::Broken;
        self.conn.execute_batch(sql)?;
        self.state = next;
        Ok(())
    }

    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        match self.state {
            State::Broken => return Err(Error::NeedsRollback),
            State::Idle => self.send("BEGIN IMMEDIATE", State::Open)?,
            State::Open => {}
        }
        insert(self.conn, row).inspect_err(|_| self.state = State::Broken)
    }

    pub fn commit(&mut self) -> Result<()> {
        match self.state {
            State::Broken => Err(Error::NeedsRollback),
            State::Idle => Ok(()),
            State::Open => self.send("COMMIT", State::Idle),
        }
    }

    pub fn rollback(&mut self) -> Result<()> {
        if self.state != State::Idle && !self.conn.is_autocommit() {
            self.send("ROLLBACK", State::Idle)?;
        }
        self.state = State::Idle;
        Ok(())
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        let _ = self.rollback();
    }
}
