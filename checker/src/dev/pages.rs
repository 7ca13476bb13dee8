//! What an exercise has in the book: its page, its quiz, its facts.
//!
//! `cargo run -p book -- check` looks into them; here it counts that they are
//! there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::course::Exercise;

/// The skeleton of a page, of a quiz.
const PAGE: &str = include_str!("skeleton/page.md");
const QUIZ: &str = include_str!("skeleton/quiz.toml");

/// What is missing, a sentence each; nothing where there is no book.
pub(super) fn missing(root: &Path, exercise: &Exercise) -> Result<Vec<String>> {
    let summary = root.join("book/src/SUMMARY.md");
    if !summary.is_file() {
        return Ok(Vec::new());
    }
    let summary = read(&summary)?;
    let mut faults = Vec::new();
    let page = format!("book/src/{}.md", exercise.id);
    if !root.join(&page).is_file() {
        faults.push(format!("it has no page; write {page}"));
    } else if !summary.contains(&format!("({}.md)", exercise.id)) {
        faults.push("book/src/SUMMARY.md does not name its page".to_owned());
    }
    let quiz = format!("book/quizzes/{}.toml", exercise.id);
    if !root.join(&quiz).is_file() {
        faults.push(format!("it has no quiz; write {quiz}"));
    }
    let seeds = root.join("book/seeds.toml");
    if seeds.is_file() {
        let known: toml::Table =
            toml::from_str(&read(&seeds)?).context("book/seeds.toml cannot be understood")?;
        for seed in &exercise.manifest.seeds {
            if !known.contains_key(seed) {
                faults.push(format!("`{seed}` is no id of book/seeds.toml"));
            }
        }
    }
    Ok(faults)
}

/// The page and the quiz of a new exercise, by their paths from the root;
/// none where there is no book.
pub(super) fn skeletons(root: &Path, id: &str, number: &str, title: &str) -> Vec<(String, String)> {
    if !root.join("book/src/SUMMARY.md").is_file() {
        return Vec::new();
    }
    let filled = |template: &str| {
        template
            .replace("NUMBER", number)
            .replace("TITLE", title)
            .replace("HOME", id)
    };
    vec![
        (format!("book/src/{id}.md"), filled(PAGE)),
        (format!("book/quizzes/{id}.toml"), filled(QUIZ)),
    ]
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}
