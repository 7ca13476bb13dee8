//! From a row to those that refer to it.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use rusqlite::Connection;

use super::link::Link;
use crate::query::{MANY, Refusal};
use crate::{Expr, Ident, Model, Query, Result, column, query, read};

/// The rows of `C` that refer to a row of another model: the many that one has.
///
/// It holds no rows, only the name of the column of `C` that refers: a foreign
/// key to the other model's primary key, which `C::table()` declares. It is
/// written beside the model that has the many.
///
/// ```
/// use mini_orm::{Column, ColumnType, ForeignKey, HasMany, Model, Table};
/// use mini_orm::{Dir, create, insert};
/// # use rusqlite::types::Value;
/// # use rusqlite::{Connection, Row};
///
/// struct User { id: Option<i64>, username: String }
/// struct Post { id: Option<i64>, user_id: i64, title: String }
///
/// impl User {
///     const POSTS: HasMany<Post> = HasMany::by("user_id");
/// }
///
/// impl Model for Post {
///     const TABLE: &'static str = "posts";
///
///     fn table() -> Table {
///         Table::new(Self::TABLE)
///             .column(Column::new("id", ColumnType::Integer))
///             .column(Column::new("user_id", ColumnType::Integer).not_null())
///             .column(Column::new("title", ColumnType::String(200)).not_null())
///             .primary_key(&["id"])
///             .foreign_key(ForeignKey::new(&["user_id"], User::TABLE))
///             .index(&["user_id"])
///     }
///     // …
/// #     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get("id")?, user_id: row.get("user_id")?, title: row.get("title")? })
/// #     }
/// #     fn values(&self) -> Vec<(&'static str, Value)> {
/// #         vec![("id", self.id.into()), ("user_id", self.user_id.into()), ("title", self.title.clone().into())]
/// #     }
/// }
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
///
/// let ada = insert(&conn, &User { id: None, username: "ada".into() })?;
/// let bo = insert(&conn, &User { id: None, username: "bo".into() })?;
/// insert(&conn, &Post { id: None, user_id: 1, title: "Notes".into() })?;
///
/// let posts = User::POSTS.of(&ada).order_by("title", Dir::Asc);
/// assert_eq!(posts.count(&conn)?, 1);
///
/// let posts = User::POSTS.load(&conn, &[ada, bo])?;
/// assert_eq!(posts[&1][0].title, "Notes");
/// assert!(posts[&2].is_empty());
/// # Ok::<(), mini_orm::Error>(())
/// ```
pub struct HasMany<C> {
    column: &'static str,
    child: PhantomData<fn() -> C>,
}

impl<C: Model> HasMany<C> {
    /// By the column of `C` that refers.
    #[must_use]
    pub const fn by(column: &'static str) -> Self {
        Self {
            column,
            child: PhantomData,
        }
    }

    /// A query for the rows that refer to this one; no SQL is sent until it
    /// runs. It is an error then if `parent` was never inserted, or `C` has no
    /// such foreign key.
    pub fn of<P: Model>(&self, parent: &P) -> Query<C> {
        let link = Link::between::<P, C>(self.column);
        let key = link.and_then(|link| link.key_of(parent));
        query::<C>().filter(match key {
            Ok(key) => column(self.column).eq(key),
            Err(refusal) => Expr::refused(refusal),
        })
    }

    /// The column of `C` that refers.
    pub(crate) fn column(self) -> &'static str {
        self.column
    }

    /// What that column holds in a row that refers to `parent`.
    pub(crate) fn key_of<P: Model>(self, parent: &P) -> Result<i64> {
        let link = Link::between::<P, C>(self.column);
        let key = link.and_then(|link| link.key_of(parent));
        key.map_err(|refusal| refusal.error(&Ident::from(C::TABLE)))
    }

    /// The rows that refer to any of these, by what they refer to: one SELECT
    /// for each 30,000 parents, instead of one for each. Every parent is there,
    /// with an empty list if nothing refers to it; the rows of each are in the
    /// order of their primary key.
    ///
    /// # Errors
    /// When a parent was never inserted, or `C` has no such foreign key, and as
    /// [`Query::all`].
    pub fn load<'p, P: Model + 'p>(
        &self,
        conn: &Connection,
        parents: impl IntoIterator<Item = &'p P>,
    ) -> Result<BTreeMap<i64, Vec<C>>> {
        let error = |refusal: Refusal| refusal.error(&Ident::from(C::TABLE));
        let link = Link::between::<P, C>(self.column).map_err(error)?;
        let mut children: BTreeMap<i64, Vec<C>> = BTreeMap::new();
        for parent in parents {
            let key = link.key_of(parent).map_err(error)?;
            children.entry(key).or_default();
        }
        let keys: Vec<i64> = children.keys().copied().collect();
        for keys in keys.chunks(MANY) {
            let some = query::<C>().filter(column(self.column).in_list(keys));
            some.in_order_of_keys().each(conn, |table, row| {
                let parent = read::integer(table, row, &link.column)?;
                let child = read::model(table, row)?;
                children.entry(parent).or_default().push(child);
                Ok(())
            })?;
        }
        Ok(children)
    }
}

/// It holds no rows, whatever the model is.
impl<C> Clone for HasMany<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for HasMany<C> {}
