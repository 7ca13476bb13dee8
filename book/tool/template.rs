//! What the page of an exercise must have, and how long it may be.

use std::collections::BTreeMap;

use crate::course::{Course, Exercise, split};
use crate::finding::Finding;
use crate::page::Page;

/// Words of prose outside of folded parts.
const WORDS: std::ops::RangeInclusive<usize> = 350..=950;
/// Code blocks outside of folded parts.
const BLOCKS: usize = 9;
/// Lines of one of them.
const LINES: usize = 25;
/// Parts that every page has, by their headings.
const HEADINGS: [&str; 5] = [
    "Recall",
    "Looks right, is wrong",
    "Quiz",
    "Exercise",
    "Check yourself",
];

/// Everything that a page lacks or has too much of, and pages and exercises
/// that lack each other.
pub(crate) fn faults(course: &Course, pages: &BTreeMap<String, Page>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for exercise in &course.exercises {
        match pages.get(&exercise.page()) {
            Some(page) => findings.extend(of_page(exercise, page)),
            None => findings.push(Finding::new(
                format!("solutions/{}", exercise.id),
                0,
                format!(
                    "the exercise has no page; write book/src/{} and name it in SUMMARY.md",
                    exercise.page()
                ),
            )),
        }
    }
    for (path, page) in pages {
        let is_known = course
            .exercises
            .iter()
            .any(|exercise| exercise.page() == *path);
        if is_exercise_page(path) && !is_known {
            findings.push(Finding::new(
                format!("book/src/{path}"),
                0,
                "the page has no exercise of its name in solutions/",
            ));
        }
        for number in &page.cards {
            let is_own = course
                .find(number)
                .is_some_and(|exercise| exercise.page() == *path);
            if !is_own {
                findings.push(Finding::new(
                    format!("book/src/{path}"),
                    0,
                    format!("the card of exercise {number} belongs on its own page"),
                ));
            }
        }
    }
    findings
}

/// `01_models/02_name.md`.
fn is_exercise_page(path: &str) -> bool {
    let Some((part, page)) = path.strip_suffix(".md").and_then(|id| id.split_once('/')) else {
        return false;
    };
    split(part).is_some() && split(page).is_some()
}

fn of_page(exercise: &Exercise, page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |message: String| {
        findings.push(Finding::new(
            format!("book/src/{}", exercise.page()),
            0,
            message,
        ));
    };
    let heading = format!("# {}", exercise.heading());
    if !page.markdown.lines().any(|line| line == heading) {
        find(format!("the heading is not \"{heading}\""));
    }
    let objectives = page.front.objectives.len();
    if !(2..=4).contains(&objectives) {
        find(format!(
            "{objectives} objectives in the front matter; 2 to 4 are allowed"
        ));
    }
    if !page.cards.contains(&exercise.number()) {
        find(format!(
            "the card {{{{#exercise {}}}}} is missing",
            exercise.number()
        ));
    }
    if !page.quizzes.contains(&exercise.id) {
        find(format!("the quiz {{{{#quiz {}}}}} is missing", exercise.id));
    }
    for heading in HEADINGS {
        if !page.shape.headings.iter().any(|given| given == heading) {
            find(format!("the part \"## {heading}\" is missing"));
        }
    }
    let shape = &page.shape;
    if !WORDS.contains(&shape.words) {
        find(format!(
            "{} words outside of folded parts; {} to {} are allowed",
            shape.words,
            WORDS.start(),
            WORDS.end()
        ));
    }
    if shape.code_blocks > BLOCKS {
        find(format!(
            "{} code blocks outside of folded parts; {BLOCKS} are allowed",
            shape.code_blocks
        ));
    }
    if shape.longest_block > LINES {
        find(format!(
            "a code block of {} lines; {LINES} are allowed",
            shape.longest_block
        ));
    }
    if shape.states == 0 {
        find("no figure, table or result shows the state of the database".to_owned());
    }
    if shape.broken == 0 {
        find(
            "nothing fails on this page: a ```sql,run,fails fence or {{#failing}} is missing"
                .to_owned(),
        );
    }
    if shape.predictions == 0 {
        find("the reader predicts nothing: a ```sql,run,predict fence or a folded answer under \"## Predict\" is missing".to_owned());
    }
    findings
}
