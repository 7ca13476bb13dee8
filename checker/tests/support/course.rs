//! The course itself, and a project as a learner has it after cloning.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The checker, over the course.
pub fn checker() -> Command {
    let mut command = Command::cargo_bin("checker").unwrap();
    command
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("CARGO_PKG_NAME");
    command
}

/// A project as a learner has it after cloning: the generated exercises, the
/// pages of the book, and what marks the root.
pub fn clone(name: &str) -> PathBuf {
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
    copy(&root().join("book/src"), &clone.join("book/src"));
    clone
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}
