//! 5.1 A unit of work.
//!
//! A session is a transaction that is longer than one function: rows are added
//! to it here and there, and one commit keeps them all. It is dropped at its
//! end, like any value. Whatever was not committed by then is rolled back.
//!
//! `mini_orm::insert(conn, &row)`, from part 1, adds a row and returns it with its
//! id. On a connection, `execute_batch` sends `BEGIN`, `COMMIT` and `ROLLBACK`, and `is_autocommit`
//! is false as long as a transaction is open.

//: answer
use mini_orm::{Error, Model, Result, insert};
//: starter
//| use mini_orm::{Model, Result};
//: end
use rusqlite::Connection;

/// Rows that are kept together, or not at all.
///
/// Once `add` or `commit` has returned an error of the database, the session is
/// broken: from then on, `add` and `commit` return `mini_orm::Error::NeedsRollback`
/// and change nothing, until there is a `rollback`.
pub struct Session<'c> {
    conn: &'c mut Connection,
    //: answer
    is_broken: bool,
    //: end
}

impl<'c> Session<'c> {
    /// A session with nothing in it. It begins no transaction yet.
    pub fn new(conn: &'c mut Connection) -> Self {
        //: answer
        Self {
            conn,
            is_broken: false,
        }
        //: starter
        //| Self { conn }
        //: end
    }

    /// Adds a row and returns it with its id. The first row since the last
    /// commit or rollback begins a transaction.
    pub fn add<M: Model>(&mut self, row: &M) -> Result<M> {
        //: answer
        if self.is_broken {
            return Err(Error::NeedsRollback);
        }
        if self.conn.is_autocommit() {
            self.conn.execute_batch("BEGIN")?;
        }
        let added = insert(self.conn, row);
        self.is_broken = added.is_err();
        added
        //: starter
        //| todo!("insert {:?} with {:?}", row.values(), self.conn)
        //: end
    }

    /// Keeps what was added since the last commit or rollback, if anything was.
    /// The session can go on.
    pub fn commit(&mut self) -> Result<()> {
        //: answer
        if self.is_broken {
            return Err(Error::NeedsRollback);
        }
        if !self.conn.is_autocommit() {
            self.is_broken = true;
            self.conn.execute_batch("COMMIT")?;
            self.is_broken = false;
        }
        Ok(())
        //: starter
        //| todo!("commit what was added with {:?}", self.conn)
        //: end
    }

    /// Undoes what was added since the last commit, if anything was. The session
    /// can go on, even if it was broken.
    pub fn rollback(&mut self) -> Result<()> {
        //: answer
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?;
        }
        self.is_broken = false;
        Ok(())
        //: starter
        //| todo!("undo what was added with {:?}", self.conn)
        //: end
    }
}

//: answer
impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.rollback().ok();
    }
}
//: starter
//| // A session that is dropped rolls back.
//: end
