//! 1.1 The first table.

use rusqlite::{Connection, Result};

/// Creates the table `subject_groups`, one row for each group of school
/// subjects, such as Languages, or Arts and Music.
///
/// - `id`: a number that SQLite assigns to each new row
/// - `name`: text of at most 60 characters. Every group has a name, and no two
///   groups have the same.
///
/// `execute_batch` of the connection runs SQL that returns no rows.
pub fn create_table(conn: &Connection) -> Result<()> {
    todo!("create the table subject_groups with {conn:?}")
}
