//! Asking: a question, an attempt, one more, the answer.

use std::fmt::Write as _;

use ::quiz::{Question, plain};
use anyhow::Result;

use super::answer::{Answer, Outcome};
use super::shelf::Entry;
use crate::commands::Desk;
use crate::report::text::style::{BAD, COMMAND, FAINT, GOOD, STRONG, paint};
use crate::report::text::{hanging, wrap};
use crate::terminal;

/// The column at which options and feedback begin.
const COLUMN: usize = 5;

/// How a question ended.
enum End {
    RightAtFirst,
    RightLater,
    Told,
    /// The learner, or the input, has gone.
    Left,
}

/// What was answered so far.
#[derive(Clone, Copy, Default)]
struct Tally {
    right_at_first: usize,
    answered: usize,
    asked_for: usize,
}

/// Asks all questions of all quizzes, until somebody leaves.
pub(super) fn ask(desk: &Desk, entries: &[&Entry]) -> Result<()> {
    let mut all = Tally::default();
    for entry in entries {
        let tally = quiz(desk, entry)?;
        all.right_at_first += tally.right_at_first;
        all.answered += tally.answered;
        all.asked_for += tally.asked_for;
        if tally.answered < tally.asked_for {
            break;
        }
        if entries.len() > 1 {
            terminal::print("\n")?;
        }
    }
    if entries.len() > 1 && all.answered > 0 {
        terminal::print(&format!("in all: {} right at first\n", all.share()))?;
    }
    Ok(())
}

fn quiz(desk: &Desk, entry: &Entry) -> Result<Tally> {
    let questions = &entry.quiz.questions;
    let mut tally = Tally {
        asked_for: questions.len(),
        ..Tally::default()
    };
    let name = entry.number.as_ref().map_or_else(
        || entry.title.clone(),
        |number| format!("{number} {}", entry.title),
    );
    terminal::print(&format!(
        "{} {}\n",
        paint(STRONG, name),
        paint(FAINT, "(answer with a letter; q leaves)")
    ))?;
    for (index, question) in questions.iter().enumerate() {
        let heading = format!("Question {} of {}", index + 1, questions.len());
        terminal::print(&text(&heading, question, desk.view.width))?;
        match attempts(question, desk.view.width)? {
            End::Left => break,
            End::RightAtFirst => tally.right_at_first += 1,
            End::RightLater | End::Told => {}
        }
        tally.answered += 1;
    }
    if tally.answered > 0 {
        terminal::print(&summary(desk, entry, tally))?;
    }
    Ok(tally)
}

fn text(heading: &str, question: &Question, width: usize) -> String {
    let mut out = format!("\n{}\n", paint(STRONG, heading));
    for line in wrap(plain(&question.prompt).trim(), width) {
        let _ = writeln!(out, "{line}");
    }
    if let Some(code) = &question.code {
        out.push('\n');
        for line in code.trim_matches('\n').lines() {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
    }
    out.push('\n');
    for (letter, option) in question.lettered() {
        out.push_str(&option_text(letter, &option.text, width));
    }
    if question.takes_several() {
        out.push_str("Several are right: type all their letters.\n");
    }
    out
}

fn option_text(letter: char, markdown: &str, width: usize) -> String {
    let text = plain(markdown);
    hanging(&letter.to_string(), COLUMN, text.trim(), width)
}

fn attempts(question: &Question, width: usize) -> Result<End> {
    let mut before: Option<Vec<char>> = None;
    let mut prompt = "your answer: ";
    loop {
        let Some(line) = terminal::ask(prompt)? else {
            return Ok(End::Left);
        };
        let letters = match Answer::parse(&line, question) {
            Answer::Leave => return Ok(End::Left),
            Answer::Unclear(again) => {
                terminal::print(&format!("{again}\n"))?;
                continue;
            }
            Answer::Letters(letters) if before.as_ref() == Some(&letters) => {
                terminal::print("that is the same answer again: choose another\n")?;
                continue;
            }
            Answer::Letters(letters) => letters,
        };
        let outcome = Outcome::of(&letters, question);
        terminal::print(&said(question, &letters, &outcome, before.is_some(), width))?;
        match (outcome.is_right(), before.is_some()) {
            (true, false) => return Ok(End::RightAtFirst),
            (true, true) => return Ok(End::RightLater),
            (false, true) => return Ok(End::Told),
            (false, false) => before = Some(letters),
        }
        prompt = "try again: ";
    }
}

/// What is said of an attempt: feedback on what was chosen; after the second
/// wrong one, the answer.
fn said(
    question: &Question,
    letters: &[char],
    outcome: &Outcome,
    is_second: bool,
    width: usize,
) -> String {
    let (verdict, shown) = if outcome.is_right() {
        (paint(GOOD, "✓ right"), letters)
    } else if outcome.slips.is_empty() {
        (paint(BAD, "✗ not all that is right"), [].as_slice())
    } else {
        (paint(BAD, "✗ not right"), outcome.slips.as_slice())
    };
    let mut out = format!("{verdict}\n");
    let feedback = |out: &mut String, letters: &[char]| {
        let options = question.lettered();
        for (letter, option) in options.filter(|(letter, _)| letters.contains(letter)) {
            out.push_str(&option_text(letter, &option.feedback, width));
        }
    };
    feedback(&mut out, shown);
    if is_second && !outcome.is_right() {
        let right: Vec<char> = question
            .lettered()
            .filter(|(_, option)| option.right)
            .map(|(letter, _)| letter)
            .collect();
        let names: Vec<String> = right.iter().map(char::to_string).collect();
        let _ = writeln!(
            out,
            "{}",
            paint(GOOD, format!("✓ right: {}", names.join(" and ")))
        );
        feedback(&mut out, &right);
    }
    out
}

fn summary(desk: &Desk, entry: &Entry, tally: Tally) -> String {
    let mut out = format!("\n{} right at first", tally.share());
    match tally.asked_for - tally.answered {
        0 => {}
        1 => out.push_str("; 1 question is left"),
        left => {
            let _ = write!(out, "; {left} questions are left");
        }
    }
    out.push('\n');
    if tally.right_at_first < tally.asked_for
        && let Some(page) = desk.view.page(&entry.id)
    {
        let _ = writeln!(out, "the page: {}", paint(COMMAND, page));
    }
    out
}

impl Tally {
    /// `2 of 3`
    fn share(self) -> String {
        let share = format!("{} of {}", self.right_at_first, self.answered);
        if self.right_at_first == self.answered {
            paint(GOOD, format!("✓ {share}"))
        } else {
            share
        }
    }
}
