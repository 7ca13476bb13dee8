//! The submissions that an author's check grades: the starter, the solution,
//! the stored right and wrong ones, and the mutants.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::mutants::{Mutant, mutants};
use crate::course::{self, Exercise, Files};
use crate::starter::{Kind, Regions, starter};

/// One submission to grade, and what is expected of it.
#[derive(Clone, Debug)]
pub(super) struct Variant<'c> {
    /// Tells it from the others of the exercise: `wrong-int_primary_key`.
    pub(super) label: String,
    pub(super) role: Role<'c>,
    /// By path relative to the submission's folder.
    pub(super) files: BTreeMap<String, String>,
}

/// What a submission is there for.
#[derive(Clone, Debug)]
pub(super) enum Role<'c> {
    Starter,
    Solution,
    Right(&'c course::Variant),
    Wrong(&'c course::Variant),
    Mutant(Mutant),
}

/// All submissions of an exercise.
///
/// # Errors
///
/// When a stored submission cannot be made: an edit that is not found exactly
/// once, a file that is missing.
pub(super) fn variants<'c>(files: &Files, exercise: &'c Exercise) -> Result<Vec<Variant<'c>>> {
    let solution = solution(files, exercise)?;
    let mut made = vec![
        Variant {
            label: "starter".to_owned(),
            role: Role::Starter,
            files: source(starter(files, exercise)?.files),
        },
        Variant {
            label: "solution".to_owned(),
            role: Role::Solution,
            files: solution.clone(),
        },
    ];
    for stored in &exercise.manifest.right {
        made.push(Variant {
            label: format!("right-{}", stored.name),
            role: Role::Right(stored),
            files: apply(files, exercise, &solution, stored)
                .with_context(|| format!("right submission `{}`", stored.name))?,
        });
    }
    for stored in &exercise.manifest.wrong {
        made.push(Variant {
            label: format!("wrong-{}", stored.name),
            role: Role::Wrong(stored),
            files: apply(files, exercise, &solution, stored)
                .with_context(|| format!("wrong submission `{}`", stored.name))?,
        });
    }
    for path in &exercise.manifest.files {
        let text = files.text(&format!("{}/{path}", exercise.solution()))?;
        let (complete, answers) = Regions::parse(path, text)?.answers();
        if !path.ends_with(".rs") {
            continue;
        }
        for (number, mutant) in mutants(&complete, &answers).into_iter().enumerate() {
            let mut files = solution.clone();
            files.insert(path.clone(), mutant.source.clone());
            made.push(Variant {
                label: format!("mutant-{}-{number:02}", path.replace(['/', '.'], "_")),
                role: Role::Mutant(mutant),
                files,
            });
        }
    }
    Ok(made)
}

/// The solution's sources, without markers.
fn solution(files: &Files, exercise: &Exercise) -> Result<BTreeMap<String, String>> {
    let mut complete = BTreeMap::new();
    let folder = exercise.solution();
    for (path, _) in files.below(&folder) {
        if path.starts_with("src/") || exercise.manifest.files.iter().any(|file| file == path) {
            let text = files.text(&format!("{folder}/{path}"))?;
            complete.insert(
                path.to_owned(),
                Regions::parse(path, text)?.text(Kind::Solution),
            );
        }
    }
    Ok(complete)
}

fn source(files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    files
        .into_iter()
        .filter(|(path, _)| path != "Cargo.toml" && path != "tests/checks.rs")
        .collect()
}

fn apply(
    files: &Files,
    exercise: &Exercise,
    solution: &BTreeMap<String, String>,
    stored: &course::Variant,
) -> Result<BTreeMap<String, String>> {
    let mut made = solution.clone();
    match (&stored.file, stored.edits.is_empty()) {
        (Some(file), true) => {
            let text = files.text(&format!("{}/{file}", exercise.solution()))?;
            made.insert("src/lib.rs".to_owned(), text.to_owned());
        }
        (None, false) => {
            for edit in &stored.edits {
                let Some(text) = made.get_mut(&edit.file) else {
                    bail!("there is no file {}", edit.file)
                };
                match text.matches(&edit.find).count() {
                    1 => *text = text.replacen(&edit.find, &edit.replace, 1),
                    found => bail!(
                        "`{}` is found {found} times in {}, not exactly once",
                        edit.find,
                        edit.file
                    ),
                }
            }
        }
        _ => bail!("it takes either `edits` or a `file`"),
    }
    Ok(made)
}

impl Variant<'_> {
    /// Writes the submission to `folder`, and removes what it does not have.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        if fs::read_dir(folder.join("src")).is_ok() && self.differs(folder) {
            fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
        }
        for (path, text) in &self.files {
            let path = folder.join(path);
            if fs::read_to_string(&path).is_ok_and(|present| present == *text) {
                continue;
            }
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)
                    .with_context(|| format!("creating {}", parent.display()))?;
            }
            fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(())
    }

    fn differs(&self, folder: &Path) -> bool {
        self.files.iter().any(|(path, text)| {
            !fs::read_to_string(folder.join(path)).is_ok_and(|present| present == *text)
        })
    }
}
