//! `doctor`: healthy, and with one thing wrong at a time.

mod support;

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use predicates::prelude::*;
use predicates::str::contains;
use support::said::{assert_valid, output, said};
use support::{Workbook, right};

/// What is different on every machine, or depends on how tests are run.
fn filters() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"(rustc|cargo) +\d[^\n]*", "$1 VERSION");
    settings.add_filter(
        r"(rustc|cargo)  +(rustc|cargo) \d[^\n]*(\n {10,}[^→\n]*)*",
        "$1  VERSION",
    );
    settings.add_filter(
        r"C compiler    [^\n]*(\n {10,}[^→\n]*)*",
        "C compiler  NAME",
    );
    settings.add_filter(r"SQLite          \d[\d.]+", "SQLite  VERSION");
    // How full the disk is here is nobody's fault.
    settings.add_filter(
        r"(✓ ok   |· note ) disk            [^\n]*(\n {10,}[^→\n]*)*",
        "✓ ok    disk  FREE",
    );
    settings.add_filter(
        r"terminal        [^\n]*(\n {10,}[^→\n]*)*",
        "terminal  FACTS",
    );
    settings.add_filter(
        r"target folder   [^\n]*(\n {10,}[^→\n]*)*",
        "target folder  WRITABLE",
    );
    settings.add_filter(r"(STAGE|STATE)(\S+)\s+", "$1$2 ");
    settings.add_filter(
        r"line ends       [^\n]*(\n {10,}[^→\n]*)*",
        "line ends  SETTING",
    );
    settings.add_filter(r"· note  cargo settings  [^\n]*(\n {10,}[^→\n]*)*\n", "");
    settings
}

/// Each finding and each remedy on one line: where lines break depends on how
/// long the path to this clone is.
fn unwrapped(text: &str) -> String {
    let finding = format!("\n{}", " ".repeat(24));
    let remedy = format!("\n{}", " ".repeat(26));
    text.replace(&remedy, " ")
        .replace(&format!("{finding}→"), "\n →")
        .replace(&finding, " ")
}

#[test]
fn a_healthy_workbook_has_nothing_wrong() {
    let _filters = filters().bind_to_scope();
    let workbook = Workbook::new("doctor_healthy").exercise("one").sync();
    assert_snapshot!(unwrapped(&said(&workbook, &["doctor"])));
    workbook.submit("one", &right());
    workbook.report();
    let before = fs::read(workbook.state().join("progress.sqlite")).unwrap();
    let healthy = unwrapped(&said(&workbook, &["doctor"]));
    assert!(healthy.contains("is intact"), "{healthy}");
    assert!(healthy.contains("1 exercise is laid out"), "{healthy}");
    assert!(healthy.ends_with("[exit code 0]"), "{healthy}");
    let after = fs::read(workbook.state().join("progress.sqlite")).unwrap();
    assert!(before == after, "the doctor changed the progress database");
}

#[test]
fn each_thing_that_is_wrong_has_its_remedy() {
    let workbook = Workbook::new("doctor_wrong")
        .exercise("one")
        .exercise("two")
        .sync();
    let exercises = workbook.folder().join("exercises");
    let one = workbook.submission("one");
    workbook.submit("one", &right());
    workbook.report();

    fs::remove_dir_all(workbook.submission("two")).unwrap();
    fs::write(exercises.join("Cargo.toml"), "[workspace\n").unwrap();
    fs::write(one.join("build.rs"), "fn main() {}\n").unwrap();
    fs::create_dir(one.join(".cargo")).unwrap();
    fs::write(
        workbook.state().join("progress.sqlite"),
        "no database at all, but long enough to be read as one",
    )
    .unwrap();
    fs::write(
        workbook.stage().join("Cargo.toml"),
        "[workspace]\nmembers = [\"gone\"]\n",
    )
    .unwrap();

    let _filters = filters().bind_to_scope();
    assert_snapshot!(unwrapped(&said(&workbook, &["doctor"])));
    let output = workbook
        .checker()
        .args(["doctor", "--json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_valid("doctor-v1", &findings);
    let wrong: Vec<&str> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["state"] == "problem")
        .inspect(|finding| assert!(!finding["remedy"].as_str().unwrap().is_empty()))
        .map(|finding| finding["subject"].as_str().unwrap())
        .collect();
    assert_eq!(
        wrong,
        [
            "exercises",
            "workspace",
            "build settings",
            "stage",
            "progress"
        ]
    );
    assert_eq!(findings["problems"], wrong.len());
}

#[test]
fn without_a_project_the_tools_are_still_looked_at() {
    let mut command = assert_cmd::Command::cargo_bin("checker").unwrap();
    command
        .current_dir(std::env::temp_dir())
        .env_remove("CARGO_MANIFEST_DIR")
        .arg("doctor")
        .assert()
        .code(1)
        .stdout(contains("✓ ok    rustc"))
        .stdout(contains("this is not a folder of the workbook"))
        .stdout(contains("One thing is wrong."));
}

/// A program that answers every question with these lines.
#[cfg(unix)]
fn program(workbook: &Workbook, name: &str, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = workbook.folder().join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn a_missing_compiler_and_an_old_rust_are_told_with_what_to_install() {
    let _filters = filters().bind_to_scope();
    let workbook = Workbook::new("doctor_tools").exercise("one").sync();
    let old = program(
        &workbook,
        "old-rustc",
        "echo 'rustc 1.94.1 (abc 2026-02-01)'",
    );
    let empty = workbook.folder().join("empty");
    fs::create_dir(&empty).unwrap();
    let mut command = workbook.checker();
    command
        .arg("doctor")
        .env("RUSTC", old)
        .env("PATH", empty)
        .env_remove("CC");
    let text = unwrapped(&output(&workbook, command, &["doctor"]));
    assert!(
        text.contains("rustc 1.94.1 (abc 2026-02-01) is older than 1.95"),
        "{text}"
    );
    assert!(text.contains("rustup update stable"), "{text}");
    assert!(text.contains("there is none on the PATH"), "{text}");
    assert!(text.contains("2 things are wrong."), "{text}");

    let broken = program(
        &workbook,
        "broken-cc",
        "echo 'no developer tools' >&2; exit 1",
    );
    let mut command = workbook.checker();
    command.arg("doctor").env("CC", broken);
    let text = unwrapped(&output(&workbook, command, &["doctor"]));
    assert!(text.contains("no developer tools"), "{text}");
    assert!(text.ends_with("[exit code 1]"), "{text}");
}

#[test]
fn windows_line_ends_are_no_fault() {
    let workbook = Workbook::new("doctor_windows").exercise("one").sync();
    for file in ["Cargo.toml", "01_cases/01_one/tests/checks.rs"] {
        let path = workbook.folder().join("exercises").join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    }
    workbook
        .checker()
        .arg("doctor")
        .assert()
        .success()
        .stdout(contains("CRLF, which is as good"))
        .stdout(contains("wrong  ").not());
}
