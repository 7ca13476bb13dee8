//! What an author is told.

mod support;

use std::fs;
use std::path::Path;

use predicates::str::contains;
use support::Workbook;

#[test]
fn a_new_exercise_begins_with_a_skeleton_that_passes() {
    let workbook = Workbook::new("skeleton").exercise("one").sync();
    workbook
        .checker()
        .args(["dev", "new", "02_more/03_lamps_and_things"])
        .assert()
        .success();
    workbook.checker().args(["dev", "sync"]).assert().success();
    workbook
        .checker()
        .args(["dev", "check", "lamps_and_things"])
        .assert()
        .stdout(contains("✓ 2.3  lamps_and_things"))
        .success();
    // And what was generated for the learner is not done yet.
    let starter = fs::read_to_string(
        workbook
            .folder()
            .join("exercises/02_more/03_lamps_and_things/src/lib.rs"),
    )
    .unwrap();
    assert!(
        starter.contains("todo!(\"create the table things on {conn:?}\")"),
        "{starter}"
    );
    assert!(!starter.contains("CREATE TABLE"), "{starter}");
}

#[test]
fn an_exercise_is_not_begun_twice() {
    let workbook = Workbook::new("skeleton_twice").exercise("one").sync();
    for (id, why) in [
        (
            "01_cases/07_one",
            "01_cases/01_one already has this name or number",
        ),
        (
            "01_cases/01_two",
            "01_cases/01_one already has this name or number",
        ),
        ("cases/two", "`cases/two` is no folder of an exercise"),
        ("../../../01_x/01_y", "is no folder of an exercise"),
    ] {
        workbook
            .checker()
            .args(["dev", "new", id])
            .assert()
            .failure()
            .stderr(contains(why));
    }
}

/// The skeleton, with one thing changed in its `exercise.toml` or its files.
fn flawed(name: &str, file: &str, find: &str, replace: &str) -> assert_cmd::assert::Assert {
    let workbook = Workbook::new(name).exercise("one").sync();
    workbook
        .checker()
        .args(["dev", "new", "02_more/01_things_here"])
        .assert()
        .success();
    let path = workbook
        .folder()
        .join("solutions/02_more/01_things_here")
        .join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(find).count(), 1, "{find}");
    fs::write(&path, text.replacen(find, replace, 1)).unwrap();
    workbook
        .checker()
        .args(["dev", "check", "things_here"])
        .assert()
}

#[test]
fn a_check_that_does_not_look_lets_a_mutant_live() {
    flawed(
        "mutant",
        "tests/checks.rs",
        "db.refuses(\n            Violation::NotNull,\n            \"INSERT INTO things (name) VALUES (NULL)\",\n        )",
        "db.accepts(\"INSERT INTO things (name) VALUES ('x')\")",
    )
    .failure()
    .stdout(contains("a mutant survives: without `NOT NULL`"))
    .stdout(contains(
        "the wrong submission `nullable` should fail `a_name_is_required`, but does not",
    ));
}

#[test]
fn a_wrong_submission_that_fails_more_than_it_names_is_said() {
    flawed(
        "more",
        "exercise.toml",
        "find = \" UNIQUE\"",
        "find = \"NOT NULL UNIQUE\"",
    )
    .failure()
    .stdout(contains(
        "the wrong submission `not_unique` also fails `a_name_is_required`",
    ));
}

#[test]
fn a_right_submission_that_is_refused_is_said() {
    flawed(
        "right",
        "exercise.toml",
        "uq_name unique",
        "uq_name check (name <> 'lamp')",
    )
    .failure()
    .stdout(contains(
        "the right submission `lower_case` does not pass: `an_id_is_assigned`",
    ));
}

#[test]
fn an_edit_that_is_not_found_once_is_said() {
    flawed(
        "edit",
        "exercise.toml",
        "find = \" UNIQUE\"",
        "find = \" UNIQEU\"",
    )
    .failure()
    .stdout(contains(
        "wrong submission `not_unique`: ` UNIQEU` is found 0 times in src/lib.rs",
    ));
}

#[test]
fn a_starter_that_gives_it_away_is_said() {
    flawed(
        "given",
        "src/lib.rs",
        "    //| todo!(\"create the table things on {conn:?}\")\n",
        "    //| conn.execute_batch(\"CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)\")\n",
    )
    .failure()
    .stdout(contains("`an_id_is_assigned` passes on the starter"));
}

#[test]
fn what_is_said_without_compiling() {
    for (name, find, replace, said) in [
        (
            "minutes",
            "minutes = 15",
            "minutes = 45",
            "45 minutes; an exercise takes 10 to 20",
        ),
        (
            "question",
            "kept instead?",
            "kept.",
            "`reflection` is not a question",
        ),
        (
            "hint",
            "for = [\"a_name_is_required\"]",
            "for = [\"other\"]",
            "`a_name_is_required` has no hint",
        ),
        (
            "prerequisite",
            "prerequisites = []",
            "prerequisites = [\"later\"]",
            "prerequisite `later` is no earlier exercise",
        ),
        (
            "unknown_check",
            "a_name_is_required = [",
            "a_name_is_missing = [",
            "there is no check `a_name_is_missing`",
        ),
        (
            "unknown_field",
            "minutes = 15",
            "minuets = 15",
            "unknown field `minuets`",
        ),
        (
            "giveaway",
            "CREATE TABLE rooms (number INTEGER PRIMARY KEY, door TEXT UNIQUE)",
            "name TEXT NOT NULL UNIQUE",
            "gives a line of the solution away: name TEXT NOT NULL UNIQUE",
        ),
    ] {
        let assert = flawed(&format!("static_{name}"), "exercise.toml", find, replace).failure();
        let output = assert.get_output();
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(text.contains(said), "{name}: {text}");
    }
}

#[test]
fn with_a_book_an_exercise_begins_with_its_page_and_quiz() {
    let workbook = Workbook::new("skeleton_book").exercise("one").sync();
    let book = workbook.folder().join("book");
    let id = "02_more/01_lamps";
    fs::create_dir_all(book.join("src")).unwrap();
    fs::write(book.join("src/SUMMARY.md"), "# Summary\n").unwrap();
    fs::write(book.join("seeds.toml"), "\"S0.02\" = \"Another.\"\n").unwrap();
    workbook
        .checker()
        .args(["dev", "new", id])
        .assert()
        .success()
        .stdout(contains("cargo run -p book -- check"));
    workbook.checker().args(["dev", "sync"]).assert().success();
    let page = fs::read_to_string(book.join(format!("src/{id}.md"))).unwrap();
    assert!(page.contains("# 2.1 Lamps\n"), "{page}");
    assert!(page.contains("{{#quiz 02_more/01_lamps}}"), "{page}");
    workbook
        .checker()
        .args(["dev", "check", "lamps"])
        .assert()
        .failure()
        .stdout(contains("book/src/SUMMARY.md does not name its page"))
        .stdout(contains("`S0.01` is no id of book/seeds.toml"));

    fs::write(book.join("src/SUMMARY.md"), format!("[Lamps]({id}.md)\n")).unwrap();
    fs::write(book.join("seeds.toml"), "\"S0.01\" = \"A fact.\"\n").unwrap();
    fs::remove_file(book.join(format!("quizzes/{id}.toml"))).unwrap();
    workbook
        .checker()
        .args(["dev", "check", "lamps"])
        .assert()
        .failure()
        .stdout(contains(
            "it has no quiz; write book/quizzes/02_more/01_lamps.toml",
        ));
}

/// `solutions/README.md`: the calls that it names exist, so do its files, and
/// what it says that `dev check` says, `dev check` can say.
#[test]
fn the_guide_for_authors_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let guide = fs::read_to_string(root.join("solutions/README.md")).unwrap();
    let witness = sources(&root.join("checker/witness/src"));
    let dev = sources(&root.join("checker/src/dev"));
    let mut calls = 0;
    for (before, after) in guide.match_indices('(').map(|(at, _)| guide.split_at(at)) {
        let name: String = before
            .chars()
            .rev()
            .take_while(|letter| letter.is_ascii_lowercase() || *letter == '_')
            .collect();
        let name: String = name.chars().rev().collect();
        let is_call = after.starts_with("(…)") || after.starts_with("()");
        if is_call && name.len() > 1 {
            calls += 1;
            assert!(witness.contains(&format!("pub fn {name}")), "{name}");
        }
    }
    assert!(calls > 20, "{calls} calls");
    let (_, rest) = guide.split_once("## What `dev check` says").unwrap();
    let (table, _) = rest.split_once("\n## ").unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split(" | ").next())
        .collect();
    assert!(rows.len() > 8, "{rows:?}");
    for said in rows {
        for piece in said.split(['`', '…', ',']).map(str::trim) {
            assert!(dev.contains(piece), "`dev check` never says {piece:?}");
        }
    }
    for (_, rest) in guide
        .match_indices("](")
        .map(|(at, _)| guide.split_at(at + 2))
    {
        let link = rest.split(')').next().unwrap();
        if !link.starts_with('#') {
            assert!(root.join("solutions").join(link).exists(), "{link}");
        }
    }
}

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => text.push_str(&sources(&entry.path())),
            false => text.push_str(&fs::read_to_string(entry.path()).unwrap()),
        }
    }
    text
}
