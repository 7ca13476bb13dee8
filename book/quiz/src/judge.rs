//! What is not right with a quiz.

use std::collections::BTreeMap;

use crate::model::{Misconception, Question, Quiz, parse_misconceptions};

/// Fewer words of feedback explain nothing.
const WORDS: usize = 12;

/// `book/misconceptions.toml`, by id.
#[derive(Clone, Debug, Default)]
pub struct Misconceptions(BTreeMap<String, Misconception>);

impl Misconceptions {
    /// # Errors
    /// When the text is not a table of misconceptions.
    pub fn parse(text: &str) -> Result<Self, String> {
        parse_misconceptions(text).map(Misconceptions)
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Misconception> {
        self.0.get(id)
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Everything that is not right with the quiz, in words, each with a piece of
/// the text that stands where it is wrong.
#[must_use]
pub fn faults(quiz: &Quiz, misconceptions: &Misconceptions) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    if quiz.questions.is_empty() {
        faults.push((String::new(), "there is no [[question]]".to_owned()));
    }
    for (index, question) in quiz.questions.iter().enumerate() {
        let about = format!("question {}", index + 1);
        for (place, fault) in question_faults(question, misconceptions) {
            faults.push((place, format!("{about}: {fault}")));
        }
    }
    faults
}

fn question_faults(question: &Question, misconceptions: &Misconceptions) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, text: String| faults.push((place.to_owned(), text));
    let prompt = &question.prompt;
    if prompt.trim().is_empty() {
        fault(prompt, "the prompt is empty".to_owned());
    }
    if question.code.is_some() != question.language.is_some() {
        fault(
            prompt,
            "`code` and `language` come together; language is \"sql\" or \"rust\"".to_owned(),
        );
    }
    if !(2..=5).contains(&question.options.len()) {
        fault(
            prompt,
            format!("{} options; 2 to 5 are allowed", question.options.len()),
        );
    }
    if !question.options.iter().any(|option| option.right) {
        fault(prompt, "no option has `right = true`".to_owned());
    }
    if question.options.iter().all(|option| option.right) {
        fault(prompt, "every option is right".to_owned());
    }
    for (index, option) in question.options.iter().enumerate() {
        let text = &option.text;
        let feedback = option.feedback.trim();
        let words = feedback.split_whitespace().count();
        if feedback.is_empty() {
            fault(text, format!("the option {text:?} has no feedback"));
        } else if words < WORDS {
            fault(
                text,
                format!(
                    "the feedback of {text:?} has {words} words; {WORDS} at least say what happens, and why"
                ),
            );
        } else if !points(feedback) {
            fault(
                text,
                format!(
                    "the feedback of {text:?} shows no row, statement or pointer: put one in `backticks`, or a [link](#…)"
                ),
            );
        }
        for other in question.options.iter().take(index) {
            if other.text == *text {
                fault(text, format!("the option {text:?} stands there twice"));
            }
            if !feedback.is_empty() && other.feedback.trim() == feedback {
                fault(
                    text,
                    format!("{:?} and {text:?} have the same feedback", other.text),
                );
            }
        }
        match (&option.misconception, option.right) {
            (None, false) => fault(
                text,
                format!(
                    "the wrong option {text:?} names no misconception; `misconception = \"M…\"` of book/misconceptions.toml"
                ),
            ),
            (Some(_), true) => {
                fault(
                    text,
                    format!("the right option {text:?} names a misconception"),
                );
            }
            (Some(id), false) if misconceptions.get(id).is_none() => fault(
                text,
                format!("book/misconceptions.toml has no {id}; add it, or name another"),
            ),
            _ => {}
        }
    }
    for fact in &question.facts {
        let settled = [
            fact.fails.is_some(),
            fact.rows.is_some(),
            fact.test.is_some(),
        ];
        if settled.iter().filter(|is| **is).count() != 1
            || fact.rows.is_some() != fact.query.is_some()
        {
            fault(
                prompt,
                "a [[question.fact]] has `query` and `rows`, or `fails`, or `test`".to_owned(),
            );
        }
    }
    faults
}

/// Feedback that shows something: a code span or a link.
fn points(feedback: &str) -> bool {
    feedback.matches('`').count() >= 2 || feedback.contains("](")
}
