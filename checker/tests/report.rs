//! The report that programs read: valid, complete, alone on stdout; and the
//! exit codes.

mod support;

use std::fs;

use predicates::str::contains;
use serde_json::Value;
use support::{Workbook, right, wrap, wrong};

fn assert_valid(schema: &str, instance: &Value) {
    let path = format!(
        "{}/schemas/{schema}.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_report_is_valid_whatever_becomes_of_the_exercises() {
    let workbook = Workbook::new("report")
        .exercise("passes")
        .exercise("fails")
        .exercise("does_not_compile")
        .exercise("panics")
        .exercise("is_missing")
        .exercise("is_untouched")
        .sync();
    workbook.submit("passes", &right());
    workbook.submit("fails", &wrong());
    workbook.submit("does_not_compile", "pub fn create_table() { 1 + }");
    workbook.submit(
        "panics",
        &wrap("println!(\"before {conn:?}\"); panic!(\"no\")"),
    );
    fs::remove_file(workbook.submission("is_missing").join("src/lib.rs")).unwrap();

    let report = workbook.report();
    assert_valid("report-v1", &report.json);
    let statuses: Vec<&str> = report.json["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["status"].as_str().unwrap())
        .collect();
    assert_eq!(
        statuses,
        [
            "passed",
            "failed",
            "build_failed",
            "failed",
            "missing",
            "not_started"
        ]
    );
    assert_eq!(report.json["points"], 3);
    assert_eq!(report.json["max_points"], 12);
    assert_eq!(report.code, Some(1));

    let failed = report.check("fails", "a_body_is_required");
    assert_eq!(failed["place"]["file"], "src/lib.rs");
    assert!(
        failed["sql"][0]["sql"]
            .as_str()
            .unwrap()
            .starts_with("CREATE TABLE notes")
    );
    assert!(
        fs::metadata(failed["database"].as_str().unwrap())
            .unwrap()
            .len()
            > 0
    );
    let panicked = report.check("panics", "a_note_is_kept");
    assert_eq!(panicked["message"], "your code panicked: no");
    assert!(
        panicked["stdout"]
            .as_str()
            .unwrap()
            .starts_with("before Connection"),
        "{panicked:#}"
    );
    let diagnostic = report.exercise("does_not_compile")["build"]["diagnostics"][0]
        .as_str()
        .unwrap();
    assert!(
        diagnostic.contains("exercises/01_cases/03_does_not_compile/src/lib.rs:1:"),
        "{diagnostic}"
    );

    let list = workbook
        .checker()
        .args(["list", "--json"])
        .output()
        .unwrap();
    let list: Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_valid("list-v1", &list);
    let listed: Vec<&str> = list["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["status"].as_str().unwrap())
        .collect();
    assert_eq!(listed, statuses);
}

#[test]
fn exit_codes_are_as_documented() {
    let workbook = Workbook::new("exit_codes")
        .exercise("one")
        .exercise("two")
        .sync();
    let code = |arguments: &[&str]| {
        workbook
            .checker()
            .args(arguments)
            .output()
            .unwrap()
            .status
            .code()
    };
    assert_eq!(code(&[]), Some(1), "nothing is done yet");
    workbook.submit("one", &right());
    assert_eq!(code(&["run", "one"]), Some(0));
    assert_eq!(code(&["run"]), Some(1));
    workbook.submit("two", "fn");
    assert_eq!(
        code(&["run"]),
        Some(3),
        "all that did not pass failed to build"
    );
    workbook.submit("two", &right());
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--no-such-flag"]), Some(2));
    assert_eq!(code(&["run", "three"]), Some(4));
    assert_eq!(code(&["run", "one", "--check", "no_such_check"]), Some(4));
}

#[test]
fn a_near_miss_is_asked_about() {
    let workbook = Workbook::new("near_miss")
        .exercise("subject_group")
        .exercise("pet_model")
        .sync();
    for (typed, meant) in [
        ("subject_gruop", "subject_group"),
        ("pet", "pet_model"),
        ("exercises/01_cases/02_pet_modle", "pet_model"),
    ] {
        workbook
            .checker()
            .args(["run", typed])
            .assert()
            .code(4)
            .stderr(contains(format!("did you mean `{meant}`?")));
    }
    workbook
        .checker()
        .args(["run", "zzzzzz"])
        .assert()
        .code(4)
        .stderr(contains("`checker list` shows all exercises"));
    workbook
        .checker()
        .args(["run", "1.1", "--check", "a_body_is_requird"])
        .assert()
        .code(4)
        .stderr(contains("did you mean `a_body_is_required`?"));
}

#[test]
fn an_exercise_has_many_names() {
    let workbook = Workbook::new("names")
        .exercise("first")
        .exercise("second")
        .sync();
    for (named, expected) in [
        ("1.2", vec!["1.2"]),
        ("second", vec!["1.2"]),
        ("02_second", vec!["1.2"]),
        ("01_cases/02_second", vec!["1.2"]),
        ("exercises/01_cases/02_second/", vec!["1.2"]),
        ("exercises/01_cases/02_second/src/lib.rs", vec!["1.2"]),
        ("1", vec!["1.1", "1.2"]),
        ("01_cases", vec!["1.1", "1.2"]),
    ] {
        let report = workbook.report_of(&[named]);
        let numbers: Vec<&str> = report.json["exercises"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["number"].as_str().unwrap())
            .collect();
        assert_eq!(numbers, expected, "{named}");
    }
}

#[test]
fn one_check_runs_with_those_that_it_needs_and_is_no_pass_of_the_exercise() {
    let toml = "needs = { a_body_is_required = [\"a_note_is_kept\"] }\n";
    let workbook = Workbook::new("one_check")
        .exercise_with("needy", toml, support::SOLUTION, support::CHECKS)
        .sync();
    workbook.submit("needy", &wrong());
    let report = workbook.report_of(&["needy", "--check", "a_note_is_kept"]);
    let names: Vec<&Value> = report.exercise("needy")["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| &check["name"])
        .collect();
    assert_eq!(names, ["a_note_is_kept"]);
    assert_eq!(report.code, Some(0), "what was asked for passed");

    let report = workbook.report_of(&["needy", "--check", "a_body_is_required"]);
    assert_eq!(report.check("needy", "a_note_is_kept")["status"], "passed");
    assert_eq!(
        report.check("needy", "a_body_is_required")["status"],
        "failed"
    );
    assert_eq!(report.code, Some(1));

    // Half a verdict is not remembered as a whole one.
    assert_eq!(workbook.report().status("needy"), "failed");
    let progress = rusqlite::Connection::open(workbook.state().join("progress.sqlite")).unwrap();
    let mut statement = progress
        .prepare("SELECT status FROM attempts ORDER BY id")
        .unwrap();
    let recorded: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(recorded, ["partial", "partial", "failed"]);
}
