//! Code that deletes, breaks and closes what it can reach.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use support::{graded, graded_with};
use witness::evidence::Record;
use witness::prelude::*;

macro_rules! checks {
    ($($name:ident: $body:expr),* $(,)?) => {$(
        #[test]
        #[ignore = "run by a test"]
        fn $name() {
            check($body);
        }
    )*};
}

checks! {
    deletes_the_file: |w| {
        let db = w.database()?;
        w.run(|| std::fs::remove_file(db.path()))?;
        db.accepts("SELECT 1")
    },
    deletes_the_folder: |w| {
        let db = w.database()?;
        let folder = db.path().parent().unwrap().to_path_buf();
        w.run(|| std::fs::remove_dir_all(folder))?;
        db.expect_rows("SELECT 1", rows![[1]])
    },
    breaks_the_file: |w| {
        let db = w.database()?;
        w.run(|| std::fs::write(db.path(), "not a database, not a database, not a database"))?;
        db.expect_table("t", "CREATE TABLE t (a)")
    },
    moves_away: |w| {
        let db = w.database()?;
        w.run(|| std::env::set_current_dir("/"))?;
        db.run(learner::create_table)?;
        db.expect_rows("SELECT * FROM subject_groups", rows![])
    },
    closes_descriptors: |w| {
        let db = w.database()?;
        learner::closes_standard_input_and_output();
        db.run(learner::create_table)?;
        db.expect_rows("SELECT * FROM subject_groups", rows![])
    },
    closes_descriptors_and_fails: |w| {
        let db = w.database()?;
        learner::closes_standard_input_and_output();
        db.run(learner::create_table)?;
        db.run(learner::broken)
    },
    exits: |_| -> Outcome { std::process::exit(0) },
    reads_standard_input: |_| {
        let mut text = String::new();
        std::io::stdin().read_line(&mut text)?;
        expect_equal("what is left of standard input", text, String::new())
    },
    panics: |w| w.database()?.run(learner::unfinished),
    panics_behind_a_hook: |w| {
        std::panic::set_hook(Box::new(|_| {}));
        w.database()?.run(learner::unfinished)
    },
    panics_elsewhere: |w| w.run(learner::panics_on_a_thread),
    panics_in_a_destructor: |_| {
        struct Late;
        impl Drop for Late {
            fn drop(&mut self) {
                panic!("dropped late");
            }
        }
        thread_local!(static LATE: Late = const { Late });
        LATE.with(|_| {});
        Ok(())
    },
    leaves_a_transaction: |w| w.database()?.run(learner::leaves_a_transaction),
    huge_rows: |w| {
        let db = w.database_with("CREATE TABLE t (a)")?;
        db.run(|conn| conn.execute("INSERT INTO t VALUES (?1)", ["x".repeat(3_000_000)]))?;
        db.expect_rows("SELECT a, a, a FROM t", rows![[1, 2, 3]])
    },
}

#[test]
fn a_deleted_database_is_gone_and_nothing_panics() {
    for check in ["deletes_the_file", "deletes_the_folder"] {
        let failure = graded(check).failure();
        assert_eq!(failure.message, "the database file is gone");
    }
}

#[test]
fn a_broken_database_is_reported_in_the_words_of_sqlite() {
    insta::assert_snapshot!(graded("breaks_the_file").failure().message);
}

#[test]
fn another_current_directory_and_closed_descriptors_do_not_matter() {
    graded("moves_away").assert_passed();
    graded("closes_descriptors").assert_passed();
    let failure = graded("closes_descriptors_and_fails").failure();
    insta::assert_snapshot!(failure.message);
    assert_eq!(failure.place.unwrap().file, "src/lib.rs");
}

#[test]
fn exit_code_0_completes_nothing() {
    let ran = graded("exits");
    assert!(ran.success);
    assert!(matches!(ran.records.as_slice(), [Record::Began { .. }]));
}

#[test]
fn the_secret_is_read_before_the_body_runs() {
    graded("reads_standard_input").assert_passed();
}

#[test]
fn a_panic_is_recorded_with_its_place() {
    let panic = graded("panics").panic();
    insta::assert_snapshot!(panic.message);
    assert_eq!(panic.place.unwrap().file, "src/lib.rs");
}

#[test]
fn a_panic_hook_of_the_learners_hides_only_the_place() {
    let panic = graded("panics_behind_a_hook").panic();
    assert_eq!(
        panic.message,
        "not yet implemented: create the table with \"conn\""
    );
}

#[test]
fn a_panic_on_another_thread_is_the_cause() {
    let panic = graded("panics_elsewhere").panic();
    insta::assert_snapshot!(panic.message);
    assert_eq!(panic.place.unwrap().file, "src/lib.rs");
}

#[test]
fn a_destructor_that_panics_completes_nothing() {
    let ran = graded("panics_in_a_destructor");
    assert!(!ran.success, "{ran:#?}");
    assert!(
        !matches!(ran.records.last(), Some(Record::Completed { .. })),
        "{ran:#?}"
    );
}

#[test]
fn an_open_transaction_is_reported() {
    insta::assert_snapshot!(graded("leaves_a_transaction").failure().message);
}

#[test]
fn long_values_are_cut() {
    let failure = graded("huge_rows").failure();
    let diff = failure.diff.unwrap();
    assert!(
        diff.lines().all(|line| line.chars().count() <= 76),
        "{diff}"
    );
    assert!(failure.sql.iter().all(|sql| sql.expanded.len() < 5_000));
}

#[test]
fn evidence_that_cannot_be_written_fails_the_check() {
    let ran = graded_with("moves_away", |command| {
        command.env(witness::evidence::env::EVIDENCE, "/nonexistent/evidence");
    });
    assert!(!ran.success);
    assert!(ran.records.is_empty());
}
