//! `workbook/quiz/v1`: the quizzes, for programs that ask them themselves.

use ::quiz::{Misconceptions, QuizOption};
use anyhow::{Context, Result, anyhow};
use serde::Serialize;

use super::shelf::Entry;
use crate::course::{Files, MISCONCEPTIONS};

#[derive(Serialize)]
struct Answer<'e> {
    schema: &'static str,
    quizzes: Vec<QuizJson<'e>>,
}

#[derive(Serialize)]
struct QuizJson<'e> {
    id: &'e str,
    part: &'e str,
    /// That of the exercise; `null` when it is about none.
    number: Option<&'e str>,
    name: &'e str,
    title: &'e str,
    questions: Vec<QuestionJson<'e>>,
}

/// Texts are Markdown.
#[derive(Serialize)]
struct QuestionJson<'e> {
    prompt: &'e str,
    code: Option<&'e str>,
    language: Option<&'static str>,
    /// Several options are right.
    several: bool,
    options: Vec<OptionJson<'e>>,
}

#[derive(Serialize)]
struct OptionJson<'e> {
    letter: char,
    text: &'e str,
    right: bool,
    feedback: &'e str,
    /// `null` for a right option.
    misconception: Option<Belief<'e>>,
}

#[derive(Serialize)]
struct Belief<'e> {
    id: &'e str,
    /// `null` when the course does not say what the id stands for.
    belief: Option<&'e str>,
    happens: Option<&'e str>,
}

/// # Errors
///
/// When the misconceptions cannot be understood; the message names the line.
pub(super) fn write(entries: &[&Entry], files: &Files) -> Result<String> {
    let beliefs = match files.get(MISCONCEPTIONS) {
        None => Misconceptions::default(),
        Some(_) => {
            let text = files.text(MISCONCEPTIONS)?;
            Misconceptions::parse(text).map_err(|fault| {
                anyhow!("{MISCONCEPTIONS}:{}: {}", fault.line(text), fault.message)
            })?
        }
    };
    let answer = Answer {
        schema: "workbook/quiz/v1",
        quizzes: entries.iter().map(|entry| quiz(entry, &beliefs)).collect(),
    };
    let text = serde_json::to_string_pretty(&answer).context("writing the quizzes as JSON")?;
    Ok(format!("{text}\n"))
}

fn quiz<'e>(entry: &'e Entry, beliefs: &'e Misconceptions) -> QuizJson<'e> {
    let questions = entry.quiz.questions.iter().map(|question| QuestionJson {
        prompt: &question.prompt,
        code: question.code.as_deref(),
        language: question.language.map(::quiz::Language::name),
        several: question.takes_several(),
        options: question
            .lettered()
            .map(|(letter, option)| self::option(letter, option, beliefs))
            .collect(),
    });
    QuizJson {
        id: &entry.id,
        part: &entry.part,
        number: entry.number.as_deref(),
        name: &entry.name,
        title: &entry.title,
        questions: questions.collect(),
    }
}

fn option<'e>(letter: char, option: &'e QuizOption, beliefs: &'e Misconceptions) -> OptionJson<'e> {
    OptionJson {
        letter,
        text: &option.text,
        right: option.right,
        feedback: &option.feedback,
        misconception: option.misconception.as_deref().map(|id| {
            let known = beliefs.get(id);
            Belief {
                id,
                belief: known.map(|known| &*known.belief),
                happens: known.map(|known| &*known.happens),
            }
        }),
    }
}
