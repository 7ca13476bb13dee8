//! Hints, one at a time, and the solution after them.

mod support;

use std::fs;

use insta::assert_snapshot;
use rusqlite::Connection;
use support::said::{assert_valid, filters, json, said};
use support::{CHECKS, SOLUTION, Workbook, right, wrap, wrong};

/// A ladder for the second check, too.
const LADDER: &str = r#"
[[hints]]
for = ["a_body_is_required"]
levels = [
    "May a note be without a body?",
    "Two words behind the type of a column refuse NULL; a column that is left out is NULL as well, unless it has a default.",
    """
A table of pets that must have a name:

    CREATE TABLE pets (
        name TEXT NOT NULL
    )""",
]

[[right]]
name = "check"
about = "a CHECK that says the same"
edits = [{ find = "TEXT NOT NULL", replace = "TEXT CHECK (body IS NOT NULL)" }]
"#;

fn workbook(name: &str) -> Workbook {
    Workbook::new(name)
        .exercise_with("one", LADDER, SOLUTION, CHECKS)
        .sync()
}

fn count(workbook: &Workbook, table: &str) -> u32 {
    let progress = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
    progress
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get(0)
        })
        .unwrap()
}

#[test]
fn before_the_first_run_the_advice_is_to_run() {
    let workbook = workbook("hint_not_started");
    assert_snapshot!(said(&workbook, &["hint"]));
    fs::remove_file(workbook.submission("one").join("src/lib.rs")).unwrap();
    assert_snapshot!(said(&workbook, &["hint", "one"]));
}

#[test]
fn each_time_one_level_more_then_the_solution() {
    let workbook = workbook("hint_ladder");
    workbook.submit("one", &wrong());
    // Not graded yet: asking does it.
    assert_snapshot!(said(&workbook, &["hint"]));
    assert_snapshot!(said(&workbook, &["hint", "one"]));
    assert_snapshot!(said(&workbook, &["solution", "one"]));
    assert_snapshot!(said(&workbook, &["hint", "1.1"]));
    assert_eq!(count(&workbook, "hints"), 3);
    assert_snapshot!(said(&workbook, &["hint"]));
    assert_eq!(count(&workbook, "hints"), 3, "the last was recorded twice");
    assert_eq!(count(&workbook, "attempts"), 1, "nothing had changed");

    workbook.submit("one", &format!("{}\n", wrong()));
    workbook.report();
    assert_snapshot!(said(&workbook, &["solution", "one"]));
    workbook.submit("one", &format!("{}\n\n", wrong()));
    workbook.report();
    assert_snapshot!(said(&workbook, &["hint"]));
    assert_snapshot!(said(&workbook, &["solution", "one"]));
    assert_snapshot!(said(&workbook, &["solution", "one", "--diff"]));
}

#[test]
fn a_pass_opens_the_solution_and_needs_no_hint() {
    let workbook = workbook("hint_passed");
    workbook.submit("one", &right());
    assert_snapshot!(said(&workbook, &["hint", "one"]));
    assert_snapshot!(said(&workbook, &["hint"]));
    // It stays open, whatever becomes of the files.
    let solution = SOLUTION
        .lines()
        .filter(|line| {
            !line.trim_start().starts_with("//:") && !line.trim_start().starts_with("//|")
        })
        .collect::<Vec<_>>()
        .join("\r\n");
    workbook.submit("one", &format!("{solution}\r\n"));
    assert_snapshot!(said(&workbook, &["solution", "one", "--diff"]));
    fs::remove_file(workbook.submission("one").join("src/lib.rs")).unwrap();
    workbook
        .checker()
        .args(["solution", "one", "--diff"])
        .assert()
        .success()
        .stdout(predicates::str::contains(
            "cannot be read; this is the whole solution",
        ));
}

#[test]
fn code_that_does_not_compile_gets_a_hint_that_says_so() {
    let workbook = workbook("hint_does_not_compile");
    workbook.submit("one", "pub fn create_table() { 1 + }\n");
    assert_snapshot!(said(&workbook, &["hint"]));
}

#[test]
fn asking_again_does_not_run_what_crashes_again() {
    let workbook = workbook("hint_crashes");
    workbook.submit("one", &wrap("drop(conn.path()); std::process::abort()"));
    for _ in 0..3 {
        workbook.checker().arg("hint").assert().success();
    }
    assert_eq!(count(&workbook, "attempts"), 1);
    assert_eq!(count(&workbook, "hints"), 3);
}

#[test]
fn without_a_place_to_remember_all_hints_are_shown_at_once() {
    let workbook = workbook("hint_forgets");
    workbook.submit("one", &wrong());
    fs::create_dir_all(workbook.state().join("progress.sqlite")).unwrap();
    workbook
        .checker()
        .arg("hint")
        .assert()
        .success()
        .stdout(predicates::str::contains("hint 3 of 3"))
        .stderr(predicates::str::contains("progress is not recorded").count(1));
    workbook
        .checker()
        .args(["solution", "one"])
        .assert()
        .code(1)
        .stdout("");
}

#[test]
fn programs_read_hints_too() {
    let _filters = filters().bind_to_scope();
    let workbook = workbook("hint_json");
    workbook.submit("one", &wrong());
    assert_snapshot!(said(&workbook, &["hint", "--json"]));
    assert_valid("hint-v1", &json(&workbook, &["hint", "one", "--json"]));
    workbook.submit("one", &right());
    workbook.report();
    let done = json(&workbook, &["hint", "--json"]);
    assert_valid("hint-v1", &done);
    assert!(done["exercise"].is_null());
}

#[test]
fn an_exercise_that_does_not_exist_is_said_to() {
    let workbook = workbook("hint_unknown");
    for command in ["hint", "db", "solution", "reset", "open"] {
        workbook
            .checker()
            .args([command, "onn"])
            .assert()
            .code(4)
            .stdout("")
            .stderr("there is no exercise `onn`; did you mean `one`?\n");
    }
}
