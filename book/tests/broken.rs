//! The build fails when something is wrong, in both ways of building: in the
//! tool's own process, and as the preprocessor of an installed mdBook.

mod support;

use support::{PAGE, Project, QUIZ};

/// Both ways of building refuse it, and say where and what.
#[track_caller]
fn refused(project: &Project, file: &str, words: &[&str]) {
    for (way, said) in [
        ("in process", project.found_in_process()),
        ("by command", project.found_by_command().map(drop)),
    ] {
        let said = said.expect_err(way);
        let line = said
            .lines()
            .find(|line| line.starts_with(file) && words.iter().all(|word| line.contains(word)));
        assert!(
            line.is_some(),
            "{way}: {words:?} is not said of {file} in\n{said}"
        );
        assert!(
            said.contains("1 thing is wrong with the book"),
            "{way}: {said}"
        );
    }
}

#[test]
fn a_sound_book_is_built_in_both_ways() {
    let project = Project::new();
    project.found_in_process().unwrap();
    let written = project.found_by_command().unwrap();
    assert!(written.contains("What happens?"), "{written}");
    assert!(!written.contains("{{#"), "{written}");
}

#[test]
fn a_link_to_a_readme_leads_to_the_index_that_it_becomes() {
    let project = Project::new();
    project.put("book/src/02_rows/README.md", "# Rows\n\n## More\n");
    project.append("book/src/SUMMARY.md", "- [Part](02_rows/README.md)\n");
    project.append(
        PAGE,
        "\nNext: [part 2](../02_rows/README.md) and [more](../02_rows/README.md#more).\n",
    );
    project.found_in_process().unwrap();
    project.append(PAGE, "\nNot [less](../02_rows/README.md#less).\n");
    refused(
        &project,
        PAGE,
        &["no heading of book/src/02_rows/README.md"],
    );
}

#[test]
fn an_unknown_directive() {
    let project = Project::new();
    project.append(PAGE, "\n{{#quizz 01_models/01_rooms}}\n");
    refused(
        &project,
        PAGE,
        &["no directive #quizz", "allowed: exercise, quiz"],
    );
}

#[test]
fn a_directive_in_the_middle_of_a_line() {
    let project = Project::new();
    project.append(PAGE, "\nSee {{#table rooms}} there.\n");
    refused(&project, PAGE, &["stands alone on its line"]);
}

#[test]
fn a_directive_in_a_fence() {
    let project = Project::new();
    project.append(PAGE, "\n```text\n{{#include x}}\n```\n");
    refused(&project, PAGE, &["does nothing inside a fence"]);
}

#[test]
fn an_include_of_mdbook() {
    let project = Project::new();
    project.append(PAGE, "\n{{#include nothing.rs}}\n");
    refused(&project, PAGE, &["not #include: write {{#listing"]);
}

#[test]
fn a_listing_that_is_missing() {
    let project = Project::new();
    project.append(PAGE, "\n{{#listing halls.rs:create}}\n");
    refused(&project, PAGE, &["book/listings/src/halls.rs"]);
}

#[test]
fn an_anchor_that_is_missing() {
    let project = Project::new();
    project.edit("book/listings/src/rooms.rs", "ANCHOR_END: create", "");
    refused(&project, PAGE, &["no complete anchor create"]);
}

#[test]
fn an_anchor_around_nothing() {
    let project = Project::new();
    project.put(
        "book/listings/src/rooms.rs",
        "// ANCHOR: create\n\n// ANCHOR_END: create\n",
    );
    refused(&project, PAGE, &["rooms.rs:create is empty"]);
}

#[test]
fn an_empty_code_block() {
    let project = Project::new();
    project.append(PAGE, "\n```text\n\n```\n");
    refused(&project, PAGE, &["the code block is empty"]);
}

#[test]
fn a_fence_without_a_language() {
    let project = Project::new();
    project.append(PAGE, "\n```\ntext\n```\n");
    refused(&project, PAGE, &["no language; allowed: sql"]);
}

#[test]
fn rust_that_nobody_compiles() {
    let project = Project::new();
    project.append(PAGE, "\n```rust\nfn f() {}\n```\n");
    refused(&project, PAGE, &["Rust that is shown is compiled"]);
}

#[test]
fn sql_that_is_refused_unasked() {
    let project = Project::new();
    project.append(PAGE, "\n```sql\nSELECT * FROM halls;\n```\n");
    refused(
        &project,
        PAGE,
        &["SQLite refuses this fence: no such table: halls"],
    );
}

#[test]
fn sql_that_does_not_fail_as_it_says() {
    let project = Project::new();
    project.append(PAGE, "\n```sql,run,fails\nSELECT 1;\n```\n");
    refused(&project, PAGE, &["marked `fails`", "refuses none"]);
}

#[test]
fn a_dead_link() {
    let project = Project::new();
    project.append(PAGE, "\nSee [there](../02_rows/01_rows.md).\n");
    refused(&project, PAGE, &["../02_rows/01_rows.md leads to no page"]);
}

#[test]
fn a_link_to_no_heading() {
    let project = Project::new();
    project.append(PAGE, "\nSee [there](#the-check-yourself).\n");
    refused(&project, PAGE, &["#the-check-yourself leads to no heading"]);
}

#[test]
fn a_dead_image() {
    let project = Project::new();
    project.append(PAGE, "\n![A room](room.svg)\n");
    refused(&project, PAGE, &["room.svg leads to no page and no file"]);
}

#[test]
fn a_term_that_the_glossary_lacks() {
    let project = Project::new();
    project.append(PAGE, "\nA [[foreign key]] leads elsewhere.\n");
    refused(&project, PAGE, &["no term \"foreign key\""]);
}

#[test]
fn a_seed_without_coverage() {
    let project = Project::new();
    project.append("book/seeds.toml", "\"S0.03\" = \"Nobody teaches it.\"\n");
    refused(&project, "book/coverage.toml", &["S0.03 is nowhere"]);
}

#[test]
fn a_coverage_that_nobody_claims() {
    let project = Project::new();
    project.edit(
        "book/coverage.toml",
        "[\"exercise 01_models/01_rooms\"]",
        "[\"exercise 01_models/01_rooms\", \"page 01_models/01_rooms\"]",
    );
    refused(
        &project,
        "book/coverage.toml",
        &["S0.01", "does not list it"],
    );
}

#[test]
fn a_seed_planned_for_a_part_that_exists() {
    let project = Project::new();
    project.edit("book/coverage.toml", "\"06\"", "\"01\"");
    refused(
        &project,
        "book/coverage.toml",
        &["S0.02", "planned for 01, which exists"],
    );
}

#[test]
fn a_seed_planned_for_an_exercise_that_exists() {
    let project = Project::new();
    project.edit("book/coverage.toml", "\"06\"", "\"1.1\"");
    refused(
        &project,
        "book/coverage.toml",
        &["S0.02", "planned for 1.1, which exists"],
    );
    let project = Project::new();
    project.edit("book/coverage.toml", "\"06\"", "\"1.x\"");
    refused(&project, "book/coverage.toml", &["S0.02", "no number"]);
}

#[test]
fn a_seed_may_be_planned_for_a_gap_in_a_part() {
    let project = Project::new();
    project.edit("book/coverage.toml", "\"06\"", "\"1.7\"");
    assert_eq!(project.found_in_process(), Ok(()));
}

#[test]
fn an_exercise_without_a_page() {
    let project = Project::new();
    let about = std::fs::read_to_string(project.path("solutions/01_models/01_rooms/exercise.toml"));
    project.put(
        "solutions/01_models/02_halls/exercise.toml",
        &about.unwrap().replace("[\"S0.01\"]", "[]"),
    );
    refused(&project, "solutions/01_models/02_halls", &["has no page"]);
}

#[test]
fn a_page_without_its_exercise() {
    let project = Project::new();
    project.put("book/src/01_models/02_halls.md", "# Halls\n");
    project.append("book/src/SUMMARY.md", "- [Halls](01_models/02_halls.md)\n");
    project.append(PAGE, "\nNext: [halls](02_halls.md).\n");
    refused(
        &project,
        "book/src/01_models/02_halls.md",
        &["no exercise of its name"],
    );
}

#[test]
fn a_page_outside_of_the_summary() {
    let project = Project::new();
    project.put("book/src/lost.md", "# Lost\n");
    refused(&project, "book/src/lost.md", &["not in SUMMARY.md"]);
}

#[test]
fn a_page_too_long() {
    let project = Project::new();
    project.append(PAGE, &"\nOne word follows another.\n".repeat(200));
    refused(
        &project,
        PAGE,
        &["words outside of folded parts; 350 to 950"],
    );
}

#[test]
fn a_card_with_another_name_than_the_page() {
    let project = Project::new();
    project.edit(PAGE, "# 1.1 Rooms", "# 1.1 The rooms");
    refused(&project, PAGE, &["the heading is not \"# 1.1 Rooms\""]);
}

#[test]
fn front_matter_that_cannot_be_understood() {
    let project = Project::new();
    project.edit(PAGE, "objectives =", "author = \"me\"\nobjectives =");
    for said in [
        project.found_in_process().unwrap_err(),
        project.found_by_command().unwrap_err(),
    ] {
        assert!(
            said.contains("01_rooms.md:2: the front matter cannot be understood"),
            "{said}"
        );
    }
}

#[test]
fn what_was_never_recorded() {
    let project = Project::new();
    project.append(PAGE, "\n{{#output rooms/none}}\n");
    refused(
        &project,
        PAGE,
        &["rooms/none.txt", "cargo run -p book -- capture"],
    );
}

#[test]
fn an_option_without_feedback() {
    let project = Project::new();
    project.edit(
        QUIZ,
        "feedback = \"The column is an ordinary one, so its value is `NULL` when none is given to it.\"",
        "feedback = \"\"",
    );
    refused(&project, QUIZ, &["has no feedback"]);
}

#[test]
fn two_options_with_the_same_feedback() {
    let project = Project::new();
    let text = std::fs::read_to_string(project.path(QUIZ)).unwrap();
    let feedback: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("feedback"))
        .collect();
    project.put(QUIZ, &text.replace(feedback[0], feedback[1]));
    refused(&project, QUIZ, &["the same feedback"]);
}

#[test]
fn feedback_of_few_words() {
    let project = Project::new();
    project.edit(
        QUIZ,
        "The column is an ordinary one, so its value is `NULL` when none is given to it.",
        "It is `NULL`.",
    );
    refused(&project, QUIZ, &["3 words; 12 at least"]);
}

#[test]
fn feedback_that_points_at_nothing() {
    let project = Project::new();
    project.edit(
        QUIZ,
        "so its value is `NULL` when",
        "so its value is missing when",
    );
    refused(&project, QUIZ, &["no row, statement or pointer"]);
}

#[test]
fn a_quiz_that_no_page_asks() {
    let project = Project::new();
    let text = std::fs::read_to_string(project.path(QUIZ)).unwrap();
    project.put("book/quizzes/01_models/02_halls.toml", &text);
    refused(
        &project,
        "book/quizzes/01_models/02_halls.toml",
        &["no page asks this quiz"],
    );
}

#[test]
fn an_unknown_misconception() {
    let project = Project::new();
    project.edit(QUIZ, "misconception = \"M1\"", "misconception = \"M99\"");
    refused(&project, QUIZ, &["no M99"]);
}

#[test]
fn a_claim_that_is_not_so() {
    let project = Project::new();
    project.edit(QUIZ, "[[\"NULL\"]]", "[[\"1\"]]");
    refused(&project, QUIZ, &["gives", "NULL", "not"]);
}

#[test]
fn a_question_that_proves_nothing() {
    let project = Project::new();
    let text = std::fs::read_to_string(project.path(QUIZ)).unwrap();
    let (before, _) = text.split_once("  [[question.fact]]").unwrap();
    project.put(QUIZ, before);
    refused(&project, QUIZ, &["proves nothing"]);
}

#[test]
fn a_claim_whose_test_is_missing() {
    let project = Project::new();
    let text = std::fs::read_to_string(project.path(QUIZ)).unwrap();
    let (before, _) = text.split_once("  with_code").unwrap();
    project.put(
        QUIZ,
        &format!("{before}  test = \"rooms::they_have_floors\"\n"),
    );
    refused(&project, QUIZ, &["no test rooms::they_have_floors"]);
    project.append(
        "book/listings/src/rooms.rs",
        "#[test]\nfn they_have_floors() {}\n",
    );
    project.found_in_process().unwrap();
}

#[test]
fn a_page_that_does_not_lead_on() {
    let project = Project::new();
    project.edit("book/src/welcome.md", "Next: ", "Also: ");
    refused(
        &project,
        "book/src/welcome.md",
        &["\"Next: \"", "01_models/01_rooms.md, which follows"],
    );
    let project = Project::new();
    project.edit(
        "book/src/welcome.md",
        "01_models/01_rooms.md",
        "appendix/glossary.md",
    );
    refused(
        &project,
        "book/src/welcome.md:3",
        &["01_models/01_rooms.md"],
    );
}
