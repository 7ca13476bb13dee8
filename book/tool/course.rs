//! The exercises, as the book needs to know them: `solutions/**/exercise.toml`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::places::Places;

/// Every exercise, in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub struct Course {
    pub exercises: Vec<Exercise>,
}

#[derive(Clone, Debug)]
pub struct Exercise {
    pub part: u32,
    pub index: u32,
    /// `01_models/01_subject_group`.
    pub id: String,
    /// `subject_group`.
    pub name: String,
    pub about: About,
}

/// What `exercise.toml` says that concerns the book.
#[derive(Clone, Debug, Deserialize)]
pub struct About {
    pub title: String,
    pub minutes: u32,
    pub seeds: Vec<String>,
    #[serde(default)]
    pub prerequisites: Vec<String>,
    pub files: Vec<String>,
    pub summary: String,
    #[serde(default)]
    pub wrong: Vec<Variant>,
}

/// A stored submission that is wrong in a known way.
#[derive(Clone, Debug, Deserialize)]
pub struct Variant {
    pub name: String,
    #[serde(default)]
    pub misconception: Option<String>,
    #[serde(default)]
    pub edits: Vec<Edit>,
    #[serde(default)]
    pub file: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Edit {
    #[serde(default)]
    pub file: Option<String>,
    pub find: String,
    pub replace: String,
}

impl Course {
    /// # Errors
    /// When a folder cannot be read or an `exercise.toml` not understood.
    pub fn read(places: &Places) -> Result<Self> {
        let mut exercises = Vec::new();
        let solutions = places.solutions();
        for part in folders(&solutions)? {
            let Some((number, _)) = split(&part) else {
                continue;
            };
            for folder in folders(&solutions.join(&part))? {
                let path = solutions.join(&part).join(&folder).join("exercise.toml");
                let (Some((index, name)), true) = (split(&folder), path.is_file()) else {
                    continue;
                };
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("reading {}", path.display()))?;
                exercises.push(Exercise {
                    part: number,
                    index,
                    id: format!("{part}/{folder}"),
                    name: name.to_owned(),
                    about: toml::from_str(&text)
                        .with_context(|| format!("{} cannot be understood", path.display()))?,
                });
            }
        }
        exercises.sort_by_key(|exercise| (exercise.part, exercise.index));
        Ok(Course { exercises })
    }

    /// By id, number or name.
    #[must_use]
    pub fn find(&self, asked: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| {
            exercise.id == asked || exercise.name == asked || exercise.number() == asked
        })
    }

    pub(crate) fn numbers(&self) -> String {
        let numbers: Vec<String> = self.exercises.iter().map(Exercise::number).collect();
        numbers.join(", ")
    }
}

impl Exercise {
    /// `1.10`.
    #[must_use]
    pub fn number(&self) -> String {
        format!("{}.{}", self.part, self.index)
    }

    /// What its page is called, in its heading and in the summary.
    #[must_use]
    pub fn heading(&self) -> String {
        format!("{} {}", self.number(), self.about.title)
    }

    /// From `book/src`.
    #[must_use]
    pub fn page(&self) -> String {
        format!("{}.md", self.id)
    }
}

/// `02_rows` into 2 and `rows`.
pub(crate) fn split(folder: &str) -> Option<(u32, &str)> {
    let (digits, name) = folder.split_once('_')?;
    let legal = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    legal.then(|| digits.parse().ok().map(|number| (number, name)))?
}

fn folders(path: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
        let entry = entry.with_context(|| format!("reading {}", path.display()))?;
        if entry.path().is_dir() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
}
