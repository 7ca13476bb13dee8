//! 5.1 A unit of work.
//!
//! A session is a transaction that is longer than one function: rows are added
//! to it here and there, and one commit keeps them all. It is dropped at its
//! end, like any value. Whatever was not committed by then is rolled back.
//!
//! `mini_orm::insert(conn, &row)`, from part 1, adds a row and returns it with its
//! id. On a connection, `execute_batch` sends `BEGIN`, `COMMIT` and `ROLLBACK`, and `is_autocommit`
//! is false as long as a transaction is open.

use mini_orm::{Model, Result};
use rusqlite::Connection;

/// Rows that are kept together, or not at all.
///
/// Once `add` or `commit` has returned an error of the database, the session is
/// broken: from then on, `add` and `commit` return `mini_orm::Error::NeedsRollback`
/// and change nothing, until there is a `rollback`.
pub struct Session<'c> {
    conn: &'c mut Connection,
}

impl<'c> Session<'c> {
    /// A session with nothing in it. It begins no transaction yet.
    pub fn new(conn: &'c mut Connection) -> Self {
        Self { conn }
    }

    /// Adds a row and returns it with its id. The first row since the last
    /// commit or rollback begins a transaction.
    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        todo!("insert {:?} with {:?}", row.values(), self.conn)
    }

    /// Keeps what was added since the last commit or rollback, if anything was.
    /// The session can go on.
    pub fn commit(&mut self) -> Result<()> {
        todo!("commit what was added with {:?}", self.conn)
    }

    /// Undoes what was added since the last commit, if anything was. The session
    /// can go on, even if it was broken.
    pub fn rollback(&mut self) -> Result<()> {
        todo!("undo what was added with {:?}", self.conn)
    }
}

// A session that is dropped rolls back.
