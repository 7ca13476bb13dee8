//! Adds rows.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::ident::list;
use crate::savepoint::all_or_none;
use crate::select::columns;
use crate::{Error, Ident, Model, Result, Table, read, table_of};

/// What a row can be inserted from.
///
/// Every model is one. Where it matters whether a column is NULL or left to the
/// database, a type of its own says so, with a [`Field`](crate::Field) for each
/// such column.
///
/// ```
/// use mini_orm::{Column, ColumnType, Field, Insert, Model, Table, create, insert};
/// use rusqlite::types::Value;
/// # use rusqlite::{Connection, Row};
///
/// struct User { id: i64, username: String, verified: bool }
///
/// impl Model for User {
///     const TABLE: &'static str = "users";
///
///     fn table() -> Table {
///         Table::new(Self::TABLE)
///             .column(Column::new("id", ColumnType::Integer))
///             .column(Column::new("username", ColumnType::String(80)).not_null())
///             .column(Column::new("verified", ColumnType::Boolean).not_null().server_default(false))
///             .primary_key(&["id"])
///     }
///     // …
/// #     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get("id")?, username: row.get("username")?, verified: row.get("verified")? })
/// #     }
/// #     fn values(&self) -> Vec<(&'static str, Value)> {
/// #         vec![("id", self.id.into()), ("username", self.username.clone().into()), ("verified", self.verified.into())]
/// #     }
/// }
///
/// struct NewUser { username: String, verified: Field<bool> }
///
/// impl Insert for NewUser {
///     type Model = User;
///
///     fn row(&self) -> Vec<(&'static str, Value)> {
///         let mut row = vec![("username", self.username.clone().into())];
///         row.extend(self.verified.column("verified"));
///         row
///     }
/// }
///
/// let conn = Connection::open_in_memory()?;
/// create::<User>(&conn)?;
/// let ada = insert(&conn, &NewUser { username: "ada".into(), verified: Field::Unset })?;
/// assert_eq!((ada.id, ada.verified), (1, false));
/// # assert_eq!(ada.username, "ada");
/// # Ok::<(), mini_orm::Error>(())
/// ```
pub trait Insert {
    /// The model of the table that the row goes to, and that comes back.
    type Model: Model;

    /// The columns that are set, with what is to be stored in them. The
    /// database fills in the others.
    fn row(&self) -> Vec<(&'static str, Value)>;
}

impl<M: Model> Insert for M {
    type Model = M;

    fn row(&self) -> Vec<(&'static str, Value)> {
        self.values()
    }
}

/// Adds a row and returns it as the database now holds it: with the id that
/// SQLite assigned, and with the defaults of columns that were left out.
///
/// # Errors
/// When it names a column twice or one that the table does not have, and when
/// SQLite refuses the row. When [`Model::from_row`] refuses what came back, the
/// row has been added all the same, unless a transaction is rolled back.
pub fn insert<I: Insert>(conn: &Connection, row: &I) -> Result<I::Model> {
    insert_row(conn, &table_of::<I::Model>()?, row.row())
}

/// Adds rows, all of them or, on an error, none, and returns them in their
/// order. Different ones may be set in different columns.
///
/// ```
/// # use mini_orm::{Column, ColumnType, Model, Table, create, insert_many};
/// # use rusqlite::types::Value;
/// # use rusqlite::{Connection, Row};
/// # struct Group { id: Option<i64>, name: String }
/// # impl Group { fn named(name: &str) -> Self { Self { id: None, name: name.into() } } }
/// # impl Model for Group {
/// #     const TABLE: &'static str = "subject_groups";
/// #     fn table() -> Table {
/// #         Table::new(Self::TABLE)
/// #             .column(Column::new("id", ColumnType::Integer))
/// #             .column(Column::new("name", ColumnType::String(60)).not_null())
/// #             .primary_key(&["id"])
/// #             .unique(&["name"])
/// #     }
/// #     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get("id")?, name: row.get("name")? })
/// #     }
/// #     fn values(&self) -> Vec<(&'static str, Value)> {
/// #         vec![("id", self.id.into()), ("name", self.name.clone().into())]
/// #     }
/// # }
/// # let conn = Connection::open_in_memory()?;
/// # create::<Group>(&conn)?;
/// let groups = insert_many(&conn, &[Group::named("Arts"), Group::named("Sciences")])?;
/// assert_eq!(groups[1].id, Some(2));
/// assert!(insert_many(&conn, &[Group::named("Crafts"), Group::named("Arts")]).is_err());
/// assert_eq!(mini_orm::query::<Group>().count(&conn)?, 2);
/// # Ok::<(), mini_orm::Error>(())
/// ```
///
/// # Errors
/// As [`insert`], but nothing is kept.
pub fn insert_many<'i, I: Insert + 'i>(
    conn: &Connection,
    rows: impl IntoIterator<Item = &'i I>,
) -> Result<Vec<I::Model>> {
    let table = table_of::<I::Model>()?;
    let mut rows = rows.into_iter().peekable();
    if rows.peek().is_none() {
        return Ok(Vec::new());
    }
    all_or_none(conn, || {
        rows.map(|row| insert_row(conn, &table, row.row()))
            .collect()
    })
}

/// Adds a row to the table of a model.
pub(crate) fn insert_row<M: Model>(
    conn: &Connection,
    table: &Table,
    row: Vec<(&'static str, Value)>,
) -> Result<M> {
    let (names, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let names: Vec<Ident> = names.into_iter().map(Ident::from).collect();
    distinct_columns(table, &names)?;
    let sql = format!(
        "INSERT INTO {} {} RETURNING {}",
        table.name.quoted(),
        what(&names),
        columns(table),
    );
    // `query_one` runs the statement to its end. `query_row` stops at the row,
    // and an error of the commit, which comes after it, would be lost.
    conn.query_one(&sql, params_from_iter(values), |row| {
        Ok(read::model(table, row))
    })?
}

fn what(names: &[Ident]) -> String {
    if names.is_empty() {
        return "DEFAULT VALUES".to_owned();
    }
    let placeholders = vec!["?"; names.len()].join(", ");
    format!("({}) VALUES ({placeholders})", list(names))
}

/// SQLite takes the first of two values for one column without a word.
fn distinct_columns(table: &Table, names: &[Ident]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for name in names {
        if table.column_named(name).is_none() {
            return Err(Error::UnknownColumn {
                table: table.name.clone(),
                column: name.clone(),
                by: "inserted row",
            });
        }
        if !seen.insert(name) {
            return Err(Error::DuplicateColumn {
                table: table.name.clone(),
                column: name.clone(),
            });
        }
    }
    Ok(())
}
