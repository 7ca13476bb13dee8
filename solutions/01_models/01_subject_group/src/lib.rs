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
    //: answer
    conn.execute_batch(
        "CREATE TABLE subject_groups (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (length(name) <= 60)
        )",
    )
    //: starter
    //| todo!("create the table subject_groups with {conn:?}")
    //: end
}
