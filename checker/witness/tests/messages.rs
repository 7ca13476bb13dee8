//! What a learner reads under plain `cargo test`, word for word.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use support::plain;
use witness::prelude::*;

macro_rules! messages {
    ($($name:ident: $test:ident, $body:expr),* $(,)?) => {$(
        #[test]
        #[ignore = "run by a test"]
        fn $name() {
            check($body);
        }

        #[test]
        fn $test() {
            insta::assert_snapshot!(report(stringify!($name)));
        }
    )*};
}

messages! {
    an_id_is_assigned: rows_that_differ, |w| {
        let db = w.database()?;
        db.run(learner::create_loose_table)?;
        db.accepts("INSERT INTO subject_groups (name) VALUES ('Arts')")?
            .leaves("SELECT id, name FROM subject_groups", rows![[1, "Arts"]])
            .because("Only a column declared exactly INTEGER PRIMARY KEY is assigned by SQLite.")
    },
    the_table_has_its_columns: schemas_that_differ, |w| {
        let db = w.database()?;
        db.run(learner::create_loose_table)?;
        db.expect_table(
            "subject_groups",
            "CREATE TABLE subject_groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        )
    },
    the_table_is_there: a_missing_table, |w| {
        let db = w.database()?;
        db.expect_table("subject_groups", "CREATE TABLE subject_groups (id INTEGER PRIMARY KEY)")
    },
    a_name_is_unique: what_should_be_refused, |w| {
        let db = w.database()?;
        db.run(learner::create_loose_table)?;
        db.run(|conn| learner::insert(conn, "Arts"))?;
        db.refuses(Violation::Unique, "INSERT INTO subject_groups (name) VALUES ('Arts')")
    },
    the_table_is_created: an_error_that_was_returned, |w| w.database()?.run(learner::broken),
    the_table_is_made: work_not_yet_done, |w| w.database()?.run(learner::unfinished),
    names_are_inserted_together: repeated_statements, |w| {
        let db = w.database()?;
        db.run(learner::create_table)?;
        let trace = w.trace();
        db.run(|conn| {
            (0..50).try_for_each(|number| learner::insert(conn, &number.to_string()).map(drop))
        })?;
        trace.statements("INSERT").between(1, 2).because("One statement can insert many rows.")
    },
    the_transfer_is_seen_at_once: two_connections, |w| {
        let db = w.database_with(
            "CREATE TABLE accounts (name TEXT PRIMARY KEY, cents INTEGER NOT NULL);
             INSERT INTO accounts VALUES ('Ada', 10), ('Bo', 0)",
        )?;
        db.watched("SELECT name, cents FROM accounts ORDER BY name", learner::transfer_in_two)?
            .changes_at_once()
            .because("Without BEGIN each statement is a transaction of its own.")
    },
    every_user_is_still_there: rows_that_are_lost, |w| {
        let db = w.database_with(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
             INSERT INTO users VALUES (1, 'john', 'john@example.com'), (2, 'susan', NULL),
                 (3, 'Bo', 'bo@example.com')",
        )?;
        let kept = db.remember("SELECT id, name, email FROM users ORDER BY id")?;
        db.run_mut(learner::rebuild_carelessly)?;
        kept.still_there()
    },
    names_are_read_together: one_question_for_each_row, |w| {
        let db = w.database_with("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")?;
        for number in 1..=50 {
            db.prepare(&format!("INSERT INTO users (name) VALUES ('user{number}')"))?;
        }
        let trace = w.trace();
        db.run(learner::names_one_by_one)?;
        trace.statements("SELECT").at_most(2).because("The database can answer for all users at once.")
    },
    a_user_is_kept: an_error_before_a_drop, |w| {
        let db = w.database_with(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
             CREATE TRIGGER no_ada BEFORE INSERT ON users WHEN new.name = 'Ada'
                 BEGIN SELECT RAISE(ROLLBACK, 'not Ada'); END",
        )?;
        db.run(learner::insert_and_undo)
    },
    the_sql_can_be_read: a_syntax_error, |w| {
        w.database()?.run(learner::garble).because("Nobody reads this reason.")
    },
    the_upgrade_is_all_or_nothing: a_crash, |w| {
        let db = w.database_with(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
             INSERT INTO users (name) VALUES ('Ada'), ('Bo')",
        )?;
        w.at_every_statement(&db, learner::upgrade_with_version_apart)
    },
}

/// The part between the harness's own lines.
fn report(check: &str) -> String {
    let output = plain(check);
    let (_, rest) = output
        .split_once(&format!("---- {check} stdout ----\n"))
        .unwrap_or_else(|| panic!("{output}"));
    let (report, _) = rest.split_once("\nfailures:").unwrap();
    report.trim_end().to_owned()
}
