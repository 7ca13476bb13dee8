//! From a row to the one that it refers to.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use rusqlite::Connection;

use super::link::Link;
use crate::query::{MANY, Refusal};
use crate::{Expr, Ident, Model, Query, Result, column, query, read};

/// The row of `P` that a row of another model refers to: the one that it
/// belongs to. It is written beside the model that refers.
///
/// ```
/// # use mini_orm::{Column, ColumnType, ForeignKey, Model, Table, create, insert};
/// # use rusqlite::types::Value;
/// # use rusqlite::{Connection, Row};
/// use mini_orm::BelongsTo;
///
/// # struct User { id: Option<i64>, username: String }
/// struct Post { id: Option<i64>, user_id: Option<i64> }
///
/// impl Post {
///     const AUTHOR: BelongsTo<User> = BelongsTo::by("user_id");
/// }
/// # impl Model for Post {
/// #     const TABLE: &'static str = "posts";
/// #     fn table() -> Table {
/// #         Table::new(Self::TABLE)
/// #             .column(Column::new("id", ColumnType::Integer))
/// #             .column(Column::new("user_id", ColumnType::Integer))
/// #             .primary_key(&["id"])
/// #             .foreign_key(ForeignKey::new(&["user_id"], User::TABLE))
/// #     }
/// #     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get("id")?, user_id: row.get("user_id")? })
/// #     }
/// #     fn values(&self) -> Vec<(&'static str, Value)> {
/// #         vec![("id", self.id.into()), ("user_id", self.user_id.into())]
/// #     }
/// # }
/// # impl Model for User {
/// #     const TABLE: &'static str = "users";
/// #     fn table() -> Table {
/// #         Table::new(Self::TABLE)
/// #             .column(Column::new("id", ColumnType::Integer))
/// #             .column(Column::new("username", ColumnType::String(80)).not_null())
/// #             .primary_key(&["id"])
/// #     }
/// #     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get("id")?, username: row.get("username")? })
/// #     }
/// #     fn values(&self) -> Vec<(&'static str, Value)> {
/// #         vec![("id", self.id.into()), ("username", self.username.clone().into())]
/// #     }
/// # }
/// # let conn = Connection::open_in_memory()?;
/// # create::<User>(&conn)?;
/// # create::<Post>(&conn)?;
/// # let ada = insert(&conn, &User { id: None, username: "ada".into() })?;
/// # let post = insert(&conn, &Post { id: None, user_id: ada.id })?;
///
/// assert_eq!(Post::AUTHOR.of(&post).one(&conn)?.username, "ada");
///
/// let authors = Post::AUTHOR.load(&conn, &[post])?;
/// assert_eq!(authors[&1].username, "ada");
/// # Ok::<(), mini_orm::Error>(())
/// ```
pub struct BelongsTo<P> {
    column: &'static str,
    parent: PhantomData<fn() -> P>,
}

impl<P: Model> BelongsTo<P> {
    /// By the column of the model that refers.
    #[must_use]
    pub const fn by(column: &'static str) -> Self {
        Self {
            column,
            parent: PhantomData,
        }
    }

    /// A query for the row that this one refers to; no SQL is sent until it
    /// runs. It finds none if the column is NULL, and it is an error then if
    /// the child's table has no such foreign key.
    pub fn of<C: Model>(&self, child: &C) -> Query<P> {
        let link = Link::between::<P, C>(self.column);
        let found = link.and_then(|link| Ok((link.parent_of(child)?, link.key)));
        query::<P>().filter(match found {
            Ok((Some(parent), key)) => column(key).eq(parent),
            Ok((None, key)) => column(key).in_list::<i64>([]),
            Err(refusal) => Expr::refused(refusal),
        })
    }

    /// The rows that any of these refer to, by their primary key: one SELECT
    /// for each 30,000 of them, instead of one for each child.
    ///
    /// # Errors
    /// When the child's table has no such foreign key, and as [`Query::all`].
    pub fn load<'c, C: Model + 'c>(
        &self,
        conn: &Connection,
        children: impl IntoIterator<Item = &'c C>,
    ) -> Result<BTreeMap<i64, P>> {
        let error = |refusal: Refusal| refusal.error(&Ident::from(P::TABLE));
        let link = Link::between::<P, C>(self.column).map_err(error)?;
        let mut keys = BTreeSet::new();
        for child in children {
            keys.extend(link.parent_of(child).map_err(error)?);
        }
        let keys: Vec<i64> = keys.into_iter().collect();
        let mut parents = BTreeMap::new();
        for keys in keys.chunks(MANY) {
            let some = query::<P>().filter(column(&link.key).in_list(keys));
            some.each(conn, |table, row| {
                let key = read::integer(table, row, &link.key)?;
                parents.insert(key, read::model(table, row)?);
                Ok(())
            })?;
        }
        Ok(parents)
    }
}

/// It holds no row, whatever the model is.
impl<P> Clone for BelongsTo<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for BelongsTo<P> {}
