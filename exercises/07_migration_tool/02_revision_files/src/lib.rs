//! Revision files.

use rusqlite::{Connection, Result};

/// Creates the table `things`: an `id`, and a `name` that every thing has and
/// no two things share.
pub fn create_table(conn: &Connection) -> Result<()> {
    todo!("create the table things on {conn:?}")
}
