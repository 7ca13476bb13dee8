//! The session: what is added to it is written together, or not at all.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use rusqlite::Connection;

use super::order::depths;
use super::pending::{New, Parent, Pending, in_use};
use crate::{Error, HasMany, Model, Result};

/// Objects that are to be written in one transaction: a unit of work.
///
/// Nothing is sent to the database before [`Session::flush`] or
/// [`Session::commit`], and nothing is kept without a commit: a session that is
/// dropped, after a panic too, rolls back.
///
/// Objects are shared with the program. Once one has been flushed it is what
/// the database holds, with its id; after a rollback it is again what it was
/// before it was flushed.
///
/// ```
/// use mini_orm::Session;
/// # use mini_orm::{Column, ColumnType, ForeignKey, HasMany, Model, Table, create, query};
/// # use rusqlite::types::Value;
/// # use rusqlite::{Connection, Row};
/// # struct User { id: Option<i64>, username: String }
/// # struct Post { id: Option<i64>, user_id: Option<i64>, title: String }
/// # impl User { const POSTS: HasMany<Post> = HasMany::by("user_id"); }
/// # impl Model for Post {
/// #     const TABLE: &'static str = "posts";
/// #     fn table() -> Table {
/// #         Table::new(Self::TABLE)
/// #             .column(Column::new("id", ColumnType::Integer))
/// #             .column(Column::new("user_id", ColumnType::Integer).not_null())
/// #             .column(Column::new("title", ColumnType::String(200)).not_null())
/// #             .primary_key(&["id"])
/// #             .foreign_key(ForeignKey::new(&["user_id"], User::TABLE))
/// #     }
/// #     fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get("id")?, user_id: row.get("user_id")?, title: row.get("title")? })
/// #     }
/// #     fn values(&self) -> Vec<(&'static str, Value)> {
/// #         vec![("id", self.id.into()), ("user_id", self.user_id.into()), ("title", self.title.clone().into())]
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
/// # let mut conn = Connection::open_in_memory()?;
/// # create::<User>(&conn)?;
/// # create::<Post>(&conn)?;
///
/// let mut session = Session::new(&mut conn);
/// let ada = session.add(User { id: None, username: "ada".into() });
/// let post = session.add_to(&ada, User::POSTS, Post { id: None, user_id: None, title: "Notes".into() });
/// ada.borrow_mut().username = "Ada".into();
/// session.commit()?;
/// assert_eq!((ada.borrow().id, post.borrow().user_id), (Some(1), Some(1)));
///
/// session.add(User { id: None, username: "bo".into() });
/// session.rollback()?;
/// # assert_eq!(query::<User>().count(session.connection())?, 1);
/// # Ok::<(), mini_orm::Error>(())
/// ```
pub struct Session<'c> {
    conn: &'c mut Connection,
    pending: Vec<Box<dyn Pending>>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// No transaction has been begun.
    Idle,
    /// The transaction is open, and all is well.
    Open,
    /// Something failed on the way; only a rollback helps.
    Failed,
}

impl<'c> Session<'c> {
    /// A session without objects. The connection is the session's until that is
    /// dropped.
    #[must_use]
    pub fn new(conn: &'c mut Connection) -> Self {
        Self {
            conn,
            pending: Vec::new(),
            state: State::Idle,
        }
    }

    /// An object that is to be inserted. It is read when it is written: what is
    /// changed before that is inserted as changed.
    pub fn add<M: Model + 'static>(&mut self, object: M) -> Rc<RefCell<M>> {
        self.add_new(object, None)
    }

    /// An object that is to be inserted as one of those that `parent` has. The
    /// column that refers takes the parent's key, which need not be known yet;
    /// when it is written the parent must have been inserted, which the session
    /// does first if the parent was added to it.
    pub fn add_to<P: Model + 'static, C: Model + 'static>(
        &mut self,
        parent: &Rc<RefCell<P>>,
        children: HasMany<C>,
        child: C,
    ) -> Rc<RefCell<C>> {
        let parent = Rc::clone(parent);
        let key = move || {
            let parent = parent.try_borrow().map_err(|_| in_use::<P>())?;
            children.key_of(&*parent)
        };
        let parent = Parent {
            column: children.column(),
            key: Box::new(key),
        };
        self.add_new(child, Some(parent))
    }

    fn add_new<M: Model + 'static>(&mut self, object: M, parent: Option<Parent>) -> Rc<RefCell<M>> {
        let object = Rc::new(RefCell::new(object));
        self.pending.push(Box::new(New {
            object: Rc::clone(&object),
            parent,
            before: None,
        }));
        object
    }

    /// Inserts what was added, parents before children by the foreign keys of
    /// their tables, otherwise in the order in which it was added. The objects
    /// have their ids then, and are visible to this connection only.
    ///
    /// The first flush begins the transaction, with the lock for writing.
    /// Nothing is sent if there is nothing to insert.
    ///
    /// # Errors
    /// When the database refuses a row, an object is borrowed, or a parent was
    /// never inserted. The session then needs a rollback, and so it says until
    /// it gets one. Only if another connection has the lock everything is as
    /// before, and can be tried again.
    pub fn flush(&mut self) -> Result<()> {
        if self.state == State::Failed {
            return Err(Error::NeedsRollback);
        }
        if self.pending.iter().all(|object| object.is_written()) {
            return Ok(());
        }
        if self.state == State::Idle {
            self.conn.execute_batch("BEGIN IMMEDIATE")?;
        }
        // A panic on the way leaves it so.
        self.state = State::Failed;
        self.write_all()?;
        self.state = State::Open;
        Ok(())
    }

    /// Flushes, and makes it last. The session can go on; it has no objects
    /// then.
    ///
    /// # Errors
    /// As [`Session::flush`], and when the commit is refused, as it is for a
    /// deferred foreign key that refers to nothing. The session then needs a
    /// rollback.
    pub fn commit(&mut self) -> Result<()> {
        self.flush()?;
        if self.state == State::Open {
            self.state = State::Failed;
            self.conn.execute_batch("COMMIT")?;
            self.state = State::Idle;
        }
        self.pending.clear();
        Ok(())
    }

    /// Takes back what was flushed since the last commit, and forgets what was
    /// added. The session can go on.
    ///
    /// # Errors
    /// When SQLite cannot roll back; nothing changes then.
    pub fn rollback(&mut self) -> Result<()> {
        // A commit that failed may have rolled back already.
        if self.state != State::Idle && !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?;
        }
        self.state = State::Idle;
        for mut object in self.pending.drain(..).rev() {
            object.undo();
        }
        Ok(())
    }

    /// The connection, to ask what the session has flushed. It does not flush.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        self.conn
    }

    fn write_all(&mut self) -> Result<()> {
        let mut new: Vec<_> = self.pending.iter_mut().collect();
        new.retain(|object| !object.is_written());
        let mut models = HashSet::new();
        let depths = depths(
            new.iter()
                .filter(|object| models.insert(object.model()))
                .map(|object| object.table()),
        );
        // Stable: what is equally deep stays in the order of its adding.
        new.sort_by_cached_key(|object| depths.get(&object.name()).copied());
        for object in new {
            object.write(self.conn)?;
        }
        Ok(())
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.rollback().ok();
    }
}
