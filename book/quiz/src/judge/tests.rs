//! A quiz without faults, and one change that makes each of them.

use super::faults;
use crate::misconception::Misconceptions;
use crate::model::Quiz;

const MISCONCEPTIONS: &str = "
[M3]
belief = 'Any integer primary key numbers its rows.'
happens = 'Only INTEGER PRIMARY KEY does.'
";

const GOOD: &str = r###"[[question]]
prompt = "Which `id` has the row that is inserted?"
code = """
CREATE TABLE rooms (id INT PRIMARY KEY, name TEXT);
INSERT INTO rooms (name) VALUES ('Lab');
"""
language = "sql"
  [[question.option]]
  text = "`NULL`"
  right = true
  feedback = "`INT PRIMARY KEY` is no name for the rowid, so nothing fills it: the row is `NULL, 'Lab'`."
  [[question.option]]
  text = "`1`"
  misconception = "M3"
  feedback = "Only `INTEGER PRIMARY KEY`, written exactly so, is the rowid; see [the worked example](#worked-example)."
  [[question.option]]
  text = "`0`"
  misconception = "M3"
  feedback = "A column without a value takes its default, and `id` has none: the row is `NULL, 'Lab'`."
  [[question.fact]]
  with_code = true
  query = "SELECT id, name FROM rooms"
  rows = [["NULL", "'Lab'"]]
"###;

/// The faults of the good quiz after one change, each with its line.
fn after(find: &str, replace: &str) -> Vec<String> {
    assert!(GOOD.contains(find), "{find:?} is not in the quiz");
    of(&GOOD.replacen(find, replace, 1))
}

fn of(text: &str) -> Vec<String> {
    let misconceptions = Misconceptions::parse(MISCONCEPTIONS).expect("misconceptions");
    let faults = match Quiz::parse(text) {
        Ok(quiz) => faults(&quiz, &misconceptions),
        Err(fault) => vec![fault],
    };
    faults
        .iter()
        .map(|fault| format!("{}: {}", fault.line(text), fault.message))
        .collect()
}

#[test]
fn a_good_quiz_has_none() {
    assert_eq!(of(GOOD), [""; 0]);
}

#[test]
fn a_quiz_has_questions() {
    assert_eq!(of(""), ["1: there is no [[question]]"]);
}

#[test]
fn an_unknown_key_is_refused() {
    let found = after("right = true", "correct = true");
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("10: unknown field `correct`")),
        "{found:?}"
    );
}

#[test]
fn a_language_is_sql_or_rust() {
    let found = after("\"sql\"", "\"SQL\"");
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("7: unknown variant `SQL`")),
        "{found:?}"
    );
}

#[test]
fn a_prompt_says_something() {
    assert_eq!(
        after("Which `id` has the row that is inserted?", ""),
        ["2: the prompt is empty"]
    );
}

#[test]
fn code_has_a_language() {
    let found = after("language = \"sql\"\n", "");
    assert_eq!(
        found,
        [
            "2: `code` and `language` come together",
            "21: `with_code` needs `code` in SQL"
        ]
    );
}

#[test]
fn three_or_four_options() {
    let begin = GOOD.find("  [[question.option]]").expect("an option");
    let end = GOOD.find("  [[question.fact]]").expect("a fact");
    let options = &GOOD[begin..end];
    let two = &options[..options.rfind("  [[question.option]]").expect("an option")];
    assert_eq!(
        of(&GOOD.replace(options, two)),
        ["2: a question has 3 or 4 options, not 2"]
    );
}

#[test]
fn one_option_is_right() {
    let found = after("right = true", "misconception = 'M3'");
    assert_eq!(found, ["2: no option has `right = true`"]);
}

#[test]
fn not_every_option_is_right() {
    let text = GOOD.replace("misconception = \"M3\"", "right = true");
    assert_eq!(of(&text), ["2: every option is right"]);
}

#[test]
fn options_have_feedback() {
    let text = GOOD
        .lines()
        .filter(|line| !line.contains("A column without"))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(of(&text), ["17: the option \"`0`\" has no feedback"]);
}

#[test]
fn feedback_has_twelve_words() {
    let found = after(" and `id` has none: the row is `NULL, 'Lab'`.", "");
    assert_eq!(
        found,
        ["17: the feedback of \"`0`\" has 8 words; 12 at least say what happens, and why"]
    );
}

#[test]
fn feedback_shows_something() {
    let found = after(
        "and `id` has none: the row is `NULL, 'Lab'`.",
        "and the number has none, as the one row shows.",
    );
    assert_eq!(
        found,
        [
            "17: the feedback of \"`0`\" shows no row, statement or pointer: put one in `backticks`, or a [link](#…)"
        ]
    );
}

#[test]
fn two_options_differ_in_feedback() {
    let one = "Only `INTEGER PRIMARY KEY`, written exactly so, is the rowid; see [the worked example](#worked-example).";
    let other =
        "A column without a value takes its default, and `id` has none: the row is `NULL, 'Lab'`.";
    assert_eq!(
        after(other, one),
        ["17: \"`1`\" and \"`0`\" have the same feedback"]
    );
}

#[test]
fn an_option_stands_there_once() {
    assert_eq!(
        after("text = \"`0`\"", "text = \"`1`\""),
        ["17: the option \"`1`\" stands there twice"]
    );
}

#[test]
fn an_option_says_something() {
    assert_eq!(after("`0`", " "), ["17: the option is empty"]);
    assert_eq!(
        after("`0`", "None of these"),
        ["17: \"none of these\" is no belief: say what happens"]
    );
}

#[test]
fn a_wrong_option_names_a_misconception() {
    assert_eq!(
        after("  misconception = \"M3\"\n", ""),
        [
            "13: the wrong option \"`1`\" names no misconception; write `misconception = \"M…\"`, an id of book/misconceptions.toml"
        ]
    );
}

#[test]
fn a_misconception_is_known() {
    assert_eq!(
        after("M3", "M99"),
        ["13: book/misconceptions.toml has no M99; add it, or name another"]
    );
}

#[test]
fn a_right_option_names_none() {
    assert_eq!(
        after("right = true", "right = true\nmisconception = 'M3'"),
        ["9: the right option \"`NULL`\" names a misconception"]
    );
}

#[test]
fn the_right_option_is_not_the_long_one() {
    assert_eq!(
        after("\"`NULL`\"", "\"`NULL`, because nothing fills it\""),
        ["9: the right option gives itself away: 30 letters, and the longest wrong one has 1"]
    );
}

#[test]
fn options_are_of_about_equal_length() {
    let long = "no row, as `id` is a primary key, and that needs a value";
    assert_eq!(
        after("`0`", long),
        ["17: the options are of unequal length: from 1 to 54 letters"]
    );
}

#[test]
fn the_right_option_moves_about() {
    assert_eq!(of(&GOOD.repeat(2)), [""; 0]);
    assert_eq!(
        of(&GOOD.repeat(3)),
        ["2: the right option is number 1 in every question"]
    );
}

#[test]
fn links_stay_on_the_page() {
    assert_eq!(
        after("#worked-example", "../02_rows/01_insert.md"),
        [
            "13: the link to ../02_rows/01_insert.md leaves the page; a heading of the same page begins with #"
        ]
    );
}

#[test]
fn a_text_is_one_paragraph_without_glossary_links() {
    assert_eq!(
        after("the row that", "the [[row]] that"),
        ["2: [[…]] links to the glossary on pages only, not in a quiz"]
    );
    assert_eq!(
        after("the row that", "the Option<row> that"),
        ["2: what stands in <…> would be a tag of HTML: put it in `backticks`"]
    );
    assert_eq!(
        after("the row that", "the row\\n\\nthat"),
        ["2: a text is one paragraph, without an empty line"]
    );
}

#[test]
fn a_fact_claims_one_thing() {
    let nothing = "a fact claims one thing: `query` with its `rows`, or `fails`, or a `test`";
    let query = "  query = \"SELECT id, name FROM rooms\"\n";
    let rows = "  rows = [[\"NULL\", \"'Lab'\"]]\n";
    let both = format!("{query}{rows}");
    assert_eq!(after(&both, ""), [format!("2: {nothing}")]);
    assert_eq!(after(rows, ""), [format!("22: {nothing}")]);
    assert_eq!(after(query, ""), [format!("2: {nothing}")]);
    assert_eq!(
        after(rows, &format!("{rows}fails = 'UNIQUE'\n")),
        [format!("22: {nothing}")]
    );
    assert_eq!(
        after(&both, "test = 'rooms::numbers'\n"),
        ["22: a fact that is a `test` has no `sql` and no `with_code`"]
    );
    assert_eq!(
        after(&format!("  with_code = true\n{both}"), "fails = 'UNIQUE'\n"),
        ["21: a fact that `fails` needs `sql` or `with_code`"]
    );
}
