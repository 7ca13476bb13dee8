//! `quiz`: the questions of the book's pages, in the terminal.

mod answer;
mod json;
mod round;
mod shelf;

use std::fmt::Write as _;

use anyhow::Result;

use super::choice::exercise_at_hand;
use super::desk::Desk;
use crate::cli::QuizArgs;
use crate::course::{Selector, split_folder};
use crate::exit::Exit;
use crate::report::text::style::{FAINT, STRONG, paint};
use crate::terminal;
use round::ask;
use shelf::{Entry, Shelf};

/// Asks one question after another; writes nothing down.
pub(crate) fn quiz(desk: &Desk, args: &QuizArgs, json: bool) -> Result<Exit> {
    let shelf = Shelf::read(&desk.course)?;
    let named = match &args.named {
        None => None,
        Some(name) => match shelf.select(name) {
            Ok(found) => Some(found),
            Err(mut near) => {
                // What is like it is of no use to whoever named an exercise.
                if Selector(name.clone()).select(&desk.course).is_ok() {
                    near.clear();
                }
                desk.no_such("quiz", name, &near, ("quiz --list", "quizzes"));
                return Ok(Exit::Nothing);
            }
        },
    };
    let all = || shelf.entries.iter().collect::<Vec<_>>();
    if json {
        terminal::print(&json::write(
            &named.unwrap_or_else(all),
            &desk.course.files,
        )?)?;
        return Ok(Exit::Success);
    }
    if args.list {
        terminal::print(&list(&named.unwrap_or_else(all)))?;
        return Ok(Exit::Success);
    }
    let asked = match named {
        Some(found) => found,
        None => next(desk, &shelf)?,
    };
    if asked.is_empty() {
        terminal::complain(&format!(
            "name the quiz to be asked; `{}` shows all there are\n",
            desk.view.invocation.command("quiz --list")
        ));
        return Ok(Exit::Nothing);
    }
    ask(desk, &asked)?;
    Ok(Exit::Success)
}

/// That of the first exercise that is not done.
fn next<'s>(desk: &Desk, shelf: &'s Shelf) -> Result<Vec<&'s Entry>> {
    let (exercise, _) = exercise_at_hand(desk)?;
    let about = |entry: &&Entry| exercise.is_some_and(|exercise| exercise.id == entry.id);
    Ok(shelf.entries.iter().filter(about).collect())
}

fn list(entries: &[&Entry]) -> String {
    if entries.is_empty() {
        return "there are no quizzes yet\n".to_owned();
    }
    let mut out = String::new();
    let mut part = "";
    for entry in entries {
        if entry.part != part {
            part = &entry.part;
            let heading = split_folder(part).map_or_else(
                || part.replace('_', " "),
                |(number, name)| format!("{number} {}", name.replace('_', " ")),
            );
            let _ = writeln!(out, "{}", paint(STRONG, heading));
        }
        let questions = match entry.quiz.questions.len() {
            1 => "1 question".to_owned(),
            count => format!("{count} questions"),
        };
        let _ = writeln!(
            out,
            "  {:<5}{:<24}{:<34}{}",
            entry.number.as_deref().unwrap_or_default(),
            entry.name,
            entry.title,
            paint(FAINT, questions),
        );
    }
    out
}
