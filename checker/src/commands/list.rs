//! `list`: every exercise, with its last verdict.

use std::fmt::Write as _;

use anyhow::Result;

use super::desk::Desk;
use super::grade::standing;
use crate::exit::Exit;
use crate::report::text::style::{FAINT, STRONG, paint, symbol, word};
use crate::report::{Status, list_json};
use crate::terminal;

/// Lists without building anything.
pub(crate) fn list(desk: &Desk, json: bool) -> Result<Exit> {
    let standing = standing(desk)?;
    let of = |id: &str| standing.get(id).copied().unwrap_or((Status::NotStarted, 0));
    if json {
        terminal::print(&format!(
            "{}\n",
            list_json(&desk.course, |exercise| of(&exercise.id))?
        ))?;
        return Ok(Exit::Success);
    }
    let mut out = String::new();
    for part in desk.course.parts() {
        let _ = writeln!(
            out,
            "{}",
            paint(
                STRONG,
                format!("{} {}", part.number, part.name.replace('_', " "))
            )
        );
        for exercise in desk
            .course
            .exercises
            .iter()
            .filter(|exercise| exercise.part == *part)
        {
            let (status, _) = of(&exercise.id);
            let _ = writeln!(
                out,
                "  {} {:<5}{:<24}{:<34}{}",
                symbol(status),
                exercise.number.to_string(),
                exercise.name,
                exercise.manifest.title,
                paint(
                    FAINT,
                    format!("{} min, {}", exercise.manifest.minutes, word(status))
                ),
            );
        }
    }
    terminal::print(&out)?;
    Ok(Exit::Success)
}
