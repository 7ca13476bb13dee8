//! What rusqlite's transaction does, so that this crate need not: it is undone
//! when it is dropped, after a panic, and when its commit fails.

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mini_orm::{Violation, all, create, insert, query, violation};
use rusqlite::{Connection, TransactionBehavior};
use support::{Post, User, memory};

fn blog() -> Connection {
    let conn = memory();
    conn.pragma_update(None, "foreign_keys", true).unwrap();
    create::<User>(&conn).unwrap();
    create::<Post>(&conn).unwrap();
    conn
}

fn assert_nothing_is_left(conn: &Connection) {
    assert!(conn.is_autocommit());
    assert!(all::<User>(conn).unwrap().is_empty());
}

#[test]
fn dropped() {
    let mut conn = blog();
    let transaction = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .unwrap();
    insert(&transaction, &User::new("ada")).unwrap();
    assert_eq!(query::<User>().count(&transaction).unwrap(), 1);
    drop(transaction);
    assert_nothing_is_left(&conn);
}

#[test]
fn after_a_panic() {
    let mut conn = blog();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let transaction = conn.transaction().unwrap();
        insert(&transaction, &User::new("ada")).unwrap();
        panic!("on purpose");
    }));
    assert!(caught.is_err());
    assert_nothing_is_left(&conn);
}

#[test]
fn when_its_commit_fails() {
    let mut conn = blog();
    conn.commit_hook(Some(|| true)).unwrap();
    let transaction = conn.transaction().unwrap();
    insert(&transaction, &User::new("ada")).unwrap();
    assert!(transaction.commit().is_err());
    conn.commit_hook(None::<fn() -> bool>).unwrap();
    assert_nothing_is_left(&conn);

    // This failure leaves the transaction open; dropping it is what undoes it.
    let transaction = conn.transaction().unwrap();
    transaction
        .pragma_update(None, "defer_foreign_keys", true)
        .unwrap();
    insert(&transaction, &User::new("ada")).unwrap();
    insert(&transaction, &Post::new(Some(77), "lost")).unwrap();
    let error = transaction.commit().unwrap_err();
    assert_eq!(violation(&error), Violation::ForeignKey);
    assert_nothing_is_left(&conn);
}
