//! Foreign keys, left alone while steps run.

use rusqlite::Connection;

/// A connection that does not enforce foreign keys as long as this lives, and
/// then does what it did before.
///
/// `DROP TABLE`, which a step that rebuilds a table needs, deletes the rows
/// first; with foreign keys enforced those of other tables would go with them
/// (<https://sqlite.org/lang_altertable.html#otheralter>). The pragma does
/// nothing in a transaction, so a step cannot switch it.
pub(super) struct ForeignKeysOff<'c> {
    pub conn: &'c mut Connection,
    restore: bool,
}

impl<'c> ForeignKeysOff<'c> {
    pub(super) fn new(conn: &'c mut Connection) -> rusqlite::Result<Self> {
        let enforced = conn.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
        if enforced {
            conn.pragma_update(None, "foreign_keys", false)?;
        }
        Ok(Self {
            conn,
            restore: enforced,
        })
    }

    /// Goes back to what was before.
    pub(super) fn restore(mut self) -> rusqlite::Result<()> {
        self.back()
    }

    fn back(&mut self) -> rusqlite::Result<()> {
        // A rollback may have failed; the pragma would do nothing then.
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?;
        }
        if self.restore {
            self.conn.pragma_update(None, "foreign_keys", true)?;
            self.restore = false;
        }
        Ok(())
    }
}

/// After a panic too, and once more if [`ForeignKeysOff::restore`] failed.
impl Drop for ForeignKeysOff<'_> {
    fn drop(&mut self) {
        self.back().ok();
    }
}
