//! Runs a check of this test binary in a process of its own, as the checker
//! does (`graded`) or as `cargo test` does (`plain`).
//!
//! The checks that are run so are `#[ignore]`d tests beside the tests proper,
//! because most of them are meant to fail.
#![allow(dead_code)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use witness::evidence::{Failure, Panic, Record, env};

pub const SECRET: &str = "s3cret";

/// Where the "learner's" file of these tests lies.
pub fn submission() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/learner")
}

#[derive(Debug)]
pub struct Ran {
    pub records: Vec<Record>,
    pub success: bool,
    pub output: String,
    pub leftovers: Vec<String>,
}

impl Ran {
    #[track_caller]
    pub fn assert_passed(&self) {
        let completed = Record::Completed {
            secret: SECRET.into(),
        };
        assert!(
            self.success && self.records.last() == Some(&completed) && self.records.len() == 2,
            "{self:#?}"
        );
    }

    #[track_caller]
    pub fn failure(&self) -> Failure {
        assert!(!self.success, "{self:#?}");
        match self.records.as_slice() {
            [Record::Began { .. }, Record::Failed(failure)] => (**failure).clone(),
            _ => panic!("{self:#?}"),
        }
    }

    #[track_caller]
    pub fn panic(&self) -> Panic {
        assert!(!self.success, "{self:#?}");
        match self.records.as_slice() {
            [Record::Began { .. }, Record::Panicked(panic)] => (**panic).clone(),
            _ => panic!("{self:#?}"),
        }
    }
}

fn command(check: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", check, "--ignored", "--test-threads=1"])
        .env_remove("RUST_BACKTRACE")
        .env(env::SUBMISSION, submission());
    command
}

pub fn graded(check: &str) -> Ran {
    graded_with(check, |_| {})
}

pub fn graded_with(check: &str, change: impl FnOnce(&mut Command)) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence.jsonl");
    let work = folder.path().join("work");
    std::fs::create_dir(&work).unwrap();
    let mut command = command(check);
    command
        .current_dir(&work)
        .env(env::EVIDENCE, &evidence)
        .env(env::SEED, "7")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    change(&mut command);
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // What follows the secret must be out of reach of the code under test.
    write!(stdin, "{SECRET}\nmore\n").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let records = std::fs::read_to_string(&evidence)
        .unwrap_or_default()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let leftovers = std::fs::read_dir(&work)
        .map(|entries| {
            entries
                .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                .collect()
        })
        .unwrap_or_default();
    Ran {
        records,
        success: output.status.success(),
        output: text(&output),
        leftovers,
    }
}

/// What `cargo test` would show.
pub fn plain(check: &str) -> String {
    let output = command(check).env_remove(env::EVIDENCE).output().unwrap();
    assert!(!output.status.success(), "{}", text(&output));
    text(&output)
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
