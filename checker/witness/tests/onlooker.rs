//! What a second connection sees, and which rows are still there.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use rusqlite::Connection;
use support::graded;
use witness::Outcome;
use witness::prelude::*;

type Code = fn(&mut Connection) -> rusqlite::Result<()>;

const ACCOUNTS: &str = "CREATE TABLE accounts (name TEXT PRIMARY KEY, cents INTEGER NOT NULL);
    INSERT INTO accounts VALUES ('Ada', 10), ('Bo', 0)";
const ALL: &str = "SELECT name, cents FROM accounts ORDER BY name";

fn at_once(code: Code) {
    check(move |w| {
        let db = w.database_with(ACCOUNTS)?;
        let watched = db.watched(ALL, code)?;
        watched.ok()?;
        watched.changes_at_once()
    });
}

fn never(code: Code) {
    check(move |w| {
        let db = w.database_with(ACCOUNTS)?;
        db.watched(ALL, code)?.changes_never()
    });
}

macro_rules! cases {
    ($($name:ident: $body:expr),* $(,)?) => {$(
        #[test]
        #[ignore = "run by a test"]
        fn $name() {
            $body
        }
    )*};
}

cases! {
    all_at_once: at_once(learner::transfer),
    all_at_once_and_locked: at_once(learner::transfer_alone_with_the_file),
    half_is_seen: at_once(learner::transfer_in_two),
    nothing_is_seen: at_once(learner::transfer_forgetting_to_commit),
    nothing_stays: never(learner::transfer_forgetting_to_commit),
    something_stays: never(learner::transfer),
    something_was_seen: never(learner::transfer_and_take_back),
    the_table_is_gone: never(|conn| conn.execute_batch("DROP TABLE accounts")),
}

#[test]
fn what_changes_at_once_is_told_from_what_does_not() {
    graded("all_at_once").assert_passed();
    let failure = graded("half_is_seen").failure();
    assert_eq!(
        failure.message,
        "another connection sees work that is half done"
    );
    insta::assert_snapshot!(failure.diff.unwrap());
    let failure = graded("nothing_is_seen").failure();
    insta::assert_snapshot!(failure.message);
    insta::assert_snapshot!(failure.diff.unwrap());
}

#[test]
fn a_reader_that_is_locked_out_saw_nothing_wrong() {
    graded("all_at_once_and_locked").assert_passed();
}

#[test]
fn what_was_taken_back_is_told_from_what_stays() {
    graded("nothing_stays").assert_passed();
    let stays = graded("something_stays").failure();
    insta::assert_snapshot!(stays.diff.unwrap());
    let seen = graded("something_was_seen").failure();
    assert_ne!(stays.message, seen.message);
    insta::assert_snapshot!(seen.diff.unwrap());
    let gone = graded("the_table_is_gone").failure();
    assert_eq!(gone.observed.as_deref(), Some("no such table: accounts"));
}

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
    INSERT INTO users VALUES (1, 'john', 'john@example.com'), (2, 'susan', NULL), (3, 'Bo', 'bo@example.com')";

fn keeps(code: Code) {
    keeps_what("SELECT id, name, email FROM users ORDER BY id", code);
}

fn keeps_what(query: &'static str, code: Code) {
    check(move |w| -> Outcome {
        let db = w.database_with(USERS)?;
        let kept = db.remember(query)?;
        db.run_mut(code)?;
        kept.still_there()
    });
}

cases! {
    a_column_more: keeps(learner::add_a_column),
    a_row_more: keeps(|conn| conn.execute_batch("INSERT INTO users (name) VALUES ('Al')")),
    another_order: keeps_what("SELECT id, name FROM users", |conn| conn.execute_batch(
        "CREATE TABLE new (id INTEGER, name TEXT); INSERT INTO new SELECT id, name FROM users ORDER BY id DESC;
         DROP TABLE users; ALTER TABLE new RENAME TO users")),
    rows_lost: keeps(learner::rebuild_carelessly),
    a_type_lost: keeps(|conn| conn.execute_batch(
        "CREATE TABLE new (id TEXT, name TEXT, email TEXT); INSERT INTO new SELECT * FROM users;
         DROP TABLE users; ALTER TABLE new RENAME TO users")),
    a_column_lost: keeps(|conn| conn.execute_batch("ALTER TABLE users DROP COLUMN email")),
    one_of_two_alike: keeps_what("SELECT 'user', email IS NULL FROM users", |conn|
        conn.execute_batch("DELETE FROM users WHERE id = 3")),
}

#[test]
fn rows_that_stay_may_have_company_and_another_order() {
    graded("a_column_more").assert_passed();
    graded("a_row_more").assert_passed();
    graded("another_order").assert_passed();
}

#[test]
fn rows_that_are_lost_stand_beside_those_that_changed() {
    let failure = graded("rows_lost").failure();
    insta::assert_snapshot!(failure.message);
    insta::assert_snapshot!(failure.diff.unwrap());
    let failure = graded("a_type_lost").failure();
    insta::assert_snapshot!(failure.diff.unwrap());
    let failure = graded("a_column_lost").failure();
    assert_eq!(
        failure.observed.as_deref(),
        Some("no such column: email in SELECT id, name, email FROM users ORDER BY id at offset 17")
    );
}

#[test]
fn of_rows_that_are_alike_none_may_be_missing() {
    let failure = graded("one_of_two_alike").failure();
    assert_eq!(failure.message, "1 row is lost");
}
