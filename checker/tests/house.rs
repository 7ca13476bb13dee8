//! The course itself: that its exercises teach what they claim, and that the
//! checker grades its solutions as passed.

mod support;

use std::fs;

use serde_json::Value;
use support::course::{checker, clone, root};

/// Whatever a learner has done in `exercises/` is no business of this test;
/// only CI looks there.
#[test]
fn every_exercise_teaches_what_it_claims() {
    let mut command = checker();
    command.args(["dev", "check"]);
    if std::env::var_os("CI").is_some() {
        command.arg("--tree");
    }
    let output = command.output().unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{said}");
    assert!(output.status.success(), "{said}");
    assert!(said.contains("✓ 0.1  first_check"), "{said}");
}

#[test]
fn the_solutions_pass() {
    let output = checker()
        .args(["run", "--exercises", "solutions", "--json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let exercises = report["exercises"].as_array().unwrap();
    assert!(exercises.len() >= 4);
    for exercise in exercises {
        assert_eq!(exercise["status"], "passed", "{exercise:#}");
        assert_eq!(exercise["points"], exercise["max_points"]);
    }
    assert_eq!(output.status.code(), Some(0));
}

/// What is in them is the book's business.
#[test]
fn every_quiz_is_in_the_checker() {
    let output = checker().args(["quiz", "--json"]).output().unwrap();
    let quizzes: Value = serde_json::from_slice(&output.stdout).unwrap();
    support::said::assert_valid("quiz-v1", &quizzes);
    let ids: Vec<String> = quizzes["quizzes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|quiz| quiz["id"].as_str().unwrap().to_owned())
        .collect();
    let mut files = Vec::new();
    let folder = root().join("book/quizzes");
    for part in fs::read_dir(&folder).unwrap() {
        for file in fs::read_dir(part.unwrap().path()).unwrap() {
            let path = file.unwrap().path().with_extension("");
            let id = path.strip_prefix(&folder).unwrap().to_str().unwrap();
            files.push(id.replace('\\', "/"));
        }
    }
    files.sort();
    assert_eq!(ids, files);
}

#[test]
fn the_starters_are_not_started() {
    let clone = clone("starters");
    let output = checker()
        .current_dir(&clone)
        .args(["run", "--json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for exercise in report["exercises"].as_array().unwrap() {
        assert_eq!(exercise["status"], "not_started", "{exercise:#}");
    }
    assert_eq!(output.status.code(), Some(1));
}
