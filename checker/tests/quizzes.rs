//! The quizzes, asked in the terminal.

mod support;

use std::fs;

use insta::assert_snapshot;
use predicates::prelude::*;
use predicates::str::contains;
use support::Workbook;
use support::said::{assert_valid, json, output, said};

const NOTES: &str = r###"[[question]]
prompt = "Which `id` has the row? See [the worked example](#worked-example) for a table that is nearly the same, but for one word."
code = """
CREATE TABLE notes (id INT PRIMARY KEY, body TEXT);

INSERT INTO notes (body) VALUES ('hello');
"""
language = "sql"
  [[question.option]]
  text = "`1`"
  misconception = "M3"
  feedback = "You may have thought that every primary key fills itself. Only `INTEGER PRIMARY KEY` does; see [the worked example](#worked-example)."
  [[question.option]]
  text = "`NULL`"
  right = true
  feedback = "`INT PRIMARY KEY` is not the rowid, so nothing fills it: the row is `NULL, 'hello'`."
  [[question.option]]
  text = "`0`"
  misconception = "M3"
  feedback = "A number has no value that stands for none: the column has no default, so the row is `NULL, 'hello'`."

[[question]]
prompt = "Which statements fail?"
  [[question.option]]
  text = "one without a body"
  right = true
  feedback = "A body that is left out is `NULL`, and the column is `NOT NULL`, so the row is refused."
  [[question.option]]
  text = "one with an empty body"
  misconception = "M12"
  feedback = "An empty text is a text like any other and no `NULL`, so the row `1, ''` is stored."
  [[question.option]]
  text = "one whose body is `NULL`"
  right = true
  feedback = "That is what `NOT NULL` is for: the row with `NULL` is refused as the other one is."
"###;

const BELIEFS: &str = r#"
[M3]
belief = "Any primary key numbers its rows."
happens = "Only `INTEGER PRIMARY KEY` does."
"#;

/// Two exercises, a quiz about the first, and one that closes the part.
fn workbook(name: &str) -> Workbook {
    let workbook = Workbook::new(name).exercise("one").exercise("two").sync();
    let write = |path: &str, text: &str| {
        let path = workbook.folder().join("book").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("quizzes/01_cases/01_one.toml", NOTES);
    let (first, _) = NOTES.split_once("\n[[question]]").unwrap();
    let inventory = format!("title = \"What part 1 was about\"\n{first}");
    write("quizzes/01_cases/inventory.toml", &inventory);
    write("misconceptions.toml", BELIEFS);
    workbook
}

/// What is said when these lines are typed.
fn typed(workbook: &Workbook, arguments: &[&str], lines: &str) -> String {
    let mut command = workbook.checker();
    command.args(arguments).write_stdin(lines);
    output(workbook, command, arguments)
}

#[test]
fn right_answers_are_explained() {
    let workbook = workbook("quiz_right");
    assert_snapshot!(typed(&workbook, &["quiz", "1.1"], "b\na c\n"));
}

#[test]
fn a_wrong_one_may_be_tried_again_then_the_answer_is_told() {
    let workbook = workbook("quiz_wrong");
    assert_snapshot!(typed(&workbook, &["quiz", "one"], "a\na\nc\nc, a, b\nA)\n"));
    assert_snapshot!(typed(&workbook, &["quiz", "one"], "a\nb\na\nca\n"));
}

#[test]
fn what_is_no_answer_is_asked_for_again_and_q_leaves() {
    let workbook = workbook("quiz_unclear");
    assert_snapshot!(typed(&workbook, &["quiz", "one"], "\n7\nab\nb\nq\n"));
    assert_snapshot!(typed(&workbook, &["quiz", "one"], "q\n"));
}

#[test]
fn the_end_of_the_input_is_an_end() {
    let workbook = workbook("quiz_input_ends");
    assert_snapshot!(typed(&workbook, &["quiz", "one"], ""));
    assert_snapshot!(typed(&workbook, &["quiz", "one"], "a"));
    // Neither lines nor text.
    let mut command = workbook.checker();
    command
        .args(["quiz", "one"])
        .write_stdin(vec![0xff_u8; 100_000])
        .assert()
        .success()
        .stdout(contains("type a letter from a to c, or q to leave"));
}

#[test]
fn a_part_is_all_its_quizzes() {
    let workbook = workbook("quiz_part");
    assert_snapshot!(typed(&workbook, &["quiz", "1"], "b\nac\nc\nb\n"));
    for name in ["01_cases", "cases", "book/src/01_cases"] {
        let said = typed(&workbook, &["quiz", name], "b\nac\nb\n");
        assert!(said.contains("in all: ✓ 3 of 3 right at first"), "{said}");
    }
}

#[test]
fn a_quiz_has_the_names_of_its_page_and_exercise() {
    let workbook = workbook("quiz_names");
    for name in [
        "1.1",
        "one",
        "01_one",
        "01_cases/01_one",
        "exercises/01_cases/01_one/src/lib.rs",
        "book/src/01_cases/01_one.md",
        "book/quizzes/01_cases/01_one.toml",
    ] {
        let said = typed(&workbook, &["quiz", name], "q\n");
        assert!(said.contains("\n1.1 A table for notes (answer"), "{said}");
        assert!(!said.contains("What part 1"), "{said}");
    }
    let said = typed(&workbook, &["quiz", "inventory"], "q\n");
    assert!(said.contains("\nWhat part 1 was about (answer"), "{said}");
}

#[test]
fn without_a_name_it_is_that_of_the_next_exercise() {
    let workbook = workbook("quiz_next");
    let said = typed(&workbook, &["quiz"], "q\n");
    assert!(said.contains("\n1.1 A table for notes (answer"), "{said}");
    workbook.solve("one");
    assert_eq!(workbook.report().status("one"), "passed");
    workbook
        .checker()
        .arg("quiz")
        .assert()
        .code(4)
        .stdout("")
        .stderr("name the quiz to be asked; `checker quiz --list` shows all there are\n");
}

#[test]
fn the_list_names_them_and_a_slip_is_understood() {
    let workbook = workbook("quiz_list");
    assert_snapshot!(said(&workbook, &["quiz", "--list"]));
    for (name, stderr) in [
        ("onn", "there is no quiz `onn`; did you mean `one`?\n"),
        (
            "1.2",
            "there is no quiz `1.2`; `checker quiz --list` shows all quizzes\n",
        ),
        (
            "xyz",
            "there is no quiz `xyz`; `checker quiz --list` shows all quizzes\n",
        ),
    ] {
        let mut command = workbook.checker();
        let asked = command.args(["quiz", name]).assert();
        asked.code(4).stdout("").stderr(stderr);
    }
}

#[test]
fn a_course_without_quizzes_says_so() {
    let workbook = Workbook::new("quiz_none").exercise("one").sync();
    assert_snapshot!(said(&workbook, &["quiz", "--list"]));
    let none = json(&workbook, &["quiz", "--json"]);
    assert_valid("quiz-v1", &none);
    assert_eq!(none["quizzes"].as_array().unwrap().len(), 0);
    let mut command = workbook.checker();
    command.arg("quiz").assert().code(4).stdout("");
}

#[test]
fn programs_read_quizzes_too() {
    let workbook = workbook("quiz_json");
    let all = json(&workbook, &["quiz", "--json"]);
    assert_valid("quiz-v1", &all);
    assert_eq!(all["quizzes"].as_array().unwrap().len(), 2);
    assert_snapshot!(said(&workbook, &["--json", "quiz", "inventory"]));
}

#[test]
fn a_quiz_that_cannot_be_understood_is_named_with_its_line() {
    let workbook = workbook("quiz_broken");
    let path = workbook.folder().join("book/quizzes/01_cases/01_one.toml");
    fs::write(path, NOTES.replacen("right", "correct", 1)).unwrap();
    let mut command = workbook.checker();
    let asked = command.args(["quiz", "one"]).assert().code(70).stdout("");
    asked.stderr(contains(
        "error: book/quizzes/01_cases/01_one.toml:15: unknown field `correct`",
    ));
}

/// A terminal shows what is typed by itself.
#[cfg(target_os = "linux")]
#[test]
fn at_a_terminal_no_answer_is_repeated() {
    let workbook = workbook("quiz_at_a_terminal");
    let line = format!(
        "{} --course solutions --exercises exercises quiz one",
        env!("CARGO_BIN_EXE_checker")
    );
    assert_cmd::Command::new("script")
        .args(["--quiet", "--return", "--echo", "never"])
        .args(["--command", &line, "/dev/null"])
        .current_dir(workbook.folder())
        .env("SHELL", "/bin/sh")
        .env("NO_COLOR", "1")
        .write_stdin("b\nq\n")
        .timeout(std::time::Duration::from_secs(60))
        .assert()
        .success()
        .stdout(contains("your answer: ✓ right").and(contains("1 of 1 right at first")));
}
