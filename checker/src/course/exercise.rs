//! One exercise of the course.

use anyhow::{Context, Result, anyhow, bail};

use super::checks::{self, Check, CheckName};
use super::files::Files;
use super::manifest::{Hint, Manifest};
use super::number::{self, Number};

/// A part of the course: a folder of exercises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its folder: `01_models`.
    pub(crate) folder: String,
    pub(crate) number: u32,
    /// Without the number: `models`.
    pub(crate) name: String,
}

/// An exercise, with its checks, as the author wrote it.
#[derive(Debug)]
pub(crate) struct Exercise {
    /// Folder below `exercises/` and `solutions/`: `01_models/01_subject_group`.
    pub(crate) id: String,
    pub(crate) number: Number,
    /// Package, library and shortest way to name it: `subject_group`.
    pub(crate) name: String,
    pub(crate) part: Part,
    pub(crate) manifest: Manifest,
    pub(crate) checks: Vec<Check>,
}

impl Exercise {
    pub(super) fn read(files: &Files, id: &str) -> Result<Self> {
        let (part_folder, folder) = id
            .split_once('/')
            .ok_or_else(|| anyhow!("{id} is not of the form NN_part/NN_name"))?;
        let (part_number, part_name) = number::split(part_folder)
            .ok_or_else(|| anyhow!("{part_folder} is not of the form NN_part"))?;
        let (index, name) =
            number::split(folder).ok_or_else(|| anyhow!("{folder} is not of the form NN_name"))?;

        let manifest_path = format!("solutions/{id}/exercise.toml");
        let manifest = Manifest::read(&manifest_path, files.text(&manifest_path)?)?;
        let checks_path = format!("solutions/{id}/tests/checks.rs");
        let checks = checks::read(files.text(&checks_path)?);
        if checks.is_empty() {
            bail!("{checks_path} has no check: every exercise needs a `#[test]`");
        }
        let exercise = Exercise {
            id: id.to_owned(),
            number: Number {
                part: part_number,
                index,
            },
            name: name.to_owned(),
            part: Part {
                folder: part_folder.to_owned(),
                number: part_number,
                name: part_name.to_owned(),
            },
            manifest,
            checks,
        };
        exercise
            .names_only_its_checks()
            .with_context(|| manifest_path)?;
        Ok(exercise)
    }

    /// The folder of the solution within the course's files.
    pub(crate) fn solution(&self) -> String {
        format!("solutions/{}", self.id)
    }

    pub(crate) fn check(&self, name: &CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == *name)
    }

    /// The points that a check is worth.
    pub(crate) fn points(&self, check: &CheckName) -> u32 {
        self.manifest.points.get(check).copied().unwrap_or(1)
    }

    /// The points of all checks.
    pub(crate) fn max_points(&self) -> u32 {
        self.checks
            .iter()
            .map(|check| self.points(&check.name))
            .sum()
    }

    /// The checks that must pass before `check` means anything.
    pub(crate) fn needs(&self, check: &CheckName) -> &[CheckName] {
        self.manifest
            .needs
            .get(check)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The ladder that `key` (of a check or of a failure) leads to.
    pub(crate) fn hint(&self, key: &str) -> Option<&Hint> {
        self.manifest
            .hints
            .iter()
            .find(|hint| hint.serves.iter().any(|served| served == key))
    }

    fn names_only_its_checks(&self) -> Result<()> {
        let manifest = &self.manifest;
        let named = manifest
            .points
            .keys()
            .chain(manifest.needs.keys())
            .chain(manifest.needs.values().flatten())
            .chain(&manifest.regression)
            .chain(manifest.wrong.iter().flat_map(|wrong| &wrong.fails));
        for name in named {
            if self.check(name).is_none() {
                bail!("there is no check `{name}` in tests/checks.rs");
            }
        }
        for (check, needs) in &manifest.needs {
            let position =
                |name: &CheckName| self.checks.iter().position(|check| check.name == *name);
            for need in needs {
                if position(need) >= position(check) {
                    bail!("`{check}` needs `{need}`, which must come before it in tests/checks.rs");
                }
            }
        }
        Ok(())
    }
}
