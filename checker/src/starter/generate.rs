//! Generates what the learner is given: an exercise's folder, and the
//! workspace around it.

use std::collections::BTreeMap;

use anyhow::Result;

use super::regions::{Kind, Regions};
use crate::course::{Course, Exercise, Files, Lints, Members, workspace_manifest};
use crate::digest::sha256;

/// The files of one exercise as the learner is given them.
#[derive(Debug)]
pub(crate) struct Starter {
    /// By path, relative to the exercise's folder.
    pub(crate) files: BTreeMap<String, String>,
}

/// Generates the starter of one exercise.
///
/// # Errors
///
/// When a marker is out of place or a file is not UTF-8.
pub(crate) fn starter(files: &Files, exercise: &Exercise) -> Result<Starter> {
    let solution = exercise.solution();
    let mut generated = BTreeMap::new();
    for (path, _) in files.below(&solution) {
        let given = path == "Cargo.toml" || path == "tests/checks.rs" || path.starts_with("src/");
        let learners = exercise.manifest.files.iter().any(|file| file == path);
        if given || learners {
            let source = files.text(&format!("{solution}/{path}"))?;
            let text = Regions::parse(path, source)?.text(Kind::Starter);
            generated.insert(path.to_owned(), text);
        }
    }
    Ok(Starter { files: generated })
}

/// Every generated file of `exercises/`, by path relative to it, with its
/// content; the lock file excepted, which cargo writes.
fn workspace(course: &Course) -> Result<BTreeMap<String, String>> {
    let members = Members {
        members: vec!["[0-9][0-9]_*/[0-9][0-9]_*".to_owned()],
        witness: "../checker/witness",
        mini_orm: "../solutions/mini_orm",
        lints: Lints::Learner,
    };
    let mut generated = BTreeMap::new();
    generated.insert(
        "Cargo.toml".to_owned(),
        workspace_manifest(&course.files, &members)?,
    );
    for exercise in &course.exercises {
        for (path, text) in starter(&course.files, exercise)?.files {
            generated.insert(format!("{}/{path}", exercise.id), text);
        }
    }
    Ok(generated)
}

/// [`workspace`] with the SHA-256 of each file: what `solutions/starters.toml`
/// records.
pub(crate) fn hashes(course: &Course) -> Result<BTreeMap<String, (String, String)>> {
    Ok(workspace(course)?
        .into_iter()
        .map(|(path, text)| {
            let hash = sha256(text.as_bytes());
            (path, (text, hash))
        })
        .collect())
}
