//! What the code under test sends to SQLite is seen, whoever opened the
//! connection and on whichever thread.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use support::graded;
use witness::prelude::*;

#[test]
fn connections_that_the_learner_opens_are_seen() {
    graded("sees_own_connections").assert_passed();
}

#[test]
#[ignore = "run by connections_that_the_learner_opens_are_seen"]
fn sees_own_connections() {
    check(|w| {
        let (one, two) = (w.future_database("one"), w.future_database("two"));
        let trace = w.trace();
        w.run(|| learner::opens_itself(one.path()))?;
        trace.statements("CREATE TABLE").exactly(1)?;
        w.run(|| learner::opens_on_a_thread(two.path()))?;
        trace.statements("create table").exactly(2)?;
        one.rows("SELECT * FROM subject_groups")?;
        trace.all().exactly(2)?;
        expect_equal("the number of connections", trace.connections(), 2)?;
        expect_that(
            trace.all().list().iter().all(|seen| {
                seen.place
                    .as_ref()
                    .is_some_and(|place| place.file == "src/lib.rs")
            }),
            "a statement has no place",
        )
    });
}

#[test]
fn checks_of_one_process_do_not_see_each_other() {
    let both: Vec<_> = (0..2)
        .map(|_| {
            std::thread::spawn(|| {
                check(|w| {
                    let db = w.future_database("db");
                    let trace = w.trace();
                    for _ in 0..50 {
                        w.run(|| learner::opens_on_a_thread(db.path()))?;
                        std::fs::remove_file(db.path())?;
                    }
                    trace.statements("CREATE").exactly(50)
                });
            })
        })
        .collect();
    for check in both {
        check.join().unwrap();
    }
}

#[test]
fn a_value_in_the_text_is_told_from_a_bound_one() {
    graded("binds").assert_passed();
    let failure = graded("pastes").failure();
    assert_eq!(
        failure.message,
        "a value is part of the SQL text, where it could be read as SQL"
    );
    assert_eq!(failure.place.unwrap().line, 24);
    assert_eq!(
        graded("encodes").failure().message,
        "no statement that your code sent has the value bound"
    );
}

fn bound(insert: fn(&rusqlite::Connection, &str) -> rusqlite::Result<i64>) {
    check(move |w| {
        let db = w.database()?;
        db.run(learner::create_table)?;
        let trace = w.trace();
        db.run(|conn| insert(conn, "O''Brien"))?;
        trace.no_text_built_in("O''Brien")
    });
}

#[test]
#[ignore = "run by a_value_in_the_text_is_told_from_a_bound_one"]
fn binds() {
    bound(learner::insert);
}

#[test]
#[ignore = "run by a_value_in_the_text_is_told_from_a_bound_one"]
fn pastes() {
    bound(learner::insert_pasted);
}

#[test]
#[ignore = "run by a_value_in_the_text_is_told_from_a_bound_one"]
fn encodes() {
    bound(learner::insert_encoded);
}

#[test]
fn repetitions_are_folded() {
    let failure = graded("too_many").failure();
    insta::assert_snapshot!(failure.observed.unwrap());
    let [created, inserted] = failure.sql.as_slice() else {
        panic!("{:?}", failure.sql);
    };
    assert_eq!((created.times, inserted.times), (1, 50));
}

#[test]
#[ignore = "run by repetitions_are_folded"]
fn too_many() {
    check(|w| {
        let db = w.database()?;
        db.run(learner::create_table)?;
        let trace = w.trace();
        db.run(|conn| {
            (0..50).try_for_each(|number| learner::insert(conn, &number.to_string()).map(drop))
        })?;
        trace.statements("INSERT").between(1, 2)
    });
}

#[test]
fn nothing_seen_is_no_proof() {
    let failure = graded("shadowed").failure();
    insta::assert_snapshot!(failure.message);
}

#[test]
#[ignore = "run by nothing_seen_is_no_proof"]
fn shadowed() {
    check(|w| {
        let db = w.database()?;
        let conn = db.open()?;
        conn.trace_v2(
            rusqlite::trace::TraceEventCodes::SQLITE_TRACE_STMT,
            Some(|_| {}),
        );
        let trace = w.trace();
        learner::create_table(&conn)?;
        trace.statements("DROP").none()
    });
}

#[test]
fn triggers_are_not_statements() {
    graded("fires_a_trigger").assert_passed();
}

#[test]
#[ignore = "run by triggers_are_not_statements"]
fn fires_a_trigger() {
    check(|w| {
        let db = w.database()?;
        db.run(learner::create_table)?;
        db.prepare(
            "CREATE TABLE log (n);
             CREATE TRIGGER t AFTER INSERT ON subject_groups BEGIN
                 INSERT INTO log VALUES (1);
             END",
        )?;
        let trace = w.trace();
        db.run(|conn| learner::insert(conn, "Arts"))?;
        db.expect_rows("SELECT n FROM log", rows![[1]])?;
        trace.all().exactly(1)
    });
}

#[test]
fn one_transaction_is_told_from_none_and_two() {
    graded("in_one").assert_passed();
    let messages = [graded("in_none"), graded("in_two")].map(|ran| ran.failure().message);
    insta::assert_debug_snapshot!(messages);
}

fn transactions(sql: &'static str) {
    check(move |w| {
        let db = w.database()?;
        let trace = w.trace();
        db.run(|conn| conn.execute_batch(sql))?;
        trace.one_transaction()
    });
}

#[test]
#[ignore = "run by one_transaction_is_told_from_none_and_two"]
fn in_one() {
    transactions("BEGIN IMMEDIATE; CREATE TABLE a (b); PRAGMA user_version = 1; COMMIT");
}

#[test]
#[ignore = "run by one_transaction_is_told_from_none_and_two"]
fn in_none() {
    transactions("BEGIN; CREATE TABLE a (b); COMMIT; PRAGMA user_version = 1");
}

#[test]
#[ignore = "run by one_transaction_is_told_from_none_and_two"]
fn in_two() {
    transactions("BEGIN; CREATE TABLE a (b); COMMIT; BEGIN; PRAGMA user_version = 1; COMMIT");
}

#[test]
fn foreign_keys_start_as_asked() {
    graded("foreign_keys_start").assert_passed();
}

#[test]
#[ignore = "run by foreign_keys_start_as_asked"]
fn foreign_keys_start() {
    fn enforced(conn: &rusqlite::Connection) -> rusqlite::Result<bool> {
        conn.query_row("PRAGMA foreign_keys", [], |row| row.get(0))
    }
    check(|w| {
        let db = w.database()?;
        let own = || enforced(&rusqlite::Connection::open(db.path())?);
        expect_equal("handed over, unasked", db.run(enforced)?, false)?;
        expect_equal("opened, unasked", w.run(own)?, true)?;
        w.foreign_keys(ForeignKeys::Off);
        expect_equal("opened, asked off", w.run(own)?, false)?;
        w.foreign_keys(ForeignKeys::On);
        expect_equal("handed over, asked on", db.run(enforced)?, true)?;
        expect_equal("opened, asked on", w.run(own)?, true)
    });
}

#[test]
fn databases_in_memory_belong_to_the_check_of_the_thread() {
    graded("in_memory").assert_passed();
}

#[test]
#[ignore = "run by databases_in_memory_belong_to_the_check_of_the_thread"]
fn in_memory() {
    check(|w| {
        let trace = w.trace();
        let conn = rusqlite::Connection::open_in_memory()?;
        learner::create_table(&conn)?;
        trace.statements("CREATE").exactly(1)?;
        expect_equal("connections", trace.connections(), 1)
    });
}

#[test]
fn a_database_of_their_own_is_named() {
    let whys = ["into_a_file", "into_memory"].map(|check| graded(check).failure().why);
    insta::assert_debug_snapshot!(whys);
    assert_eq!(graded("into_both").failure().why, None);
}

#[test]
#[ignore = "run by a_database_of_their_own_is_named"]
fn into_a_file() {
    check(|w| {
        let db = w.database()?;
        w.run(|| learner::opens_itself(&w.folder().join("own.db")))?;
        db.expect_tables(&["subject_groups"])
            .because("Whoever asks for it.")
    });
}

#[test]
#[ignore = "run by a_database_of_their_own_is_named"]
fn into_memory() {
    check(|w| {
        let db = w.database()?;
        w.run(|| learner::create_table(&rusqlite::Connection::open_in_memory()?))?;
        db.expect_tables(&["subject_groups"])
    });
}

#[test]
#[ignore = "run by a_database_of_their_own_is_named"]
fn into_both() {
    check(|w| {
        let db = w.database()?;
        w.run(|| learner::opens_itself(&w.folder().join("own.db")))?;
        db.run(learner::create_table)?;
        db.expect_tables(&["groups"])
    });
}
