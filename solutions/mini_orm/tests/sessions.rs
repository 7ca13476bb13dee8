//! Sessions: everything or nothing, parents first.

mod support;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use mini_orm::{
    Column, ColumnType, Error, ForeignKey, HasMany, Model, Session, Table, Violation, all, create,
    insert, query,
};
use rusqlite::hooks::{AuthContext, Authorization};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, TransactionBehavior};
use support::{Numbers, Pet, Post, User, memory, trace, traced};

const POSTS: HasMany<Post> = HasMany::by("user_id");

/// A comment on a post, by a user; and maybe on another comment.
#[derive(Clone, Debug, PartialEq)]
struct Comment {
    id: Option<i64>,
    post_id: Option<i64>,
    reply_to: Option<i64>,
}

impl Comment {
    const REPLIES: HasMany<Comment> = HasMany::by("reply_to");
    const ON_POST: HasMany<Comment> = HasMany::by("post_id");

    fn new() -> Self {
        Self {
            id: None,
            post_id: None,
            reply_to: None,
        }
    }
}

impl Model for Comment {
    const TABLE: &'static str = "comments";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("post_id", ColumnType::Integer))
            .column(Column::new("reply_to", ColumnType::Integer))
            .primary_key(&["id"])
            .foreign_key(ForeignKey::new(&["post_id"], "POSTS"))
            .foreign_key(ForeignKey::new(&["reply_to"], "comments"))
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            post_id: row.get("post_id")?,
            reply_to: row.get("reply_to")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("POST_ID", self.post_id.into()),
            ("reply_to", self.reply_to.into()),
        ]
    }
}

fn tables(conn: &Connection) {
    conn.pragma_update(None, "foreign_keys", true).unwrap();
    create::<Pet>(conn).unwrap();
    create::<User>(conn).unwrap();
    create::<Post>(conn).unwrap();
    create::<Comment>(conn).unwrap();
}

fn blog() -> Connection {
    let conn = memory();
    tables(&conn);
    conn
}

fn users(conn: &Connection) -> Vec<String> {
    let users = all::<User>(conn).unwrap();
    users.into_iter().map(|user| user.username).collect()
}

#[test]
fn nothing_is_sent_before_the_flush_and_nothing_seen_before_the_commit() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut conn = Connection::open(&path).unwrap();
    tables(&conn);
    let other = Connection::open(&path).unwrap();
    trace(&conn);

    let mut session = Session::new(&mut conn);
    let ada = session.add(User::new("ada"));
    assert!(traced().is_empty());
    ada.borrow_mut().email = Some("ada@example.org".to_owned());
    session.flush().unwrap();
    assert_eq!(ada.borrow().id, Some(1));
    assert_eq!(users(session.connection()), ["ada"]);
    assert!(users(&other).is_empty());
    session.flush().unwrap();
    session.commit().unwrap();
    assert_eq!(users(&other), ["ada"]);
    session.commit().unwrap();
    drop(session);
    let sent = traced();
    assert_eq!(sent.len(), 4, "{sent:?}");
    assert_eq!(sent[0], "BEGIN IMMEDIATE");
    assert!(sent[1].starts_with(r#"INSERT INTO "users""#));
    assert_eq!(sent[3], "COMMIT");
    assert_eq!(all::<User>(&other).unwrap(), [ada.borrow().clone()]);
}

#[test]
fn a_commit_is_all_or_nothing() {
    let mut conn = blog();
    let mut session = Session::new(&mut conn);
    let added = ["ada", "bo", "ada"].map(|name| session.add(User::new(name)));
    let error = session.commit().unwrap_err();
    assert_eq!(error.violation(), Violation::Unique);
    for refused in [session.flush(), session.commit()] {
        assert!(matches!(refused, Err(Error::NeedsRollback)));
    }
    session.rollback().unwrap();
    assert!(users(session.connection()).is_empty());
    assert!(session.connection().is_autocommit());
    assert!(added.iter().all(|user| user.borrow().id.is_none()));

    let cy = session.add(User::new("cy"));
    session.commit().unwrap();
    assert_eq!(cy.borrow().id, Some(1));
    drop(session);
    assert_eq!(users(&conn), ["cy"]);
}

#[test]
fn what_is_dropped_is_rolled_back() {
    let mut conn = blog();
    let mut session = Session::new(&mut conn);
    let ada = session.add(User::new("ada"));
    session.flush().unwrap();
    let bo = session.add(User::new("bo"));
    drop(session);
    assert_eq!((ada.borrow().id, bo.borrow().id), (None, None));
    assert!(users(&conn).is_empty() && conn.is_autocommit());
}

#[test]
fn a_rollback_gives_objects_back_as_they_were_and_forgets_them() {
    let mut conn = blog();
    let mut session = Session::new(&mut conn);
    let user = session.add(User::new("ada"));
    session.flush().unwrap();
    user.borrow_mut().username = "changed".to_owned();
    session.rollback().unwrap();
    assert_eq!(*user.borrow(), User::new("ada"));
    session.rollback().unwrap();
    session.commit().unwrap();
    assert!(users(session.connection()).is_empty());
    // The object is the program's again.
    let user = Rc::try_unwrap(user).unwrap().into_inner();
    session.add(user);
    session.commit().unwrap();
    assert_eq!(users(session.connection()), ["ada"]);
}

#[test]
fn what_was_committed_is_not_taken_back() {
    let mut conn = blog();
    let mut session = Session::new(&mut conn);
    let ada = session.add(User::new("ada"));
    session.commit().unwrap();
    let bo = session.add(User::new("bo"));
    session.flush().unwrap();
    session.rollback().unwrap();
    assert_eq!((ada.borrow().id, bo.borrow().id), (Some(1), None));
    drop(session);
    assert_eq!(users(&conn), ["ada"]);
}

/// A model that does what a test wants when it is written.
struct Trap(fn());

impl Model for Trap {
    const TABLE: &'static str = "pets";

    fn table() -> Table {
        Pet::table()
    }

    fn from_row(_: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self(|| ()))
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        self.0();
        Vec::new()
    }
}

#[test]
fn a_panic_rolls_back() {
    let mut conn = blog();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let mut session = Session::new(&mut conn);
        session.add(User::new("ada"));
        session.flush().unwrap();
        panic!("on purpose");
    }));
    assert!(caught.is_err());
    assert!(users(&conn).is_empty() && conn.is_autocommit());

    let mut session = Session::new(&mut conn);
    session.add(User::new("ada"));
    session.add(Trap(|| panic!("on purpose")));
    session.add(User::new("bo"));
    let caught = catch_unwind(AssertUnwindSafe(|| session.flush()));
    assert!(caught.is_err());
    assert!(matches!(session.commit(), Err(Error::NeedsRollback)));
    session.rollback().unwrap();
    session.commit().unwrap();
    drop(session);
    assert!(users(&conn).is_empty() && conn.is_autocommit());
}

#[test]
fn a_vetoed_commit_is_an_error_until_the_rollback() {
    let mut conn = blog();
    let veto = Arc::new(AtomicBool::new(true));
    let asked = Arc::clone(&veto);
    conn.commit_hook(Some(move || asked.load(Ordering::Relaxed)))
        .unwrap();
    let mut session = Session::new(&mut conn);
    let ada = session.add(User::new("ada"));
    assert!(session.commit().is_err());
    veto.store(false, Ordering::Relaxed);
    assert!(matches!(session.commit(), Err(Error::NeedsRollback)));
    session.rollback().unwrap();
    assert_eq!(ada.borrow().id, None);
    session.add(User::new("bo"));
    session.commit().unwrap();
    assert_eq!(users(session.connection()), ["bo"]);
}

#[test]
fn a_deferred_key_that_refers_to_nothing_fails_at_the_commit() {
    let mut conn = memory();
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; CREATE TABLE users (id INTEGER PRIMARY KEY);
         CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT,
             user_id REFERENCES users DEFERRABLE INITIALLY DEFERRED)",
    )
    .unwrap();
    let mut session = Session::new(&mut conn);
    let post = session.add(Post::new(Some(7), "lost"));
    session.flush().unwrap();
    let error = session.commit().unwrap_err();
    assert_eq!(error.violation(), Violation::ForeignKey);
    assert!(!session.connection().is_autocommit());
    session.rollback().unwrap();
    assert!(session.connection().is_autocommit());
    assert_eq!(post.borrow().id, None);
}

#[test]
fn a_lock_held_by_another_can_be_waited_out() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut conn = Connection::open(&path).unwrap();
    tables(&conn);
    conn.busy_timeout(Duration::ZERO).unwrap();
    let mut other = Connection::open(&path).unwrap();
    let lock = other
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .unwrap();
    let mut session = Session::new(&mut conn);
    let ada = session.add(User::new("ada"));
    assert_eq!(
        session.commit().unwrap_err().to_string(),
        "database is locked"
    );
    drop(lock);
    session.commit().unwrap();
    assert_eq!(ada.borrow().id, Some(1));
}

#[test]
fn a_transaction_of_the_program_is_left_alone() {
    let mut conn = blog();
    conn.execute_batch("BEGIN").unwrap();
    insert(&conn, &User::new("ada")).unwrap();
    let mut session = Session::new(&mut conn);
    session.add(User::new("bo"));
    assert!(session.commit().is_err());
    drop(session);
    assert!(!conn.is_autocommit());
    conn.execute_batch("COMMIT").unwrap();
    assert_eq!(users(&conn), ["ada"]);
}

#[test]
fn parents_come_first_whatever_the_order_of_adding() {
    let mut numbers = Numbers::new();
    for _ in 0..40 {
        let mut conn = blog();
        let mut session = Session::new(&mut conn);
        let mut left: Vec<usize> = (0..8).collect();
        while !left.is_empty() {
            match left.remove(numbers.below(left.len())) {
                0 | 1 => drop(session.add(Pet::new("Rex", None))),
                n @ (2 | 3) => {
                    let id = Some(n as i64);
                    drop(session.add(User {
                        id,
                        ..User::new(&n.to_string())
                    }));
                }
                n @ (4 | 5) => {
                    let id = Some(n as i64);
                    drop(session.add(Post {
                        id,
                        ..Post::new(Some(n as i64 - 2), "t")
                    }));
                }
                n => {
                    let post_id = Some(n as i64 - 2);
                    drop(session.add(Comment {
                        post_id,
                        ..Comment::new()
                    }));
                }
            }
        }
        session.commit().unwrap();
        let comments = query::<Comment>().count(session.connection());
        assert_eq!(comments.unwrap(), 2);
    }
}

#[test]
fn a_child_takes_the_key_that_its_parent_gets() {
    let mut conn = blog();
    insert(&conn, &User::new("zero")).unwrap();
    let mut session = Session::new(&mut conn);
    let ada = session.add(User::new("ada"));
    // A key that the object has itself does not count.
    let post = session.add_to(&ada, POSTS, Post::new(Some(1), "first"));
    let comment = session.add_to(&post, Comment::ON_POST, Comment::new());
    let reply = session.add_to(&comment, Comment::REPLIES, Comment::new());
    let again = session.add_to(&reply, Comment::REPLIES, Comment::new());
    session.flush().unwrap();
    assert_eq!(post.borrow().user_id, Some(2));
    assert_eq!(comment.borrow().post_id, post.borrow().id);
    assert_eq!(reply.borrow().reply_to, comment.borrow().id);
    assert_eq!(again.borrow().reply_to, reply.borrow().id);
    let late = session.add_to(&ada, POSTS, Post::new(None, "late"));
    session.commit().unwrap();
    assert_eq!(late.borrow().user_id, Some(2));
    let stored = Rc::new(RefCell::new(
        query::<User>()
            .first(session.connection())
            .unwrap()
            .unwrap(),
    ));
    let post = session.add_to(&stored, POSTS, Post::new(None, "of one that was there"));
    session.rollback().unwrap();
    assert_eq!(post.borrow().user_id, None);
}

#[test]
fn a_parent_that_is_never_inserted_is_an_error() {
    let mut conn = blog();
    let mut session = Session::new(&mut conn);
    let nobody = Rc::new(RefCell::new(User::new("nobody")));
    session.add_to(&nobody, POSTS, Post::new(None, "lost"));
    assert!(matches!(session.commit(), Err(Error::NotInserted { .. })));
    session.rollback().unwrap();
    let pet = session.add(Pet::new("Rex", None));
    session.add_to(&pet, POSTS, Post::new(None, "of a pet"));
    assert!(matches!(session.commit(), Err(Error::Relationship { .. })));
    drop(session);
    assert_eq!(query::<Pet>().count(&conn).unwrap(), 0);
}

#[test]
fn an_object_in_use_is_an_error_and_no_panic() {
    let mut conn = blog();
    let mut session = Session::new(&mut conn);
    let ada = session.add(User::new("ada"));
    let held = ada.borrow();
    assert!(matches!(session.flush(), Err(Error::InUse { .. })));
    drop(held);
    session.rollback().unwrap();
    let bo = session.add(User::new("bo"));
    session.flush().unwrap();
    let held = bo.borrow_mut();
    session.rollback().unwrap();
    assert_eq!(held.id, Some(1), "it stays what its holder sees");
    assert!(users(session.connection()).is_empty());
}

fn circle(name: &str, other: &str) -> Table {
    Table::new(name)
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("other", ColumnType::Integer))
        .primary_key(&["id"])
        .foreign_key(ForeignKey::new(&["other"], other).deferred())
}

#[test]
fn tables_in_a_circle_are_written_as_they_were_added() {
    model!(Left, "left", circle("left", "right"));
    model!(Right, "right", circle("right", "left"));
    let mut conn = memory();
    for (name, other) in [("left", "right"), ("right", "left")] {
        conn.execute_batch(&circle(name, other).create_sql().unwrap())
            .unwrap();
    }
    trace(&conn);
    let mut session = Session::new(&mut conn);
    session.add(Right);
    session.add(Left);
    session.add(Right);
    session.commit().unwrap();
    let sent = traced();
    let order: Vec<bool> = sent[1..4]
        .iter()
        .map(|sql| sql.contains("\"left\""))
        .collect();
    assert_eq!(order, [false, true, false]);
}

#[test]
fn whatever_is_denied_nothing_or_everything_is_there() {
    for n in 0.. {
        let mut conn = blog();
        let (seen, denied) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
        let flag = Arc::clone(&denied);
        conn.authorizer(Some(move |_: AuthContext<'_>| {
            if seen.fetch_add(1, Ordering::Relaxed) == n {
                flag.store(true, Ordering::Relaxed);
                return Authorization::Deny;
            }
            Authorization::Allow
        }))
        .unwrap();
        let mut session = Session::new(&mut conn);
        let ada = session.add(User::new("ada"));
        session.add_to(&ada, POSTS, Post::new(None, "first"));
        session.add(Pet::new("Rex", None));
        let committed = session.commit();
        drop(session);
        conn.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)
            .unwrap();
        assert!(conn.is_autocommit(), "{n}");
        let counts = [
            query::<User>().count(&conn).unwrap(),
            query::<Post>().count(&conn).unwrap(),
            query::<Pet>().count(&conn).unwrap(),
        ];
        if denied.load(Ordering::Relaxed) {
            assert!(committed.is_err(), "{n}");
            assert_eq!(counts, [0, 0, 0], "{n}");
        } else {
            committed.unwrap();
            assert_eq!(counts, [1, 1, 1]);
            assert!(n > 10, "{n}");
            break;
        }
    }
}

#[test]
fn many_objects_are_written_in_their_order() {
    let mut conn = blog();
    let mut session = Session::new(&mut conn);
    let mut all = Vec::new();
    for n in 0..3_000 {
        let user = session.add(User::new(&n.to_string()));
        all.push((session.add_to(&user, POSTS, Post::new(None, "t")), user));
    }
    session.commit().unwrap();
    for (n, (post, user)) in all.iter().enumerate() {
        assert_eq!(user.borrow().id, Some(n as i64 + 1));
        assert_eq!(post.borrow().user_id, user.borrow().id);
    }
}
