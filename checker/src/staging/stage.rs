//! A staged workspace and its members.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::library::{self, write};
use crate::course::{Exercise, Files, Lints, Members, workspace_manifest};
use crate::places::Places;
use crate::submission::{Key, Submission};

/// A cargo workspace ready to be built.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) folder: PathBuf,
    /// Whether the members are exactly those of the course's lock file.
    pub(crate) locked: bool,
}

/// A submission to be listed in a stage.
pub(crate) struct Staged<'s> {
    pub(crate) submission: &'s Submission<'s>,
    /// What its artifacts must be made from; cargo's own notion of freshness
    /// goes by modification times.
    pub(crate) key: &'s Key,
}

impl Stage {
    /// Writes the workspace that lists every one of `members`.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or the course's manifests are not what
    /// they should be.
    pub(crate) fn lay_out(
        places: &Places,
        files: &Files,
        folder: PathBuf,
        locked: bool,
        members: &[Staged<'_>],
    ) -> Result<Self> {
        let library = library::lay_out(places, files)?;
        let (witness, mini_orm) = (library.join("witness"), library.join("mini_orm"));
        for member in members {
            let package = folder.join(&member.submission.package);
            let exercise = member.submission.exercise;
            let manifest = member_manifest(files, exercise, member)
                .with_context(|| format!("staging {}", exercise.id))?;
            write(&package.join("Cargo.toml"), manifest.as_bytes())?;
            let checks = files.text(&format!("{}/tests/checks.rs", exercise.solution()))?;
            write(&package.join("tests/checks.rs"), checks.as_bytes())?;
        }
        let given = Members {
            members: members
                .iter()
                .map(|member| member.submission.package.clone())
                .collect(),
            witness: utf8(&witness)?,
            mini_orm: utf8(&mini_orm)?,
            lints: Lints::Learner,
        };
        write(
            &folder.join("Cargo.toml"),
            workspace_manifest(files, &given)?.as_bytes(),
        )?;
        let lock = folder.join("Cargo.lock");
        if let Some(content) = files.get("solutions/exercises.lock")
            && (locked || !lock.is_file())
        {
            write(&lock, content)?;
        }
        Ok(Stage { folder, locked })
    }
}

/// The manifest of one member: dependencies as the author gave them, sources
/// as the learner left them, everything else ours.
fn member_manifest(files: &Files, exercise: &Exercise, member: &Staged<'_>) -> Result<String> {
    let path = format!("{}/Cargo.toml", exercise.solution());
    let authored: Table = files
        .text(&path)?
        .parse()
        .with_context(|| format!("{path} cannot be understood"))?;

    let mut package: Table = toml::from_str(
        "version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\npublish = false\n\
         build = false\nautobins = false\nautoexamples = false\nautotests = false\nautobenches = false\n",
    )?;
    package.insert("name".to_owned(), member.submission.package.clone().into());

    let mut lib = Table::new();
    lib.insert("name".to_owned(), exercise.name.clone().into());
    lib.insert(
        "path".to_owned(),
        utf8(&member.submission.folder.join("src/lib.rs"))?.into(),
    );
    lib.insert("test".to_owned(), false.into());
    lib.insert("doctest".to_owned(), false.into());
    lib.insert("bench".to_owned(), false.into());

    let mut checks = Table::new();
    checks.insert("name".to_owned(), "checks".into());
    checks.insert("path".to_owned(), "tests/checks.rs".into());

    let unsafe_code = if exercise.manifest.allow_unsafe {
        "allow"
    } else {
        "forbid"
    };
    let lints: Table = toml::from_str(&format!(
        "rust.unsafe_code = \"{unsafe_code}\"\n\
         rust.unexpected_cfgs = {{ level = \"allow\", check-cfg = ['cfg(workbook_key, values(\"{}\"))'] }}\n",
        member.key,
    ))?;

    let mut manifest = Table::new();
    manifest.insert("package".to_owned(), Value::Table(package));
    manifest.insert("lib".to_owned(), Value::Table(lib));
    manifest.insert("test".to_owned(), Value::Array(vec![Value::Table(checks)]));
    for table in ["dependencies", "dev-dependencies"] {
        if let Some(dependencies) = authored.get(table) {
            manifest.insert(table.to_owned(), dependencies.clone());
        }
    }
    manifest.insert("lints".to_owned(), Value::Table(lints));
    toml::to_string(&manifest).context("writing a staged manifest")
}

/// Cargo's manifests are UTF-8, so a path in one must be.
fn utf8(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| {
        format!(
            "{} has characters that are not Unicode, which cargo cannot read; move the project",
            path.display()
        )
    })
}
