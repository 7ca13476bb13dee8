//! What runs printed: recorded files, read when the book is built.

use std::fs;

use crate::course::{Exercise, Variant};
use crate::places::Places;

const CAPTURE: &str = "record it with `cargo run -p book -- capture`";

/// What the run of that name in package `listings` printed.
///
/// # Errors
/// When nothing is recorded.
pub(crate) fn of_run(places: &Places, name: &str) -> Result<String, String> {
    read(places, name)
}

/// What the checker says of a submission.
///
/// # Errors
/// When nothing is recorded.
pub(crate) fn of_checker(
    places: &Places,
    exercise: &Exercise,
    variant: &str,
) -> Result<String, String> {
    read(places, &checker_record(exercise, variant))
}

/// From `book/listings/out`, without `.txt`.
pub(crate) fn checker_record(exercise: &Exercise, variant: &str) -> String {
    format!("checker/{}/{variant}", exercise.id)
}

fn read(places: &Places, name: &str) -> Result<String, String> {
    let path = places.recorded().join(format!("{name}.txt"));
    let text = fs::read_to_string(&path)
        .map_err(|error| format!("{}: {error}; {CAPTURE}", places.shown(&path)))?;
    let text = text.trim_end().to_owned();
    if text.is_empty() {
        return Err(format!("{} is empty; {CAPTURE}", places.shown(&path)));
    }
    Ok(text)
}

/// A submission that pages show and the checker grades: of the exercise's own
/// wrong ones, or written for the page.
pub(crate) enum Attempt<'a> {
    Wrong(&'a Variant),
    /// The text of `book/attempts/NN_part/NN_name/NAME.rs`.
    Written(String),
}

/// # Errors
/// When there is none of that name; the message lists those that there are.
pub(crate) fn attempt<'a>(
    places: &Places,
    exercise: &'a Exercise,
    name: &str,
) -> Result<Attempt<'a>, String> {
    let folder = places.attempts().join(&exercise.id);
    if let Ok(text) = fs::read_to_string(folder.join(format!("{name}.rs"))) {
        return Ok(Attempt::Written(text));
    }
    let wrong = &exercise.about.wrong;
    if let Some(variant) = wrong.iter().find(|variant| variant.name == name) {
        return Ok(Attempt::Wrong(variant));
    }
    let names: Vec<&str> = wrong.iter().map(|variant| variant.name.as_str()).collect();
    Err(format!(
        "neither {}/{name}.rs nor a [[wrong]] {name:?} of {} is there; there are {}",
        places.shown(&folder),
        exercise.number(),
        names.join(", ")
    ))
}

impl Attempt<'_> {
    /// What is different in it, as a diff; a whole file when it is one.
    pub(crate) fn shown(&self) -> Result<(&'static str, String), String> {
        let variant = match self {
            Attempt::Written(text) => {
                let code: Vec<&str> = text
                    .lines()
                    .skip_while(|line| line.starts_with("//!") || line.trim().is_empty())
                    .collect();
                return Ok(("rust", code.join("\n")));
            }
            Attempt::Wrong(variant) => variant,
        };
        if variant.edits.is_empty() {
            return Err(format!(
                "{} is a whole file; show only=\"message\"",
                variant.name
            ));
        }
        let mut lines = Vec::new();
        for edit in &variant.edits {
            lines.extend(edit.find.trim().lines().map(|line| format!("- {line}")));
            lines.extend(edit.replace.trim().lines().map(|line| format!("+ {line}")));
        }
        Ok(("diff", lines.join("\n")))
    }
}
