//! A query: what is asked of a model's table, run against a connection.

use std::fmt;
use std::marker::PhantomData;

use rusqlite::{Connection, Row, params_from_iter};

use super::statement::{Bound, Select};
use super::{Dir, Expr};
use crate::{Error, Ident, Model, Result, Table, read, table_of};

/// What is asked of a model's table. No SQL is sent until it runs, and it can
/// run again, against any connection.
///
/// ```
/// use mini_orm::{Dir, column, query};
/// # use mini_orm::{Column, ColumnType, Model, Table, create, insert};
/// # use rusqlite::types::Value;
/// # use rusqlite::{Connection, Row};
/// # #[derive(Debug, PartialEq)]
/// # struct Pet { id: Option<i64>, name: Option<String>, species: Option<String> }
/// # impl Model for Pet {
/// #     const TABLE: &'static str = "pets";
/// #     fn table() -> Table {
/// #         Table::new(Self::TABLE)
/// #             .column(Column::new("id", ColumnType::Integer))
/// #             .column(Column::new("name", ColumnType::Text))
/// #             .column(Column::new("species", ColumnType::Text))
/// #             .primary_key(&["id"])
/// #     }
/// #     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get("id")?, name: row.get("name")?, species: row.get("species")? })
/// #     }
/// #     fn values(&self) -> Vec<(&'static str, Value)> {
/// #         vec![("name", self.name.clone().into()), ("species", self.species.clone().into())]
/// #     }
/// # }
/// # let conn = Connection::open_in_memory()?;
/// # create::<Pet>(&conn)?;
/// # for (name, species) in [("Rex", "dog"), ("Tom", "cat"), ("Ada", "dog")] {
/// #     insert(&conn, &Pet { id: None, name: Some(name.into()), species: Some(species.into()) })?;
/// # }
///
/// let dogs = query::<Pet>().filter(column("species").eq("dog"));
/// assert_eq!(dogs.count(&conn)?, 2);
/// let last = dogs.order_by("name", Dir::Desc).first(&conn)?;
/// assert_eq!(last.and_then(|pet| pet.name).as_deref(), Some("Rex"));
/// # Ok::<(), mini_orm::Error>(())
/// ```
#[must_use = "a query asks nothing until it runs"]
pub struct Query<M> {
    select: Select,
    model: PhantomData<fn() -> M>,
}

/// All rows of a model's table, to be asked for fewer.
pub fn query<M: Model>() -> Query<M> {
    Query {
        select: Select::default(),
        model: PhantomData,
    }
}

impl<M: Model> Query<M> {
    /// Only the rows that meet the condition, and those asked for before.
    pub fn filter(mut self, condition: Expr) -> Self {
        self.select.filter.push(condition.0);
        self
    }

    /// In the order of this column; where rows are equal in what was asked for
    /// before. With a limit the primary key comes last of all, so that it is
    /// settled which rows are the first.
    pub fn order_by(mut self, column: impl Into<Ident>, dir: Dir) -> Self {
        self.select.order.push((column.into(), dir));
        self
    }

    /// At most so many rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.select.limit = Some(rows);
        self
    }

    /// Without the first so many rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.select.offset = rows;
        self
    }

    /// The rows.
    ///
    /// # Errors
    /// When it names a column that the table does not have, compares with
    /// NULL, or SQLite or [`Model::from_row`] refuses.
    pub fn all(&self, conn: &Connection) -> Result<Vec<M>> {
        self.rows(conn, None)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Query::all`].
    pub fn first(&self, conn: &Connection) -> Result<Option<M>> {
        Ok(self.rows(conn, Some(1))?.pop())
    }

    /// The only row.
    ///
    /// # Errors
    /// When there is none, or another, and as [`Query::all`].
    pub fn one(&self, conn: &Connection) -> Result<M> {
        let mut rows = self.rows(conn, Some(2))?.into_iter();
        let table = || Ident::from(M::TABLE);
        match (rows.next(), rows.next()) {
            (Some(row), None) => Ok(row),
            (None, _) => Err(Error::NoRow { table: table() }),
            (Some(_), Some(_)) => Err(Error::SeveralRows { table: table() }),
        }
    }

    /// How many rows there are. None of them is loaded.
    ///
    /// # Errors
    /// As [`Query::all`].
    pub fn count(&self, conn: &Connection) -> Result<u64> {
        let Bound { sql, values } = self.select.count(&table_of::<M>()?)?;
        let count: i64 = conn.query_one(&sql, params_from_iter(values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Whether there is a row. None is loaded.
    ///
    /// # Errors
    /// As [`Query::all`].
    pub fn exists(&self, conn: &Connection) -> Result<bool> {
        let Bound { sql, values } = self.select.exists(&table_of::<M>()?)?;
        Ok(conn.query_one(&sql, params_from_iter(values), |row| row.get(0))?)
    }

    /// In the order of the primary key.
    pub(crate) fn in_order_of_keys(mut self) -> Self {
        let keys = M::table().primary_key.into_iter();
        self.select.order.extend(keys.map(|key| (key, Dir::Asc)));
        self
    }

    /// Hands each row to `take`.
    pub(crate) fn each(
        &self,
        conn: &Connection,
        mut take: impl FnMut(&Table, &Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.run(conn, None, &mut take)
    }

    fn rows(&self, conn: &Connection, at_most: Option<u64>) -> Result<Vec<M>> {
        let mut rows = Vec::new();
        self.run(conn, at_most, &mut |table, row| {
            rows.push(read::model(table, row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    fn run(
        &self,
        conn: &Connection,
        at_most: Option<u64>,
        take: &mut dyn FnMut(&Table, &Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let table = table_of::<M>()?;
        let Bound { sql, values } = self.select.rows(&table, at_most)?;
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            take(&table, row)?;
        }
        Ok(())
    }
}

/// A model need not be `Clone` for a query of it to be.
impl<M> Clone for Query<M> {
    fn clone(&self) -> Self {
        Self {
            select: self.select.clone(),
            model: PhantomData,
        }
    }
}

impl<M> fmt::Debug for Query<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Query").field(&self.select).finish()
    }
}
