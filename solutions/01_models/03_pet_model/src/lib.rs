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
        //: answer
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::Text))
            .column(Column::new("species", ColumnType::Text))
            .primary_key(&["id"])
        //: starter
        //| Table::new(Self::TABLE).column(Column::new("id", ColumnType::Integer))
        //: end
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        //: answer
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            species: row.get("species")?,
        })
        //: starter
        //| todo!("make a Pet of {row:?}")
        //: end
    }

    /// `.into()` makes a `Value` of an `Option<i64>` or an `Option<String>`.
    fn values(&self) -> Vec<(&'static str, Value)> {
        //: answer
        vec![
            ("id", self.id.into()),
            ("name", self.name.clone().into()),
            ("species", self.species.clone().into()),
        ]
        //: starter
        //| todo!("list the three columns with what {self:?} has for them")
        //: end
    }
}

/// Creates the table of any model.
///
/// A model has one column as its primary key: `M::table().primary_key` lists
/// them. With another number nothing is created, and the error is
/// `mini_orm::Error::PrimaryKey { table, columns }`, with the name of the table and
/// that list.
pub fn create<M: Model>(conn: &Connection) -> Result<()> {
    //: answer
    let table = M::table();
    if table.primary_key.len() != 1 {
        return Err(mini_orm::Error::PrimaryKey {
            table: table.name,
            columns: table.primary_key,
        });
    }
    conn.execute_batch(&table.create_sql()?)?;
    Ok(())
    //: starter
    //| todo!("create the table {} with {conn:?}", M::TABLE)
    //: end
}

/// Inserts a row of any model and returns it as the database now holds it.
///
/// Values are bound: `rusqlite::params_from_iter` takes a `Vec<Value>`. Names of
/// tables and columns can't be; these are the model's own, so they may stand in
/// the SQL. `INSERT … RETURNING *` answers with the new row, which
/// `conn.query_one` reads.
pub fn insert<M: Model>(conn: &Connection, model: &M) -> Result<M> {
    //: answer
    let (columns, values): (Vec<&str>, Vec<Value>) = model.values().into_iter().unzip();
    let placeholders = vec!["?"; values.len()];
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) RETURNING *",
        M::TABLE,
        columns.join(", "),
        placeholders.join(", "),
    );
    let params = rusqlite::params_from_iter(values);
    Ok(conn.query_one(&sql, params, M::from_row)?)
    //: starter
    //| todo!(
    //|     "insert {:?} into {} with {conn:?}",
    //|     model.values(),
    //|     M::TABLE
    //| )
    //: end
}

/// Reads all rows of any model, in any order.
pub fn all<M: Model>(conn: &Connection) -> Result<Vec<M>> {
    //: answer
    let mut statement = conn.prepare(&format!("SELECT * FROM {}", M::TABLE))?;
    let models = statement.query_map([], M::from_row)?;
    Ok(models.collect::<rusqlite::Result<_>>()?)
    //: starter
    //| todo!("read all rows of {} with {conn:?}", M::TABLE)
    //: end
}
