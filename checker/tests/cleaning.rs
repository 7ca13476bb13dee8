//! `clean`: what the checker keeps goes, and nothing else.

mod support;

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use predicates::str::contains;
use support::Workbook;

/// A checker in a target directory of its own: other tests use the real one.
struct Own {
    workbook: Workbook,
    checker: PathBuf,
    scratch: PathBuf,
}

fn own(name: &str) -> Own {
    let workbook = Workbook::new(name).exercise("one").sync();
    let target = workbook.folder().canonicalize().unwrap().join("target");
    let checker = target
        .join("debug")
        .join(format!("checker{}", std::env::consts::EXE_SUFFIX));
    fs::create_dir_all(checker.parent().unwrap()).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_checker"), &checker).unwrap();
    fs::write(target.join("CACHEDIR.TAG"), "").unwrap();
    fs::write(target.join("debug/artifact"), "compiled").unwrap();
    Own {
        workbook,
        checker,
        scratch: target.join("checker"),
    }
}

impl Own {
    const PLACES: [&str; 4] = ["--course", "solutions", "--exercises", "exercises"];

    fn run(&self, arguments: &[&str]) -> assert_cmd::assert::Assert {
        Command::new(&self.checker)
            .current_dir(self.workbook.folder())
            .env_remove("CARGO_MANIFEST_DIR")
            .env("NO_COLOR", "1")
            .args(Self::PLACES)
            .args(arguments)
            .assert()
    }

    fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.scratch.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// The folder of this workbook's state, in the scratch folder.
    fn state(&self) -> PathBuf {
        fs::read_dir(&self.scratch)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.join("progress.sqlite").is_file())
            .unwrap()
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn stages_and_libraries_go_progress_and_artifacts_stay() {
    let own = own("clean_stages");
    own.run(&["clean"])
        .success()
        .stdout("✓ removed nothing from target/checker\n");
    own.run(&["list"]).success();
    let progress = own.state().join("progress.sqlite");
    own.write("stage-1/lock", "");
    own.write("stage-1/one/Cargo.toml", &"x".repeat(1_500));
    own.write("workbench-1/one/lock", "");
    own.write("workbench-1/one/solution/Cargo.toml", &"x".repeat(500));
    own.write("library-1/complete", "");
    own.write("state-other/progress.sqlite", "another's");
    let run = own.write("stage-1/runs/now/one", "a program");

    let before = files(&own.workbook.folder().join("exercises"));
    own.run(&["clean"]).success().stdout(
        "✓ removed 3 files, 2.0 kB from target/checker\n  a run that may still be going on was left alone\n",
    );
    assert!(run.is_file());
    assert!(progress.is_file());
    fs::remove_dir_all(own.scratch.join("stage-1/runs")).unwrap();
    let left: Vec<String> = files(&own.scratch)
        .into_iter()
        .filter(|path| !path.contains("progress."))
        .collect();
    assert_eq!(left, ["stage-1/lock", "workbench-1/one/lock"]);
    assert!(own.scratch.join("../debug/artifact").is_file());
    assert!(own.scratch.join("state-other/progress.sqlite").is_file());
    assert_eq!(files(&own.workbook.folder().join("exercises")), before);
}

#[test]
fn progress_goes_when_asked_but_never_what_reset_kept() {
    let own = own("clean_progress");
    own.run(&["list"]).success();
    let state = own.state();
    fs::create_dir_all(state.join("databases/01_cases/01_one")).unwrap();
    fs::write(state.join("databases/01_cases/01_one/a.sqlite"), "x").unwrap();
    own.workbook.submit("one", "// mine");
    own.run(&["reset", "one"]).success();
    own.run(&["clean", "--progress"])
        .success()
        .stdout(contains("✓ forgot your progress: removed "))
        .stdout(contains("the copies that `reset` made are still in "));
    let left = files(&state);
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left[0].starts_with("backups"), "{left:?}");
    assert_eq!(left[1], "progress.lock");
    own.run(&["list"]).success();
}

#[cfg(unix)]
#[test]
fn links_are_removed_not_followed() {
    use std::os::unix::fs::symlink;
    let own = own("clean_links");
    let precious = own.workbook.folder().join("precious");
    fs::create_dir_all(precious.join("stage-1")).unwrap();
    fs::write(precious.join("stage-1/file"), "mine").unwrap();
    own.write("stage-2/lock", "");
    for link in [
        "stage-1",
        "library-1",
        "stage-2/one",
        "stage-2/runs",
        "state-9",
    ] {
        symlink(precious.join("stage-1"), own.scratch.join(link)).unwrap();
    }
    own.run(&["clean"]).success();
    assert_eq!(files(&precious), ["stage-1/file"]);
    assert_eq!(files(&own.scratch), ["stage-2/lock", "state-9"]);

    // The whole folder is a link: what it leads to is not the checker's.
    fs::remove_dir_all(&own.scratch).unwrap();
    symlink(&precious, &own.scratch).unwrap();
    own.run(&["clean"]).success();
    assert_eq!(files(&precious), ["stage-1/file"]);
}

#[test]
fn a_checker_that_is_grading_is_waited_for() {
    let own = own("clean_waits");
    let staged = own.write("stage-1/one/Cargo.toml", "x");
    let lock = File::create(own.scratch.join("stage-1/lock")).unwrap();
    lock.lock().unwrap();
    let mut second = std::process::Command::new(&own.checker)
        .current_dir(own.workbook.folder())
        .env_remove("CARGO_MANIFEST_DIR")
        .args(Own::PLACES)
        .arg("clean")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(second.stderr.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    assert!(said.contains("waiting for it to finish"), "{said}");
    assert!(staged.is_file(), "it did not wait");
    drop(lock);
    assert!(second.wait().unwrap().success());
    assert!(!staged.exists());
}
