//! How a check ends, and what it leaves behind.

#[path = "learner/src/lib.rs"]
mod learner;
mod support;

use support::graded;
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
