//! Old or new, never between: right programs pass every fault, each wrong one
//! is caught by the fault that shows it.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use std::path::Path;

use support::graded;
use witness::prelude::*;

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO users (name) VALUES ('Ada'), ('Bo')";

fn upgraded(code: fn(&Path) -> rusqlite::Result<()>) {
    check(move |w| {
        let db = w.database_with(USERS)?;
        w.at_every_statement(&db, code)?;
        db.expect_rows("SELECT * FROM users", rows![[1, "Ada"], [2, "Bo"]])
    });
}

macro_rules! fixtures {
    ($($name:ident: $code:ident),* $(,)?) => {$(
        #[test]
        #[ignore = "run by a test"]
        fn $name() {
            upgraded(learner::$code);
        }
    )*};
}

fixtures! {
    in_one_transaction: upgrade,
    on_a_thread: upgrade_on_a_thread,
    without_transaction: upgrade_without_transaction,
    version_apart: upgrade_with_version_apart,
    commits_anyway: upgrade_commits_anyway,
    hides_errors: upgrade_hides_errors,
    unwraps: upgrade_unwraps,
    ignores_the_commit: upgrade_ignores_the_commit,
    skips_failures: add_skipping_failures,
}

#[test]
fn one_transaction_survives_everything() {
    let ran = graded("in_one_transaction");
    ran.assert_passed();
    assert_eq!(ran.leftovers, ["database.db"]);
}

#[test]
fn so_it_does_on_a_thread_of_its_own() {
    graded("on_a_thread").assert_passed();
}

#[test]
fn without_transaction_is_caught_by_a_crash() {
    let failure = graded("without_transaction").failure();
    insta::assert_snapshot!(failure.message);
    insta::assert_snapshot!(failure.diff.unwrap());
    insta::assert_snapshot!(failure.observed.unwrap());
    assert_eq!(failure.place.unwrap().file, "src/lib.rs");
}

#[test]
fn a_version_of_its_own_is_caught_by_a_crash() {
    let failure = graded("version_apart").failure();
    insta::assert_snapshot!(failure.message);
    insta::assert_snapshot!(failure.diff.unwrap());
}

#[test]
fn a_commit_after_an_error_is_caught_by_a_denial() {
    let failure = graded("commits_anyway").failure();
    insta::assert_snapshot!(failure.message);
    insta::assert_snapshot!(failure.diff.unwrap());
    assert_eq!(failure.sql.last().unwrap().sql, "COMMIT");
}

#[test]
fn a_lost_error_is_caught() {
    insta::assert_snapshot!(graded("hides_errors").failure().message);
}

#[test]
fn a_panic_is_caught() {
    insta::assert_snapshot!(graded("unwraps").failure().message);
}

#[test]
fn a_failing_commit_is_caught() {
    insta::assert_snapshot!(graded("ignores_the_commit").failure().message);
}

#[test]
fn rows_lost_to_a_full_disk_are_caught() {
    let failure = graded("skips_failures").failure();
    insta::assert_snapshot!(failure.message);
    insta::assert_snapshot!(failure.diff.unwrap());
}

#[test]
#[ignore = "run by a_database_in_wal_mode_is_judged_as_well"]
fn in_wal_mode() {
    check(|w| {
        let db = w.database_with(USERS)?;
        db.prepare("PRAGMA journal_mode = WAL")?;
        w.at_every_statement(&db, learner::upgrade)?;
        w.at_every_statement(&db, learner::upgrade_without_transaction)
    });
}

#[test]
fn a_database_in_wal_mode_is_judged_as_well() {
    let failure = graded("in_wal_mode").failure();
    assert_eq!(
        failure.message,
        "the process dies before statement 2: the database is neither old nor new"
    );
}

#[test]
fn faults_work_under_cargo_test_too() {
    let report = support::plain("without_transaction");
    assert!(report.contains("died here"), "{report}");
    assert!(!report.contains("panicked at"), "{report}");
}
