//! Several statements, all or none, inside a transaction or outside one.

use rusqlite::Connection;

use crate::Result;

/// Runs `work` so that all of it is kept or, on an error, none of it. Unlike
/// BEGIN a savepoint can be opened within a transaction.
pub(crate) fn all_or_none<T>(conn: &Connection, work: impl FnOnce() -> Result<T>) -> Result<T> {
    conn.execute_batch("SAVEPOINT mini_orm")?;
    let done = work().and_then(|value| {
        conn.execute_batch("RELEASE mini_orm")?;
        Ok(value)
    });
    // A failed commit may have rolled everything back already.
    if done.is_err() && !conn.is_autocommit() {
        conn.execute_batch("ROLLBACK TO mini_orm; RELEASE mini_orm")
            .ok();
    }
    done
}
