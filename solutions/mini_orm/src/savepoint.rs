//! Several statements, all or none, inside a transaction or outside one.

use rusqlite::Connection;

use crate::Result;

/// Runs `work` so that all of it is kept or, on an error or a panic, none of
/// it. Unlike BEGIN a savepoint can be opened within a transaction.
pub(crate) fn all_or_none<T>(conn: &Connection, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let undo = if conn.is_autocommit() {
        "ROLLBACK"
    } else {
        "ROLLBACK TO mini_orm; RELEASE mini_orm"
    };
    conn.execute_batch("SAVEPOINT mini_orm")?;
    let mut savepoint = Savepoint {
        conn,
        undo: Some(undo),
    };
    let value = work()?;
    conn.execute_batch("RELEASE mini_orm")?;
    savepoint.undo = None;
    Ok(value)
}

/// What was done since it was opened is undone, unless it was released.
struct Savepoint<'c> {
    conn: &'c Connection,
    undo: Option<&'static str>,
}

impl Drop for Savepoint<'_> {
    fn drop(&mut self) {
        // A failed commit may have rolled everything back already.
        if let Some(undo) = self.undo
            && !self.conn.is_autocommit()
        {
            self.conn.execute_batch(undo).ok();
        }
    }
}
