//! What is not right with a quiz.

use crate::fault::Fault;
use crate::markdown::{has_glossary_link, has_tag, points, targets, width};
use crate::misconception::Misconceptions;
use crate::model::{Language, Question, Quiz, QuizOption};

/// Fewer words of feedback explain nothing.
const WORDS: usize = 12;

/// An option this much longer than another stands out: twice its length and
/// half a line.
const SPREAD: (usize, usize) = (2, 40);

/// A right option this much longer than every wrong one gives itself away: by
/// half, and a word.
const LEAD: (usize, usize) = (3, 8);

/// Nobody believes these, so they say nothing about what a learner thinks.
const EMPTY: [&str; 4] = [
    "all of the above",
    "none of the above",
    "all of these",
    "none of these",
];

/// Everything that is not right with the quiz, without running a fact.
#[must_use]
pub fn faults(quiz: &Quiz, misconceptions: &Misconceptions) -> Vec<Fault> {
    let mut faults = Vec::new();
    if quiz.questions.is_empty() {
        faults.push(Fault::new(0, "there is no [[question]]"));
    }
    for question in &quiz.questions {
        of_question(question, &mut faults);
        of_lengths(question, &mut faults);
        for (index, option) in question.options.iter().enumerate() {
            let before = question.options.get(..index).unwrap_or_default();
            of_option(option, before, misconceptions, &mut faults);
        }
    }
    of_positions(quiz, &mut faults);
    faults.sort_by_key(|fault| fault.at);
    faults
}

fn of_question(question: &Question, faults: &mut Vec<Fault>) {
    let prompt = &question.prompt;
    let mut fault = |text: &str| faults.push(Fault::new(prompt.at(), text));
    if prompt.trim().is_empty() {
        fault("the prompt is empty");
    }
    if let Some(text) = of_markdown(prompt) {
        fault(&text);
    }
    if question.code.is_some() != question.language.is_some() {
        fault("`code` and `language` come together");
    }
    let options = question.options.len();
    if !(3..=4).contains(&options) {
        fault(&format!("a question has 3 or 4 options, not {options}"));
    }
    if !question.options.iter().any(|option| option.right) {
        fault("no option has `right = true`");
    } else if question.options.iter().all(|option| option.right) {
        fault("every option is right");
    }
    for fact in &question.facts {
        let shape = if fact.with_code && question.language != Some(Language::Sql) {
            Some("`with_code` needs `code` in SQL")
        } else {
            fact.shape()
        };
        if let Some(text) = shape {
            faults.push(Fault::new(fact.at(prompt.at()), text));
        }
    }
}

fn of_option(
    option: &QuizOption,
    before: &[QuizOption],
    misconceptions: &Misconceptions,
    faults: &mut Vec<Fault>,
) {
    let (text, feedback) = (&*option.text, option.feedback.trim());
    let mut fault = |about: String| faults.push(Fault::new(option.text.at(), about));
    if text.trim().is_empty() {
        fault("the option is empty".to_owned());
    }
    let lower = text.to_lowercase();
    if let Some(empty) = EMPTY.iter().find(|empty| lower.contains(**empty)) {
        fault(format!("\"{empty}\" is no belief: say what happens"));
    }
    for shown in [text, feedback] {
        if let Some(text) = of_markdown(shown) {
            fault(text);
        }
    }
    let words = feedback.split_whitespace().count();
    if words == 0 {
        fault(format!("the option {text:?} has no feedback"));
    } else if words < WORDS {
        fault(format!(
            "the feedback of {text:?} has {words} words; {WORDS} at least say what happens, and why"
        ));
    } else if !points(feedback) {
        fault(format!(
            "the feedback of {text:?} shows no row, statement or pointer: put one in `backticks`, or a [link](#…)"
        ));
    }
    if before.iter().any(|other| other.text.trim() == text.trim()) {
        fault(format!("the option {text:?} stands there twice"));
    }
    for other in before {
        if words > 0 && other.feedback.trim() == feedback {
            fault(format!(
                "{:?} and {text:?} have the same feedback",
                &*other.text
            ));
        }
    }
    match &option.misconception {
        None if !option.right => fault(format!(
            "the wrong option {text:?} names no misconception; write `misconception = \"M…\"`, an id of book/misconceptions.toml"
        )),
        Some(_) if option.right => {
            fault(format!("the right option {text:?} names a misconception"));
        }
        Some(id) if misconceptions.get(id).is_none() => fault(format!(
            "book/misconceptions.toml has no {id}; add it, or name another"
        )),
        _ => {}
    }
}

/// The quiz stands on a page, and in the terminal.
fn of_markdown(text: &str) -> Option<String> {
    if has_glossary_link(text) {
        return Some("[[…]] links to the glossary on pages only, not in a quiz".to_owned());
    }
    if has_tag(text) {
        return Some("what stands in <…> would be a tag of HTML: put it in `backticks`".to_owned());
    }
    if text.contains("\n\n") {
        return Some("a text is one paragraph, without an empty line".to_owned());
    }
    targets(text)
        .into_iter()
        .find(|target| !target.starts_with('#'))
        .map(|target| {
            format!(
                "the link to {target} leaves the page; a heading of the same page begins with #"
            )
        })
}

/// Who knows nothing takes the longest answer.
fn of_lengths(question: &Question, faults: &mut Vec<Fault>) {
    let longest = |right: bool| {
        let options = question.options.iter();
        options
            .filter(|option| option.right == right)
            .map(|option| (width(&option.text), option))
            .max_by_key(|(width, _)| *width)
    };
    let (Some((right, option)), Some((wrong, other))) = (longest(true), longest(false)) else {
        return;
    };
    if 2 * right > LEAD.0 * wrong + 2 * LEAD.1 {
        faults.push(Fault::new(
            option.text.at(),
            format!(
                "the right option gives itself away: {right} letters, and the longest wrong one has {wrong}"
            ),
        ));
        return;
    }
    let (most, long) = if right > wrong {
        (right, option)
    } else {
        (wrong, other)
    };
    let widths = question.options.iter().map(|option| width(&option.text));
    let least = widths.min().unwrap_or(0);
    if most > SPREAD.0 * least + SPREAD.1 {
        faults.push(Fault::new(
            long.text.at(),
            format!("the options are of unequal length: from {least} to {most} letters"),
        ));
    }
}

/// Who knows nothing takes always the same place.
fn of_positions(quiz: &Quiz, faults: &mut Vec<Fault>) {
    let place = |question: &Question| {
        let right = |option: &QuizOption| option.right;
        let place = question.options.iter().position(right)?;
        (!question.takes_several()).then_some(place)
    };
    let places: Option<Vec<usize>> = quiz.questions.iter().map(place).collect();
    let Some([first, others @ ..]) = places.as_deref() else {
        return;
    };
    if others.len() >= 2 && others.iter().all(|place| place == first) {
        let at = quiz.questions.first().map_or(0, |one| one.prompt.at());
        faults.push(Fault::new(
            at,
            format!("the right option is number {} in every question", first + 1),
        ));
    }
}

#[cfg(test)]
mod tests;
