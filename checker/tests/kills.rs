//! The checker, killed at random points a hundred times.

#![cfg(unix)]

mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use support::{Workbook, right, wrong};

/// Numbers that look random; the seed is printed when the test fails.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn killed_at_random_points_nothing_is_lost_or_corrupt() {
    let workbook = Workbook::new("killed")
        .exercise("done")
        .exercise("not_yet")
        .sync();
    workbook.submit("done", &right());
    workbook.submit("not_yet", &wrong());
    let begun = Instant::now();
    workbook.report();
    workbook.submit("not_yet", &format!("{}// warm\n", wrong()));
    let warm = Instant::now();
    workbook.report();
    // A run that builds takes so long, in microseconds; kills fall within it.
    let length = u64::try_from(warm.elapsed().as_micros()).unwrap();
    let seed = u64::from(std::process::id()) + 1;
    println!(
        "seed {seed}, a run takes {length} µs, the first {:?}",
        begun.elapsed()
    );
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));

    let mut interrupted = 0;
    for round in 0..100 {
        // Every other run has something to build.
        if round % 2 == 0 {
            workbook.submit("not_yet", &format!("{}// {seed} {round}\n", wrong()));
            workbook.submit("done", &format!("{}// {seed} {round}\n", right()));
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_checker"))
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
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let until = Instant::now() + Duration::from_micros(random.below(length + length / 10));
        while Instant::now() < until && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        interrupted += u32::from(!child.wait().unwrap().success());

        let progress = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
        let integrity: String = progress
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(integrity, "ok", "seed {seed}, round {round}");
    }
    assert!(interrupted > 50, "only {interrupted} runs were cut short");

    let report = workbook.report();
    assert_eq!(report.status("done"), "passed", "seed {seed}");
    assert_eq!(report.status("not_yet"), "failed", "seed {seed}");
    let progress = Connection::open(workbook.state().join("progress.sqlite")).unwrap();
    let count = |condition: &str| -> u32 {
        progress
            .query_row(
                &format!("SELECT count(*) FROM attempts WHERE {condition}"),
                [],
                |row| row.get(0),
            )
            .unwrap()
    };
    assert!(
        count("ended IS NULL") > 0,
        "no attempt shows as interrupted"
    );
    assert_eq!(
        count("exercise LIKE '%done' AND status NOT IN ('passed')"),
        0,
        "seed {seed}: a false verdict"
    );
    assert_eq!(
        count("exercise LIKE '%not_yet' AND status NOT IN ('failed')"),
        0,
        "seed {seed}: a false verdict"
    );
}

/// The processes that bear `mark` somewhere in their environment.
#[cfg(target_os = "linux")]
fn marked(mark: &str) -> usize {
    std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter(|entry| {
            std::fs::read(entry.path().join("environ"))
                .is_ok_and(|environment| String::from_utf8_lossy(&environment).contains(mark))
        })
        .count()
}

#[cfg(target_os = "linux")]
#[test]
fn a_check_that_never_ends_does_not_outlive_the_checker() {
    let workbook = Workbook::new("killed_in_a_loop")
        .limits("check_seconds = 600\n")
        .exercise("loops")
        .sync();
    workbook.submit("loops", include_str!("hostile/loops.rs"));
    let mark = format!(
        "WORKBOOK_SUBMISSION={}",
        workbook.submission("loops").display()
    );
    let mut checker = Command::new(env!("CARGO_BIN_EXE_checker"))
        .args(["--course", "solutions", "--exercises", "exercises", "run"])
        .current_dir(workbook.folder())
        .env_remove("CARGO_MANIFEST_DIR")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let wait_for = |there: bool| {
        let until = Instant::now() + Duration::from_secs(60);
        while (marked(&mark) > 0) != there {
            assert!(
                Instant::now() < until,
                "a check is {} there",
                if there { "not" } else { "still" }
            );
            std::thread::yield_now();
        }
    };
    wait_for(true);
    checker.kill().unwrap();
    checker.wait().unwrap();
    wait_for(false);
}
