//! The course: which exercises there are, in which order, and what belongs to
//! each. It is read from the copy embedded in the checker, or, by authors'
//! commands, from a folder on the disk.

mod checks;
mod exercise;
mod files;
mod manifest;
mod name;
mod number;
mod workspace;

pub(crate) use checks::CheckName;
pub(crate) use exercise::{Exercise, Part};
pub(crate) use files::{Files, MISCONCEPTIONS, Origin, QUIZZES};
pub(crate) use manifest::Variant;
pub(crate) use name::{Selector, closest};
pub(crate) use number::split as split_folder;
pub(crate) use workspace::{Lints, Members, workspace_manifest};

use std::collections::HashMap;

use anyhow::{Result, bail};

/// Every exercise, ordered by part and then by index.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) files: Files,
    pub(crate) exercises: Vec<Exercise>,
}

impl Course {
    /// Reads every exercise below `solutions/` of `files`.
    ///
    /// # Errors
    ///
    /// When an exercise's manifest or checks cannot be understood, or two
    /// exercises share a number or a name; the message names the file.
    pub(crate) fn load(files: Files) -> Result<Self> {
        let mut exercises = Vec::new();
        for folder in files.exercise_folders() {
            exercises.push(Exercise::read(&files, &folder)?);
        }
        exercises.sort_by_key(|exercise| exercise.number);
        for pair in exercises.windows(2) {
            if let [first, second] = pair
                && first.number == second.number
            {
                bail!(
                    "{} and {} have the same number, {}",
                    first.id,
                    second.id,
                    first.number
                );
            }
        }
        let mut names = HashMap::new();
        for exercise in &exercises {
            if let Some(other) = names.insert(exercise.name.as_str(), &exercise.id) {
                bail!("{} and {other} have the same name", exercise.id);
            }
        }
        Ok(Course { files, exercises })
    }

    /// The parts, in order.
    pub(crate) fn parts(&self) -> Vec<&Part> {
        let mut parts: Vec<&Part> = self
            .exercises
            .iter()
            .map(|exercise| &exercise.part)
            .collect();
        parts.dedup();
        parts
    }

    /// Whether the lock file of the course is that of its exercises: not in a
    /// course from the disk, nor while an author has yet to run `dev sync`.
    pub(crate) fn is_locked(&self) -> bool {
        let lock = self
            .files
            .text("solutions/exercises.lock")
            .unwrap_or_default();
        self.files.origin == Origin::Embedded
            && self
                .exercises
                .iter()
                .all(|exercise| lock.contains(&format!("name = \"{}\"\n", exercise.name)))
    }

    /// The exercise after `exercise`, in the order of the course.
    pub(crate) fn after(&self, exercise: &Exercise) -> Option<&Exercise> {
        self.exercises
            .iter()
            .find(|other| other.number > exercise.number)
    }
}
