//! A small course in a folder of its own, and the checker run over it.
//!
//! Every exercise asks for the same table; exercises are named after how the
//! submission behaves. Folders have fixed names below cargo's folder for
//! tests, so that artifacts are replaced rather than piled up.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod course;
pub mod said;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The part that all exercises of the fixture belong to.
pub const PART: &str = "01_cases";

pub const SOLUTION: &str = r#"//! Notes.

use rusqlite::{Connection, Result};

/// Creates the table `notes`: an `id` and a `body` that is not null.
pub fn create_table(conn: &Connection) -> Result<()> {
    //: answer
    conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    //: starter
    //| todo!("create the table notes on {conn:?}")
    //: end
}
"#;

pub const CHECKS: &str = r#"//! Checks of the fixture.

use witness::prelude::*;

/// The table notes can hold a note.
#[test]
fn a_note_is_kept() {
    check(|w| {
        let db = w.database()?;
        db.run(crate_under_test::create_table)?;
        db.accepts("INSERT INTO notes (body) VALUES ('hello')")?
            .leaves("SELECT id, body FROM notes", rows![[1, "hello"]])
            .because("A note without an id gets one.")
    });
}

/// A note without a body is refused.
#[test]
fn a_body_is_required() {
    check(|w| {
        let db = w.database()?;
        db.run(crate_under_test::create_table)?;
        db.refuses(Violation::NotNull, "INSERT INTO notes (body) VALUES (NULL)")
    });
}
"#;

/// A folder with a course (`solutions`) and submissions (`exercises`).
pub struct Workbook {
    folder: PathBuf,
    count: u32,
    limits: &'static str,
}

impl Workbook {
    /// An empty one, in a folder named after the test.
    pub fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(folder.join("solutions")).unwrap();
        fs::create_dir_all(folder.join("exercises")).unwrap();
        let workbook = Workbook {
            folder,
            count: 0,
            limits: "",
        };
        // What an earlier run of this test left: verdicts above all.
        for kept in [workbook.state(), workbook.stage()] {
            if kept.exists() {
                fs::remove_dir_all(kept).unwrap();
            }
        }
        workbook
    }

    /// Where the checker keeps progress and databases of these submissions.
    pub fn state(&self) -> PathBuf {
        self.scratch("state")
    }

    /// The staged workspace of these submissions.
    pub fn stage(&self) -> PathBuf {
        self.scratch("stage")
    }

    fn scratch(&self, what: &str) -> PathBuf {
        let exercises = self.folder.join("exercises").canonicalize().unwrap();
        let hash = Sha256::digest(exercises.as_os_str().as_encoded_bytes());
        let tag: String = hash
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let target = Path::new(env!("CARGO_BIN_EXE_checker"))
            .parent()
            .unwrap()
            .parent()
            .unwrap();
        target.join("checker").join(format!("{what}-{tag}"))
    }

    /// The lines of `[limits]` in every `exercise.toml` that follows.
    pub fn limits(mut self, limits: &'static str) -> Self {
        self.limits = limits;
        self
    }

    /// Adds an exercise.
    pub fn exercise(self, name: &str) -> Self {
        self.exercise_with(name, "", SOLUTION, CHECKS)
    }

    /// Adds an exercise with lines at the top of its `exercise.toml`, its own
    /// solution and its own checks, in which `crate_under_test` stands for it.
    pub fn exercise_with(mut self, name: &str, toml: &str, solution: &str, checks: &str) -> Self {
        self.count += 1;
        let solutions = self
            .folder
            .join("solutions")
            .join(PART)
            .join(format!("{:02}_{name}", self.count));
        let limits = self.limits;
        let write = |path: &str, text: &str| {
            let path = solutions.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{name}\"\nversion.workspace = true\nedition.workspace = true\n\
                 rust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n\
                 [lib]\ndoctest = false\n\n\
                 [dependencies]\nrusqlite.workspace = true\n\n\
                 [dev-dependencies]\nwitness.workspace = true\n\n[lints]\nworkspace = true\n"
            ),
        );
        write(
            "exercise.toml",
            &format!(
                "title = \"A table for notes\"\nminutes = 10\nseeds = [\"S0.01\"]\nfiles = [\"src/lib.rs\"]\n\
                 summary = \"Create the table notes.\"\nsuccess = \"The table holds notes.\"\n\
                 reflection = \"What else could a note have?\"\n{toml}\n[limits]\n{limits}\n\
                 [[hints]]\nfor = [\"a_note_is_kept\"]\nlevels = [\"Which table?\", \"CREATE TABLE makes one.\", \"CREATE TABLE pets (…)\"]\n"
            ),
        );
        write("src/lib.rs", solution);
        write("tests/checks.rs", &checks.replace("crate_under_test", name));
        self
    }

    /// Generates the starters.
    pub fn sync(self) -> Self {
        self.checker().args(["dev", "sync"]).assert().success();
        self
    }

    /// `exercises/01_cases/NN_name`.
    pub fn submission(&self, name: &str) -> PathBuf {
        let part = self.folder.join("exercises").join(PART);
        fs::read_dir(&part)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| {
                path.file_name()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .split_once('_')
                    .unwrap()
                    .1
                    == name
            })
            .unwrap_or_else(|| panic!("there is no submission {name} in {}", part.display()))
    }

    /// Puts `source` in the place of a submission's `src/lib.rs`.
    pub fn submit(&self, name: &str, source: &str) {
        fs::write(self.submission(name).join("src/lib.rs"), source).unwrap();
    }

    /// Submits the solution.
    pub fn solve(&self, name: &str) {
        self.submit(name, &right());
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The checker, over this course and these submissions.
    pub fn checker(&self) -> Command {
        let mut command = Command::cargo_bin("checker").unwrap();
        command
            .current_dir(&self.folder)
            .env_remove("CARGO_PKG_NAME")
            .env_remove("CARGO_MANIFEST_DIR")
            .env("NO_COLOR", "1")
            .arg("--course")
            .arg(self.folder.join("solutions"))
            .arg("--exercises")
            .arg(self.folder.join("exercises"));
        command
    }

    /// Grades everything; the report, whatever the exit code.
    pub fn report(&self) -> Report {
        self.report_of(&[])
    }

    /// Grades what is named.
    pub fn report_of(&self, arguments: &[&str]) -> Report {
        let output = self
            .checker()
            .arg("run")
            .args(arguments)
            .arg("--json")
            .output()
            .unwrap();
        let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!(
                "no report ({error}):\n{}\n{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
        });
        Report {
            json,
            code: output.status.code(),
        }
    }
}

/// A right submission.
pub fn right() -> String {
    wrap("conn.execute_batch(\"CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)\")")
}

/// A submission that forgets NOT NULL.
pub fn wrong() -> String {
    wrap("conn.execute_batch(\"CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)\")")
}

/// A submission with this body.
pub fn wrap(body: &str) -> String {
    format!(
        "use rusqlite::{{Connection, Result}};\n\npub fn create_table(conn: &Connection) -> Result<()> {{\n    {body}\n}}\n"
    )
}

/// A report of the checker's.
#[derive(Debug)]
pub struct Report {
    pub json: Value,
    pub code: Option<i32>,
}

impl Report {
    /// The report of one exercise.
    pub fn exercise(&self, name: &str) -> &Value {
        self.json["exercises"]
            .as_array()
            .unwrap()
            .iter()
            .find(|exercise| exercise["name"] == name)
            .unwrap_or_else(|| panic!("no exercise {name} in {:#}", self.json))
    }

    /// The status of one exercise.
    pub fn status(&self, name: &str) -> &str {
        self.exercise(name)["status"].as_str().unwrap()
    }

    /// The status of one check.
    pub fn check<'r>(&'r self, name: &str, check: &str) -> &'r Value {
        self.exercise(name)["checks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|found| found["name"] == check)
            .unwrap_or_else(|| panic!("no check {check} in {name}"))
    }
}
