//! Which rule of the database an error is about.

use rusqlite::ffi;

/// The rule that a statement broke, if it broke one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Violation {
    /// A value that may occur once is there already: a UNIQUE constraint, a
    /// unique index, a primary key or the rowid.
    Unique,
    /// A column that must have a value has none.
    NotNull,
    /// A row does not meet a condition.
    Check,
    /// A row refers to one that is not there, or is referred to.
    ForeignKey,
    /// No rule of these: the refusal of a trigger, a value of the wrong type in
    /// a STRICT table, a lock, a mistake in the SQL, a failed conversion.
    Other,
}

/// Which rule an error is about, told by SQLite's extended result code
/// (<https://sqlite.org/rescode.html>).
///
/// The text of the error is for people. It holds the names of tables, columns
/// and constraints, which may contain anything, and a trigger may raise any
/// text at all.
///
/// ```
/// use mini_orm::{Violation, violation};
/// use rusqlite::Connection;
///
/// let conn = Connection::open_in_memory()?;
/// conn.execute_batch("CREATE TABLE rooms (code TEXT UNIQUE); INSERT INTO rooms VALUES ('A1')")?;
/// let error = conn.execute("INSERT INTO rooms VALUES ('A1')", []).unwrap_err();
/// assert_eq!(violation(&error), Violation::Unique);
/// # Ok::<(), rusqlite::Error>(())
/// ```
#[must_use]
pub fn violation(error: &rusqlite::Error) -> Violation {
    match error.sqlite_extended_error_code() {
        Some(
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => Violation::Unique,
        Some(ffi::SQLITE_CONSTRAINT_NOTNULL) => Violation::NotNull,
        Some(ffi::SQLITE_CONSTRAINT_CHECK) => Violation::Check,
        Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Violation::ForeignKey,
        Some(ffi::SQLITE_CONSTRAINT_TRIGGER) if is_restrict(error) => Violation::ForeignKey,
        _ => Violation::Other,
    }
}

/// SQLite runs `ON DELETE RESTRICT` and `ON UPDATE RESTRICT` as triggers that it
/// writes itself, and gives them the code of a trigger. Their text, which names
/// nothing, is all that tells them from others.
fn is_restrict(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text == "FOREIGN KEY constraint failed")
}
