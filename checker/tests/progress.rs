//! The progress database in every state that it can be in, and disks that are
//! full. Verdicts are true in any case, and nothing is lost.

mod support;

use std::fs;

use predicates::prelude::*;
use predicates::str::contains;
use rusqlite::Connection;
use support::{Workbook, right, wrong};

/// Two exercises, one done and one not right; graded once.
fn workbook(name: &str) -> Workbook {
    let workbook = Workbook::new(name)
        .exercise("done")
        .exercise("not_yet")
        .sync();
    workbook.submit("done", &right());
    workbook.submit("not_yet", &wrong());
    let report = workbook.report();
    assert_eq!(report.status("done"), "passed");
    workbook
}

fn assert_true_verdicts(workbook: &Workbook, said: impl Predicate<str>) {
    let output = workbook.checker().args(["run", "--json"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.eval(&stderr), "{stderr}");
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{stderr}"));
    assert_eq!(report["exercises"][0]["status"], "passed", "{stderr}");
    assert_eq!(report["exercises"][1]["status"], "failed", "{stderr}");
}

#[test]
fn a_damaged_database_is_set_aside() {
    let workbook = workbook("progress_damaged");
    let path = workbook.state().join("progress.sqlite");
    fs::write(&path, "this is not a database, but it was somebody's").unwrap();
    assert_true_verdicts(&workbook, contains("was damaged; it is kept as"));
    let kept = workbook.state().join("progress.damaged-1.sqlite");
    assert_eq!(
        fs::read_to_string(kept).unwrap(),
        "this is not a database, but it was somebody's"
    );
    assert_true_verdicts(&workbook, predicate::eq(""));

    // Half of its pages are rubbish.
    let mut pages = fs::read(&path).unwrap();
    let half = pages.len() / 2;
    pages[half..].fill(0x5a);
    fs::write(&path, &pages).unwrap();
    assert_true_verdicts(&workbook, predicate::always());
    assert_true_verdicts(&workbook, predicate::eq(""));
}

#[test]
fn a_locked_database_is_waited_for_and_then_done_without() {
    let workbook = workbook("progress_locked");
    let other = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_true_verdicts(&workbook, contains("is locked by another program"));
    other.execute_batch("ROLLBACK").unwrap();
    assert_true_verdicts(&workbook, predicate::eq(""));
}

#[test]
fn a_newer_database_is_left_as_it_is() {
    let workbook = workbook("progress_newer");
    let path = workbook.state().join("progress.sqlite");
    let newer = Connection::open(&path).unwrap();
    newer
        .execute_batch("PRAGMA user_version = 99; CREATE TABLE from_the_future (x)")
        .unwrap();
    drop(newer);
    let before = fs::read(&path).unwrap();
    assert_true_verdicts(
        &workbook,
        contains("was written by a newer checker (its version is 99"),
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_database_that_is_a_folder_is_done_without() {
    let workbook = workbook("progress_folder");
    let path = workbook.state().join("progress.sqlite");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_true_verdicts(&workbook, contains("progress is not recorded this time"));
}

/// Root may write anywhere, so this is asked of SQLite itself.
#[test]
fn a_read_only_database_is_done_without() {
    let workbook = workbook("progress_read_only");
    let path = workbook.state().join("progress.sqlite");
    // A write version from the future makes SQLite open a file read-only.
    let mut bytes = fs::read(&path).unwrap();
    bytes[18] = 3;
    fs::write(&path, &bytes).unwrap();
    // Something to record.
    workbook.submit("not_yet", &format!("{}\n", wrong()));
    assert_true_verdicts(&workbook, contains("progress is not recorded this time"));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn an_exercise_keeps_its_history_when_it_is_renamed() {
    let workbook = workbook("progress_renamed");
    let rename = |folder: &str| {
        let folder = workbook.folder().join(folder).join(support::PART);
        fs::rename(folder.join("01_done"), folder.join("03_renamed")).unwrap();
        folder.join("03_renamed")
    };
    rename("exercises");
    let solution = rename("solutions");
    let edit = |file: &str, find: &str, replace: &str| {
        let path = solution.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(find));
        fs::write(path, text.replace(find, replace)).unwrap();
    };
    edit("Cargo.toml", "name = \"done\"", "name = \"renamed\"");
    edit(
        "tests/checks.rs",
        "done::create_table",
        "renamed::create_table",
    );
    edit(
        "exercise.toml",
        "title =",
        "renamed_from = [\"01_cases/01_done\"]\ntitle =",
    );
    workbook.checker().arg("list").assert().success();
    let progress = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
    let attempts: u32 = progress
        .query_row(
            "SELECT count(*) FROM attempts WHERE exercise = '01_cases/03_renamed'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(attempts, 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    use std::process::{Command, Stdio};

    let workbook = workbook("progress_no_space");
    let checker = |stdout: Stdio, arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_checker"))
            .args(["--course", "solutions", "--exercises", "exercises"])
            .args(arguments)
            .current_dir(workbook.folder())
            .env_remove("CARGO_MANIFEST_DIR")
            .stdout(stdout)
            .stderr(Stdio::piped())
            .output()
            .unwrap()
    };
    // A report that cannot be written is an error, not a pass.
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = checker(full.into(), &["run", "--json"]);
    assert_eq!(output.status.code(), Some(70));
    assert!(String::from_utf8_lossy(&output.stderr).contains("writing to standard output"));
    // A reader that has gone away is none.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = checker(writer.into(), &["list"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    // No file may grow beyond 8 KiB: neither progress nor manifests fit.
    workbook.submit("not_yet", &format!("{}\n", wrong()));
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let output = Command::new("bash")
        .args([
            "-c",
            script,
            env!("CARGO_BIN_EXE_checker"),
            "--course",
            "solutions",
            "--exercises",
            "exercises",
            "run",
        ])
        .current_dir(workbook.folder())
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_ne!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let progress = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
    let integrity: String = progress
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
    drop(progress);
    assert_true_verdicts(&workbook, predicate::eq(""));
}
