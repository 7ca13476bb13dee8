//! Embeds the course: the exercises' solutions, the library they stand on, the
//! witness, the quizzes, the lock file and the root manifest.
//!
//! Files are listed one by one, and part folders are watched rather than
//! `solutions/` itself, so that a new file is noticed and a stray database is
//! not embedded. Nothing under `exercises/` is read: it belongs to the learner.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Only these belong to a course; anything else in its folders is a stray.
const EXTENSIONS: [&str; 5] = ["rs", "toml", "sql", "lock", "md"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let checker = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let root = checker
        .parent()
        .ok_or("the checker lies inside the project")?;
    let solutions = root.join("solutions");

    let mut files = BTreeSet::new();
    for entry in fs::read_dir(&solutions)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let part = name.as_bytes().first().is_some_and(u8::is_ascii_digit);
        if path.is_dir() && (part || name == "mini_orm") {
            collect(&path, &mut files)?;
            watch(&path);
        }
    }
    collect(&checker.join("witness"), &mut files)?;
    watch(&checker.join("witness"));
    for single in [
        "Cargo.toml",
        "solutions/exercises.lock",
        "solutions/starters.toml",
    ] {
        let path = root.join(single);
        watch(&path);
        if path.is_file() {
            files.insert(path);
        }
    }

    let book = root.join("book");
    let (quizzes, beliefs) = (book.join("quizzes"), book.join("misconceptions.toml"));
    if quizzes.is_dir() {
        collect(&quizzes, &mut files)?;
    }
    if beliefs.is_file() {
        files.insert(beliefs.clone());
    }
    // Cargo takes a path that is not there for one that has changed.
    for path in [quizzes, beliefs] {
        watch(if path.exists() { &path } else { &book });
    }

    let mut list = String::from("&[\n");
    for path in &files {
        let relative = path
            .strip_prefix(root)?
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(list, "    ({relative:?}, include_bytes!({path:?})),")?;
    }
    list.push_str("]\n");
    fs::write(
        PathBuf::from(std::env::var("OUT_DIR")?).join("course.rs"),
        list,
    )?;
    watch(&checker.join("build.rs"));
    Ok(())
}

fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() {
            if !matches!(name, "target" | "snapshots") {
                collect(&path, files)?;
            }
        } else if path
            .extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| EXTENSIONS.contains(&e))
        {
            files.insert(path);
        }
    }
    Ok(())
}
