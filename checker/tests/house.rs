//! The course itself: that its exercises teach what they claim, and that the
//! checker grades its solutions as passed.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn checker() -> Command {
    let mut command = Command::cargo_bin("checker").unwrap();
    command
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("CARGO_PKG_NAME");
    command
}

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

/// A project as a learner has it after cloning: the generated exercises, and
/// what marks the root.
fn clone(name: &str) -> PathBuf {
    let clone = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if clone.exists() {
        fs::remove_dir_all(&clone).unwrap();
    }
    fs::create_dir_all(clone.join("checker")).unwrap();
    fs::create_dir_all(clone.join("exercises")).unwrap();
    fs::write(clone.join("checker/Cargo.toml"), "").unwrap();
    checker()
        .args(["dev", "sync", "--exercises"])
        .arg(clone.join("exercises"))
        .assert()
        .success();
    clone
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

/// The README's picture comes from a run. `UPDATE_PICTURE=1` draws it anew.
#[test]
fn the_picture_shows_what_the_checker_prints() {
    let clone = clone("picture");
    // The attempt that page 1.1 shows, too: it does not give the answer away.
    let id = "01_models/01_subject_group";
    fs::copy(
        root().join("book/attempts").join(id).join("types_only.rs"),
        clone.join("exercises").join(id).join("src/lib.rs"),
    )
    .unwrap();
    let output = Command::cargo_bin("checker")
        .unwrap()
        .current_dir(&clone)
        // The names that vary must not vary with the toolchain.
        .args(["run", "1.1", "--seed", "7"])
        // As cargo starts it, and on a terminal.
        .env("CARGO_PKG_NAME", "checker")
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("1.1 subject_group"), "{printed}");
    let drawn = anstyle_svg::Term::new()
        .min_width_px(720)
        .render_svg(&format!("$ cargo run -- run 1.1 --seed 7\n{printed}"));
    let path = root().join("book/src/picture.svg");
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "the picture is out of date; UPDATE_PICTURE=1 draws it anew:\n{printed}"
    );
}
