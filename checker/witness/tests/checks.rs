//! How a check ends, and what it leaves behind.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use support::{graded, graded_with};
use witness::prelude::*;

#[test]
fn a_right_submission_passes() {
    graded("passes").assert_passed();
}

#[test]
#[ignore = "run by a_right_submission_passes"]
fn passes() {
    check(|w| {
        let db = w.database()?;
        db.run(learner::create_table)?;
        db.run(|conn| learner::insert(conn, "Arts"))?;
        db.accepts("INSERT INTO subject_groups (name) VALUES ('Law')")?
            .refuses(
                Violation::Unique,
                "INSERT INTO subject_groups (name) VALUES ('Arts')",
            )?
            .leaves(
                "SELECT * FROM subject_groups",
                rows![[2, "Law"], [1, "Arts"]],
            )?;
        db.expect_rows("SELECT * FROM subject_groups", rows![[1, "Arts"]])
    });
}

#[test]
fn a_wrong_one_fails_with_what_was_found() {
    let failure = graded("id_is_not_assigned").failure();
    assert_eq!(failure.message, "the rows are not as expected");
    assert_eq!(failure.sql.len(), 1);
    assert_eq!(failure.place.unwrap().file, "src/lib.rs");
}

#[test]
#[ignore = "run by a_wrong_one_fails_with_what_was_found"]
fn id_is_not_assigned() {
    check(|w| {
        let db = w.database()?;
        db.run(learner::create_loose_table)?;
        db.accepts("INSERT INTO subject_groups (name) VALUES ('Arts')")?
            .leaves("SELECT id, name FROM subject_groups", rows![[1, "Arts"]])
            .because("Only a column declared exactly INTEGER PRIMARY KEY is assigned by SQLite.")
    });
}

/// What the check of that name saw of its seed, shown as its failure.
#[test]
#[ignore = "run by a test"]
fn shows_its_values() {
    check(|w| -> Outcome {
        let values = (w.names(3), w.number(-5..=5), *w.pick(&["a", "b", "c", "d"]));
        Err(Failure::new(format!("{values:?}")))
    });
}

#[test]
fn the_seed_decides_the_values_and_replays_them() {
    let with = |seed: &str| {
        let ran = graded_with("shows_its_values", |command| {
            command.env(witness::evidence::env::SEED, seed);
        });
        ran.failure().message
    };
    assert_eq!(with("1"), with("1"));
    let different: std::collections::BTreeSet<String> =
        (1..=8).map(|seed| with(&seed.to_string())).collect();
    assert!(different.len() > 4, "{different:?}");
}

#[test]
fn the_name_is_the_one_that_exact_takes() {
    let began = graded("passes").records.remove(0);
    assert_eq!(
        began,
        witness::evidence::Record::Began {
            check: "passes".into()
        }
    );
}

#[test]
fn a_reason_or_hint_nearer_to_the_cause_stays() {
    let failure = Failure::new("near").because("cause").hint("inner");
    let outcome: Outcome = Err(failure);
    let failure = outcome.because("outer").hint("outer").unwrap_err();
    assert_eq!(failure.record().why.as_deref(), Some("cause"));
    assert_eq!(failure.record().hint.as_deref(), Some("inner"));
}
