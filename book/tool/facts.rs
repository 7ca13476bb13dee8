//! What quizzes claim about SQL and Rust, settled while the book is built.

use std::fs;
use std::path::Path;

use quiz::{Fact, Fault, Question};

use crate::files::files;
use crate::finding::Finding;
use crate::places::Places;
use crate::quizzes;

/// Claims of a quiz that are not so, and questions that claim nothing.
pub(crate) fn faults(places: &Places, id: &str) -> Vec<Finding> {
    // What is wrong with the quiz itself is said where a page asks it.
    let Ok(quiz) = quizzes::load(places, id) else {
        return Vec::new();
    };
    let path = places.quizzes().join(format!("{id}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_default();
    quiz.questions
        .iter()
        .flat_map(|question| {
            let mut faults = quiz::run_facts(question);
            faults.extend(unproven(places, question));
            faults
        })
        .map(|fault| Finding::new(places.shown(&path), fault.line(&text), fault.message))
        .collect()
}

fn unproven(places: &Places, question: &Question) -> Vec<Fault> {
    let at = question.prompt.at();
    if question.facts.is_empty() {
        return vec![Fault {
            at,
            message: "the question proves nothing: add a [[question.fact]] that is run".to_owned(),
        }];
    }
    question
        .facts
        .iter()
        .filter_map(|fact: &Fact| fact.test.as_deref())
        .filter(|test| !has_test(&places.listings(), test))
        .map(|test| Fault {
            at,
            message: format!(
                "package listings has no test {test}; write `module::name_of_the_test`"
            ),
        })
        .collect()
}

/// Whether a file of that module holds a test of that name.
fn has_test(listings: &Path, test: &str) -> bool {
    let Some((module, name)) = test.rsplit_once("::") else {
        return false;
    };
    let start = format!("fn {name}()");
    files(listings, "rs")
        .unwrap_or_default()
        .iter()
        .filter(|path| path.trim_end_matches(".rs").ends_with(module))
        .filter_map(|path| fs::read_to_string(listings.join(path)).ok())
        .any(|text| {
            text.split_once(&start).is_some_and(|(before, _)| {
                let mut lines = before
                    .lines()
                    .rev()
                    .skip_while(|line| line.trim().is_empty());
                lines.next().is_some_and(|line| line.trim() == "#[test]")
            })
        })
}
