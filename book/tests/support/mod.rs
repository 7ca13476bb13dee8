//! A small project with one exercise and its page, whole and sound, to be
//! broken in one place.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use book::{Places, Rigor};

pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    pub fn new() -> Self {
        let project = Project {
            folder: tempfile::tempdir().unwrap(),
        };
        for (path, text) in FILES {
            project.put(path, text);
        }
        project
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn places(&self) -> Places {
        Places::new(self.root())
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    pub fn put(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn edit(&self, file: &str, find: &str, replace: &str) {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert_eq!(text.matches(find).count(), 1, "{find:?} in {file}");
        self.put(file, &text.replace(find, replace));
    }

    pub fn append(&self, file: &str, text: &str) {
        let before = fs::read_to_string(self.path(file)).unwrap();
        self.put(file, &format!("{before}{text}"));
    }

    /// What the tool finds, when the book is built in its own process.
    pub fn found_in_process(&self) -> Result<(), String> {
        let into = tempfile::tempdir().unwrap();
        book::build(&self.places(), Some(into.path()), Rigor::Strict)
            .map(drop)
            .map_err(|error| format!("{error:#}"))
    }

    /// What an installed mdBook is told: it writes the book to our standard
    /// input, and ends when we do not end well.
    pub fn found_by_command(&self) -> Result<String, String> {
        let mut pages = Vec::new();
        for path in self.summary() {
            let content = fs::read_to_string(self.path(&format!("book/src/{path}"))).unwrap();
            pages.push(serde_json::json!({"Chapter": {
                "name": path, "content": content, "number": null, "sub_items": [],
                "path": path, "source_path": path, "parent_names": []
            }}));
        }
        let input = serde_json::json!([
            {"root": self.path("book"), "config": {}, "renderer": "html", "mdbook_version": "0.5.4"},
            {"items": pages}
        ]);
        let output = Command::cargo_bin("book")
            .unwrap()
            .arg("preprocess")
            .write_stdin(input.to_string())
            .output()
            .unwrap();
        if output.status.success() {
            Ok(String::from_utf8(output.stdout).unwrap())
        } else {
            assert_eq!(output.stdout, b"", "a broken book was written");
            Err(String::from_utf8(output.stderr).unwrap())
        }
    }

    fn summary(&self) -> Vec<String> {
        let summary = fs::read_to_string(self.path("book/src/SUMMARY.md")).unwrap();
        summary
            .split("](")
            .skip(1)
            .map(|rest| rest.split(')').next().unwrap().to_owned())
            .collect()
    }
}

/// The page of the one exercise.
pub const PAGE: &str = "book/src/01_models/01_rooms.md";
pub const QUIZ: &str = "book/quizzes/01_models/01_rooms.toml";

const FILES: &[(&str, &str)] = &[
    (
        "book/book.toml",
        r#"[book]
title = "Rooms"

[preprocessor.workbook]
command = "false"
before = ["links"]
"#,
    ),
    (
        "book/src/SUMMARY.md",
        "# Summary\n\n[Welcome](welcome.md)\n\n- [Rooms](01_models/01_rooms.md)\n- [Glossary](appendix/glossary.md)\n",
    ),
    (
        "book/src/welcome.md",
        "# Welcome\n\nNext: [rooms](01_models/01_rooms.md).\n",
    ),
    (
        "book/src/appendix/glossary.md",
        "# Glossary\n\nprimary key\n: What names a row.\n",
    ),
    (
        "book/seeds.toml",
        "\"S0.01\" = \"A model is a table.\"\n\"S0.02\" = \"Later.\"\n",
    ),
    (
        "book/coverage.toml",
        "\"S0.01\" = [\"exercise 01_models/01_rooms\"]\n\"S0.02\" = { planned = \"06\" }\n",
    ),
    (
        "book/misconceptions.toml",
        "[M1]\nbelief = \"INT is INTEGER.\"\nhappens = \"Only INTEGER PRIMARY KEY is the rowid.\"\n\n[M2]\nbelief = \"A missing value is 0.\"\nhappens = \"It is NULL.\"\n",
    ),
    (
        "book/schemas/rooms.sql",
        "CREATE TABLE rooms (number INTEGER PRIMARY KEY, floor INTEGER);\n",
    ),
    (
        "book/listings/src/rooms.rs",
        "// ANCHOR: create\nfn create() {\n    let floor = 1;\n}\n// ANCHOR_END: create\n",
    ),
    ("book/listings/out/rooms/all.txt", "101\n"),
    (
        "book/listings/out/checker/01_models/01_rooms/first.txt",
        "✗ not right yet\n",
    ),
    (
        "book/attempts/01_models/01_rooms/first.rs",
        "//! 1.1\n\npub fn create() {}\n",
    ),
    (
        "solutions/01_models/01_rooms/exercise.toml",
        r#"title = "Rooms"
minutes = 12
seeds = ["S0.01"]
files = ["src/lib.rs"]
summary = "Write a table."

[[wrong]]
name = "int"
about = "INT is not INTEGER"
edits = [{ find = "INTEGER", replace = "INT" }]
"#,
    ),
    (
        QUIZ,
        r##"[[question]]
prompt = "Which number gets the row?"
code = "CREATE TABLE rooms (number INT PRIMARY KEY)"
language = "sql"

  [[question.option]]
  text = "None"
  right = true
  feedback = "The column is an ordinary one, so its value is `NULL` when none is given to it."

  [[question.option]]
  text = "1"
  misconception = "M1"
  feedback = "You may have taken `INT` for the rowid; only `INTEGER PRIMARY KEY` gets a number from SQLite."

  [[question.option]]
  text = "0"
  misconception = "M2"
  feedback = "SQLite never writes `0` by itself: without a value and without `DEFAULT` a column is NULL."

  [[question.fact]]
  with_code = true
  sql = "INSERT INTO rooms DEFAULT VALUES"
  query = "SELECT number FROM rooms"
  rows = [["NULL"]]
"##,
    ),
    (PAGE, include_str!("page.md")),
];
