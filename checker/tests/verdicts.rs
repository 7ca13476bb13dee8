//! Verdicts that cannot be wrong: whatever the clock, the neighbors and the
//! other checker do.

mod support;

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use rusqlite::Connection;
use support::{Workbook, right, wrong};

/// Sets a file's modification time.
fn dated(path: &std::path::Path, time: SystemTime) {
    File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(time)
        .unwrap();
}

#[test]
fn an_old_file_put_back_with_its_old_time_is_graded_as_what_it_holds() {
    let workbook = Workbook::new("old_file_back").exercise("one").sync();
    let file = workbook.submission("one").join("src/lib.rs");
    let aside = workbook.folder().join("aside.rs");
    let starter = fs::read_to_string(&file).unwrap();

    workbook.submit("one", &wrong());
    assert_eq!(workbook.report().status("one"), "failed");
    fs::rename(&file, &aside).unwrap();
    workbook.submit("one", &right());
    assert_eq!(workbook.report().status("one"), "passed");

    // By rename: content and time are the old ones.
    fs::rename(&aside, &file).unwrap();
    assert_eq!(workbook.report().status("one"), "failed");

    // From an archive: written anew, then dated back.
    workbook.submit("one", &right());
    assert_eq!(workbook.report().status("one"), "passed");
    workbook.submit("one", &wrong());
    dated(&file, SystemTime::now() - Duration::from_secs(86_400));
    assert_eq!(workbook.report().status("one"), "failed");

    // And to the starter, by reset.
    workbook.submit("one", &right());
    assert_eq!(workbook.report().status("one"), "passed");
    workbook.checker().args(["reset", "one"]).assert().success();
    assert_eq!(fs::read_to_string(&file).unwrap(), starter);
    assert_eq!(workbook.report().status("one"), "not_started");
    workbook.submit("one", &wrong());
    dated(
        &file,
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000),
    );
    assert_eq!(workbook.report().status("one"), "failed");
}

#[test]
fn a_module_or_an_included_file_that_changes_is_noticed() {
    let workbook = Workbook::new("included").exercise("one").sync();
    let folder = workbook.submission("one");
    workbook.submit(
        "one",
        &support::wrap("conn.execute_batch(include_str!(\"../table.sql\"))"),
    );
    let sql = folder.join("table.sql");
    let old = SystemTime::now() - Duration::from_secs(3600);
    let good = "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)";
    let bad = "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)";
    for (content, expected) in [
        (good, "passed"),
        (bad, "failed"),
        (good, "passed"),
        (bad, "failed"),
    ] {
        fs::write(&sql, content).unwrap();
        dated(&sql, old);
        assert_eq!(workbook.report().status("one"), expected, "{content}");
    }
}

#[test]
fn two_trees_in_one_target_directory_keep_their_own_verdicts() {
    let good = Workbook::new("tree_right").exercise("one").sync();
    let bad = Workbook::new("tree_wrong").exercise("one").sync();
    let now = SystemTime::now();
    for round in 0..20 {
        // Something changes each time, so that each time is a build.
        good.submit("one", &format!("{}\n// {round}\n", right()));
        bad.submit("one", &format!("{}\n// {round}\n", wrong()));
        let (first, second) = match round % 3 {
            0 => (now, now),
            1 => (now - Duration::from_secs(60), now),
            _ => (now, now - Duration::from_secs(60)),
        };
        dated(&good.submission("one").join("src/lib.rs"), first);
        dated(&bad.submission("one").join("src/lib.rs"), second);
        let (passed, failed) = std::thread::scope(|scope| {
            let passed = scope.spawn(|| good.report());
            let failed = scope.spawn(|| bad.report());
            (passed.join().unwrap(), failed.join().unwrap())
        });
        assert_eq!(passed.status("one"), "passed", "round {round}");
        assert_eq!(failed.status("one"), "failed", "round {round}");
        assert_eq!(
            failed.check("one", "a_body_is_required")["status"],
            "failed",
            "round {round}"
        );
    }
}

#[test]
fn a_second_checker_waits_says_so_and_is_right() {
    let workbook = Workbook::new("waits").exercise("one").sync();
    workbook.submit("one", &right());
    fs::create_dir_all(workbook.stage()).unwrap();
    let lock = File::create(workbook.stage().join("lock")).unwrap();
    lock.lock().unwrap();

    let mut second = std::process::Command::new(env!("CARGO_BIN_EXE_checker"))
        .args([
            "--course",
            "solutions",
            "--exercises",
            "exercises",
            "run",
            "--json",
        ])
        .current_dir(workbook.folder())
        .env_remove("CARGO_MANIFEST_DIR")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(second.stderr.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    assert!(
        said.contains("another checker is grading these exercises; waiting"),
        "{said}"
    );
    assert!(second.try_wait().unwrap().is_none(), "it did not wait");
    drop(lock);
    let output = second.wait_with_output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["exercises"][0]["status"], "passed");
}

#[test]
fn two_processes_migrate_the_progress_database_once() {
    let workbook = Workbook::new("migrate_at_once").exercise("one").sync();
    for round in 0..200 {
        if workbook.state().exists() {
            fs::remove_dir_all(workbook.state()).unwrap();
        }
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| workbook.checker().arg("list").assert().success().stderr(""));
            }
        });
        let progress = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
        let check: String = progress
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(check, "ok", "round {round}");
        let tables: u32 = progress
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE name IN ('attempts', 'hints')",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(tables, 2, "round {round}");
    }
}

#[test]
fn a_verdict_is_remembered_until_something_changes() {
    let workbook = Workbook::new("remembered").exercise("one").sync();
    workbook.submit("one", &wrong());
    let attempts = || -> u32 {
        let progress = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
        progress
            .query_row("SELECT count(*) FROM attempts", [], |row| row.get(0))
            .unwrap()
    };
    let first = workbook.report();
    assert_eq!(attempts(), 1);
    let again = workbook.report();
    assert_eq!(attempts(), 1, "an unchanged submission was graded again");
    assert_eq!(first.exercise("one"), again.exercise("one"));
    workbook.submit("one", &format!("{}\n", wrong()));
    workbook.report();
    assert_eq!(attempts(), 2, "a changed submission was not graded again");
    let seeded = workbook.report_of(&["--seed", "7"]);
    assert_eq!(seeded.exercise("one")["seed"], 7);
    assert_eq!(attempts(), 3);
}
