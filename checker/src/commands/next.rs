//! `next`: the exercise to do next.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde::Serialize;

use super::choice::exercise_at_hand;
use super::desk::Desk;
use crate::course::Exercise;
use crate::exit::Exit;
use crate::report::text::style::{FAINT, GOOD, STRONG, paint};
use crate::report::text::{Advice, hanging, next as commands};
use crate::terminal;

/// The column at which the texts of `task`, `edit`, `read` begin.
const COLUMN: usize = 10;

/// `workbook/next/v1`.
#[derive(Serialize)]
struct Answer<'c> {
    schema: &'static str,
    done: usize,
    all: usize,
    /// `null` when every exercise is done.
    exercise: Option<Entry<'c>>,
}

#[derive(Serialize)]
struct Entry<'c> {
    number: String,
    id: &'c str,
    name: &'c str,
    title: &'c str,
    minutes: u32,
    summary: &'c str,
    /// Relative to the exercise's folder.
    files: &'c [String],
    /// Relative to the project; `null` where the book has none yet.
    page: Option<String>,
}

/// Says it without building anything; that all is done is a success, too.
pub(crate) fn next(desk: &Desk, json: bool) -> Result<Exit> {
    let (exercise, done) = exercise_at_hand(desk)?;
    let all = desk.course.exercises.len();
    if json {
        let answer = Answer {
            schema: "workbook/next/v1",
            done,
            all,
            exercise: exercise.map(|exercise| entry(desk, exercise)),
        };
        let text = serde_json::to_string_pretty(&answer).context("writing the answer as JSON")?;
        terminal::print(&format!("{text}\n"))?;
        return Ok(Exit::Success);
    }
    terminal::print(&match exercise {
        Some(exercise) => text(desk, &entry(desk, exercise), (done, all)),
        None => format!("{} Every exercise is done.\n", paint(GOOD, "✓")),
    })?;
    Ok(Exit::Success)
}

fn entry<'c>(desk: &Desk, exercise: &'c Exercise) -> Entry<'c> {
    Entry {
        number: exercise.number.to_string(),
        id: &exercise.id,
        name: &exercise.name,
        title: &exercise.manifest.title,
        minutes: exercise.manifest.minutes,
        summary: &exercise.manifest.summary,
        files: &exercise.manifest.files,
        page: desk.view.page(&exercise.id),
    }
}

fn text(desk: &Desk, entry: &Entry<'_>, (done, all): (usize, usize)) -> String {
    let mut out = format!(
        "{} {}\n",
        paint(STRONG, format!("{} {}", entry.number, entry.title)),
        paint(
            FAINT,
            format!("({} minutes; {done} of {all} done)", entry.minutes)
        ),
    );
    out.push_str(&hanging("task", COLUMN, entry.summary, desk.view.width));
    if let Some(page) = &entry.page {
        out.push_str(&hanging("read", COLUMN, page, usize::MAX));
    }
    for file in entry.files {
        let path = format!("{}/{}/{file}", desk.view.exercises, entry.id);
        out.push_str(&hanging("edit", COLUMN, &path, usize::MAX));
    }
    let command = |arguments: String| desk.view.invocation.command(&arguments);
    let _ = write!(
        out,
        "{}",
        commands(&[
            Advice {
                command: command(format!("open {}", entry.number)),
                purpose: "open it in your editor".to_owned(),
            },
            Advice {
                command: command(String::new()),
                purpose: "grade what you changed".to_owned(),
            },
        ])
    );
    out
}
