//! Somebody else at the same database: locks, and work done in between.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use std::path::Path;

use support::graded;
use witness::prelude::*;

const ACCOUNTS: &str = "CREATE TABLE accounts (cents INTEGER NOT NULL);
    INSERT INTO accounts VALUES (5)";

fn raced(code: fn(&Path) -> rusqlite::Result<()>) {
    check(move |w| {
        let db = w.database_with(ACCOUNTS)?;
        let upgraded = db.at_begin(
            |other| {
                other.execute_batch(
                    "BEGIN; UPDATE accounts SET cents = cents * 100;
                     PRAGMA user_version = 1; COMMIT",
                )
            },
            code,
        )?;
        w.run(|| upgraded)?;
        db.expect_rows("SELECT cents FROM accounts", rows![[500]])
    });
}

#[test]
#[ignore = "run by a test"]
fn version_read_early() {
    raced(learner::raise_deferred);
}

#[test]
#[ignore = "run by a test"]
fn version_read_under_the_lock() {
    raced(learner::raise_immediate);
}

#[test]
#[ignore = "run by a test"]
fn within_a_savepoint() {
    raced(|path| {
        let mut conn = rusqlite::Connection::open(path)?;
        let work = conn.savepoint()?;
        let version: i64 = work.query_one("PRAGMA user_version", [], |row| row.get(0))?;
        if version == 0 {
            work.execute("UPDATE accounts SET cents = cents * 100", [])?;
        }
        work.commit()
    });
}

#[test]
#[ignore = "run by a test"]
fn without_begin() {
    raced(|path| {
        rusqlite::Connection::open(path)?.execute_batch("UPDATE accounts SET cents = 500")
    });
}

#[test]
fn a_version_read_before_the_lock_is_caught() {
    graded("version_read_under_the_lock").assert_passed();
    graded("within_a_savepoint").assert_passed();
    let failure = graded("version_read_early").failure();
    insta::assert_snapshot!(failure.diff.unwrap());
    insta::assert_snapshot!(graded("without_begin").failure().message);
}

fn waits(code: fn(&Path) -> rusqlite::Result<()>) {
    check(move |w| {
        let db = w.database_with(ACCOUNTS)?;
        let result = db.locked_for_a_while(code)?;
        w.run(|| result)
    });
}

#[test]
#[ignore = "run by a test"]
fn immediate_waits() {
    waits(learner::raise_immediate);
}

#[test]
#[ignore = "run by a test"]
fn deferred_does_not() {
    waits(learner::reads_then_writes);
}

#[test]
fn a_lock_for_a_while_tells_who_waits() {
    graded("immediate_waits").assert_passed();
    insta::assert_snapshot!(graded("deferred_does_not").failure().message);
}

#[test]
#[ignore = "run by a test"]
fn never_let_go() {
    check(|w| {
        let db = w.database_with(ACCOUNTS)?;
        let result = db.locked(|path| {
            let conn = rusqlite::Connection::open(path)?;
            conn.busy_timeout(std::time::Duration::ZERO)?;
            conn.execute("UPDATE accounts SET cents = 0", [])
        })?;
        expect_that(result.is_err(), "written in spite of the lock")?;
        db.accepts("UPDATE accounts SET cents = 0")
    });
}

#[test]
fn a_lock_for_ever_lasts_as_long_as_the_code() {
    graded("never_let_go").assert_passed();
}
