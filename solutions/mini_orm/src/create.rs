//! Makes the table of a model.

use rusqlite::Connection;

use crate::savepoint::all_or_none;
use crate::{Model, Result, table_of};

/// Makes the table of a model, with its indexes: all of it or nothing.
///
/// # Errors
/// When the model's table is not one that a model can have, and when SQLite
/// refuses it, for example because it exists.
pub fn create<M: Model>(conn: &Connection) -> Result<()> {
    let script = table_of::<M>()?.create_sql()?;
    all_or_none(conn, || Ok(conn.execute_batch(&script)?))
}
