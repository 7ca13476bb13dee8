//! What a learner reads, for every way in which a run can go.

use witness::evidence::{Place, Statement};

use super::*;
use crate::course::{CheckName, Course, Files};
use crate::report::{CheckReport, CheckStatus, ExerciseReport, Status};
use crate::verdict;

fn view() -> View {
    View {
        invocation: Invocation::Cargo,
        width: 80,
        exercises: "exercises".to_owned(),
        pages: ["01_models/01_subject_group".to_owned()].into(),
    }
}

fn course() -> Course {
    let mut course = Course::load(Files::embedded()).unwrap();
    course
        .exercises
        .retain(|exercise| exercise.number.part <= 1 && exercise.number.index <= 2);
    course
}

/// 1.1 as it is before anything is known of its checks.
fn subject_group(course: &Course, status: Status) -> ExerciseReport {
    let exercise = course
        .exercises
        .iter()
        .find(|exercise| exercise.name == "subject_group")
        .unwrap();
    verdict::blank(exercise, status)
}

/// At the first exercise that is not done.
fn standing<'r>(reports: &'r [ExerciseReport], new: &'r [String]) -> Standing<'r> {
    Standing {
        reports,
        new,
        current: reports
            .iter()
            .find(|report| report.status != Status::Passed),
    }
}

fn check(name: &str, title: &str, status: CheckStatus) -> CheckReport {
    CheckReport {
        name: CheckName(name.to_owned()),
        title: title.to_owned(),
        status,
        points: 0,
        duration_ms: 3,
        message: String::new(),
        expected: None,
        observed: None,
        diff: None,
        why: None,
        sql: Vec::new(),
        place: None,
        hint_key: None,
        database: None,
        stdout: String::new(),
        stderr: String::new(),
        truncated_bytes: 0,
    }
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

fn in_full(change: impl FnOnce(&mut ExerciseReport)) -> String {
    let mut report = subject_group(&course(), Status::Failed);
    report.checks = vec![
        check(
            "the_table_is_there",
            "The table is there",
            CheckStatus::Passed,
        ),
        check(
            "an_id_is_assigned",
            "A group without an id gets one",
            CheckStatus::Failed,
        ),
        check(
            "a_name_occurs_once",
            "Two groups cannot have the same name",
            CheckStatus::Skipped,
        ),
    ];
    change(&mut report);
    plain(&exercise_in_full(&report, &view()))
}

#[test]
fn a_failed_check_shows_what_the_database_holds() {
    insta::assert_snapshot!(in_full(|report| {
        let failed = &mut report.checks[1];
        failed.message = "a group inserted without an id did not get one".to_owned();
        failed.expected = Some("1 row".to_owned());
        failed.observed = Some("1 row, by SELECT id, name FROM subject_groups".to_owned());
        failed.diff = Some("  id   │ name\n  ─────┼─────\n+ NULL │ Arts\n- 1    │ Arts".to_owned());
        failed.why = Some(
            "SQLite assigns a key only if it is declared exactly INTEGER PRIMARY KEY.".to_owned(),
        );
        failed.sql = (1..=10)
            .map(|n| Statement {
                sql: format!(
                    "SELECT\n    {}",
                    if n == 10 {
                        "?1".to_owned()
                    } else {
                        n.to_string()
                    }
                ),
                expanded: format!(
                    "SELECT\n    {}",
                    if n == 10 {
                        "'ten'".to_owned()
                    } else {
                        n.to_string()
                    }
                ),
                connection: 1,
                place: None,
                times: if n == 5 { 50 } else { 1 },
            })
            .collect();
        failed.place = Some(Place {
            file: "src/lib.rs".to_owned(),
            line: 14,
        });
        failed.stdout = "I was here".to_owned();
    }));
}

#[test]
fn checks_that_crashed_or_did_not_end() {
    insta::assert_snapshot!(in_full(|report| {
        report.status = Status::Crashed;
        report.checks[0].status = CheckStatus::TimedOut;
        report.checks[0].message = "it did not end within 10 seconds".to_owned();
        report.checks[1].status = CheckStatus::Crashed;
        report.checks[2].status = CheckStatus::NotRun;
    }));
}

#[test]
fn a_submission_that_does_not_compile() {
    insta::assert_snapshot!(in_full(|report| {
        report.status = Status::BuildFailed;
        report.message = Some(
            "your code does not compile yet; this is the first thing that rustc says".to_owned(),
        );
        report.build.diagnostics =
            vec!["error[E0308]: mismatched types\n  --> exercises/src/lib.rs:3:5\n".to_owned()];
        report.build.note = Some("Put `?` behind it.".to_owned());
    }));
}

#[test]
fn a_file_that_is_missing_and_given_files_that_were_changed() {
    insta::assert_snapshot!(in_full(|report| {
        report.status = Status::Missing;
        report.message = Some("src/lib.rs is missing; `reset` brings it back".to_owned());
        report.changed_files = vec!["Cargo.toml".to_owned(), "build.rs".to_owned()];
        for check in &mut report.checks {
            check.status = CheckStatus::NotRun;
        }
    }));
}

#[test]
fn an_exercise_that_is_done() {
    let course = course();
    let exercise = course
        .exercises
        .iter()
        .find(|exercise| exercise.name == "first_check")
        .unwrap();
    let mut report = verdict::blank(exercise, Status::Passed);
    report.checks = vec![check("one", "It holds", CheckStatus::Passed)];
    insta::assert_snapshot!(plain(&passed_in_full(&report, exercise, &view())));
}

#[test]
fn where_the_learner_stands() {
    let course = course();
    let reports = |statuses: [Status; 3]| -> Vec<ExerciseReport> {
        course
            .exercises
            .iter()
            .zip(statuses)
            .map(|(exercise, status)| verdict::blank(exercise, status))
            .collect()
    };
    let advice = |report: &ExerciseReport| {
        vec![Advice {
            command: format!("cargo run -- hint {}", report.number),
            purpose: "a hint".to_owned(),
        }]
    };
    let all = [
        [Status::NotStarted, Status::NotStarted, Status::NotStarted],
        [Status::Passed, Status::Failed, Status::NotStarted],
        [Status::Passed, Status::Passed, Status::Passed],
    ];
    let shown: Vec<String> = all
        .into_iter()
        .map(|statuses| {
            let reports = reports(statuses);
            plain(&overview(
                &course,
                &standing(&reports, &[]),
                &view(),
                advice,
            ))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n--------\n"));
}

#[test]
fn an_exercise_that_has_just_been_done() {
    let course = course();
    let mut reports: Vec<ExerciseReport> = course
        .exercises
        .iter()
        .map(|exercise| verdict::blank(exercise, Status::NotStarted))
        .collect();
    reports[0].status = Status::Passed;
    reports[0].checks = vec![check("one", "It holds", CheckStatus::Passed)];
    let new = [reports[0].id.clone()];
    let standing = standing(&reports, &new);
    insta::assert_snapshot!(plain(&overview(&course, &standing, &view(), |_| {
        Vec::new()
    })));
}

#[test]
fn no_line_of_a_failure_is_wider_than_the_terminal() {
    let text = in_full(|report| {
        report.checks[1].message = "word ".repeat(60);
        report.checks[1].expected = Some("word ".repeat(60));
        report.checks[1].why = Some("word ".repeat(60));
        report.changed_files = vec!["tests/checks.rs".to_owned()];
    });
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
