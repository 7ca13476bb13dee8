use std::fs;

use quiz::Quiz;

use super::{html, load};
use crate::places::Places;

const QUIZ: &str = r###"
[[question]]
prompt = "What does `{{#title}}` hold `<now>`?"
code = """
CREATE TABLE rooms (id INT PRIMARY KEY);


INSERT INTO rooms VALUES ('<a>');
"""
language = "sql"
  [[question.option]]
  text = "`1`"
  misconception = "M3"
  feedback = "Only `INTEGER PRIMARY KEY` is the rowid, and this column is another: [see](#worked-example)."
  [[question.option]]
  text = "`NULL`"
  right = true
  feedback = "Nothing fills the column, as it is not the rowid: the row is `NULL` from then on."
  [[question.option]]
  text = "`0`"
  misconception = "M3"
  feedback = "A column without a default gets `NULL`, and this one has none, so there is no zero."

[[question]]
prompt = "Which rows are stored?"
  [[question.option]]
  text = "`1`"
  right = true
  feedback = "The table takes it, since `1` is no duplicate of what is already there in it."
  [[question.option]]
  text = "`2`"
  right = true
  feedback = "The table takes it, since `2` is no duplicate of what is already there in it."
  [[question.option]]
  text = "`3`"
  misconception = "M3"
  feedback = "The table refuses it, since `3` is a duplicate of what is already there in it."
"###;

const BELIEFS: &str = "[M3]\nbelief = 'It numbers.'\nhappens = 'It does not.'\n";

fn parsed() -> Quiz {
    Quiz::parse(QUIZ).expect("a quiz")
}

#[test]
fn the_form() {
    insta::assert_snapshot!(html(&parsed(), "01_models/01_rooms"));
}

#[test]
fn it_is_one_block_and_no_directive_of_mdbook() {
    let html = html(&parsed(), "01_models/01_rooms");
    assert!(!html.trim().contains("\n\n"), "{html}");
    assert!(!html.contains('{'), "{html}");
}

#[test]
fn ids_are_those_of_the_quiz() {
    let pages = ["01_models/01_rooms", "01_models/02_rooms"];
    let ids = pages.map(|id| {
        let html = html(&parsed(), id);
        let ids = html.split(" id=\"").skip(1);
        let ids = ids.filter_map(|rest| rest.split('"').next());
        ids.map(str::to_owned).collect::<Vec<_>>()
    });
    let mut all = ids.concat();
    assert_eq!(all.len(), 10);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 10);
}

#[test]
fn faults_are_findings_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let places = Places::new(folder.path());
    let found = |id| -> Vec<String> {
        let findings = load(&places, id).expect_err("findings");
        findings.iter().map(ToString::to_string).collect()
    };
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };

    write("book/misconceptions.toml", "[M3]\nbelief = 'It numbers.'");
    assert_eq!(
        found("01_models/01_rooms"),
        ["book/misconceptions.toml:1: missing field `happens`"]
    );
    write("book/misconceptions.toml", BELIEFS);
    let missing = found("01_models/01_rooms");
    assert!(
        matches!(missing.as_slice(), [one] if one.starts_with("book/quizzes/01_models/01_rooms.toml: cannot be read: ")),
        "{missing:?}"
    );
    write(
        "book/quizzes/01_models/01_rooms.toml",
        &QUIZ.replacen("M3", "M4", 1),
    );
    assert_eq!(
        found("01_models/01_rooms"),
        [
            "book/quizzes/01_models/01_rooms.toml:12: book/misconceptions.toml has no M4; add it, or name another"
        ]
    );
    write("book/quizzes/01_models/01_rooms.toml", QUIZ);
    let quiz = load(&places, "01_models/01_rooms").expect("a quiz");
    assert_eq!(quiz.questions.len(), 2);
}
