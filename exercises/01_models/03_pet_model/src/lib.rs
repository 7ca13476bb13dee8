//! 1.3 A trait for all models.
//!
//! `Table`, `Column` and `ColumnType` are values that describe a table. They
//! come from `mini_orm`, and so does `Table::create_sql`, which writes the
//! `CREATE TABLE` for you.

use mini_orm::{Column, ColumnType, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

/// A Rust type that stands for a table; a value of it stands for a row.
pub trait Model: Sized {
    /// The name of the table.
    const TABLE: &'static str;

    /// The table: its columns and the one that is its primary key.
    fn table() -> Table;

    /// A value from a row. Columns are read by name.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self>;

    /// A row from a value: each column of the table with what is to be stored
    /// in it. SQLite assigns a primary key that is NULL.
    fn values(&self) -> Vec<(&'static str, Value)>;
}

/// One row of the table `pets`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pet {
    /// `None` until the row is in the database, which assigns it.
    pub id: Option<i64>,
    /// Not every pet has one.
    pub name: Option<String>,
    /// Not always known.
    pub species: Option<String>,
}

impl Model for Pet {
    const TABLE: &'static str = "pets";

    /// Three columns. The first is here; name and species are
    /// `ColumnType::Text`. `.primary_key(&["id"])` names the primary key.
    fn table() -> Table {
        Table::new(Self::TABLE).column(Column::new("id", ColumnType::Integer))
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        todo!("make a Pet of {row:?}")
    }

    /// `.into()` makes a `Value` of an `Option<i64>` or an `Option<String>`.
    fn values(&self) -> Vec<(&'static str, Value)> {
        todo!("list the three columns with what {self:?} has for them")
    }
}

/// Creates the table of any model.
///
/// A model has one column as its primary key: `M::table().primary_key` lists
/// them. With another number nothing is created, and the error is
/// `mini_orm::Error::PrimaryKey { table, columns }`, with the name of the table and
/// that list.
pub fn create<M: Model>(conn: &Connection) -> Result<()> {
    todo!("create the table {} with {conn:?}", M::TABLE)
}

/// Inserts a row of any model and returns it as the database now holds it.
///
/// Values are bound: `rusqlite::params_from_iter` takes a `Vec<Value>`. Names of
/// tables and columns can't be; these are the model's own, so they may stand in
/// the SQL. `INSERT … RETURNING *` answers with the new row, which
/// `conn.query_one` reads.
pub fn insert<M: Model>(conn: &Connection, model: &M) -> Result<M> {
    todo!(
        "insert {:?} into {} with {conn:?}",
        model.values(),
        M::TABLE
    )
}

/// Reads all rows of any model, in any order.
pub fn all<M: Model>(conn: &Connection) -> Result<Vec<M>> {
    todo!("read all rows of {} with {conn:?}", M::TABLE)
}
