//! One exercise, the whole way; and verdicts that cannot be wrong.

mod support;

use support::{Workbook, right, wrong};

#[test]
fn a_starter_is_not_started_and_nothing_is_built_for_it() {
    let workbook = Workbook::new("not_started").exercise("first").sync();
    let report = workbook.report();
    assert_eq!(report.status("first"), "not_started");
    assert_eq!(report.code, Some(1));
    assert_eq!(
        report.exercise("first")["checks"].as_array().unwrap().len(),
        0
    );
}

#[test]
fn right_passes_and_wrong_fails_on_the_check_that_names_its_mistake() {
    let workbook = Workbook::new("right_and_wrong")
        .exercise("right_one")
        .exercise("wrong_one")
        .sync();
    workbook.submit("right_one", &right());
    workbook.submit("wrong_one", &wrong());
    let report = workbook.report();
    assert_eq!(report.status("right_one"), "passed", "{:#}", report.json);
    assert_eq!(report.status("wrong_one"), "failed");
    assert_eq!(
        report.check("wrong_one", "a_note_is_kept")["status"],
        "passed"
    );
    assert_eq!(
        report.check("wrong_one", "a_body_is_required")["status"],
        "failed"
    );
    assert_eq!(report.code, Some(1));
    assert_eq!(report.json["points"], 3);
    assert_eq!(report.json["max_points"], 4);
}
