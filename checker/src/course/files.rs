//! The files that a course is made of, wherever they come from.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};

use super::number;

static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/course.rs"));

/// The folder of the quizzes.
pub(crate) const QUIZZES: &str = "book/quizzes";
/// What the wrong options of the quizzes name.
pub(crate) const MISCONCEPTIONS: &str = "book/misconceptions.toml";

/// Where the exercises were read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The copy inside this checker: what learners are graded with.
    Embedded,
    /// A folder on the disk: what authors work on.
    Disk,
}

/// Paths relative to the project's root, with `/`, and their contents.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) origin: Origin,
    contents: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Files {
    /// The copy inside this checker.
    pub(crate) fn embedded() -> Self {
        let contents = EMBEDDED
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes)))
            .collect();
        Files {
            origin: Origin::Embedded,
            contents,
        }
    }

    /// The exercises in `solutions` (a folder laid out like `solutions/`) and
    /// the quizzes beside it; everything else as embedded, unless `solutions`
    /// belongs to a project that has its own.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub(crate) fn from_disk(solutions: &Path) -> Result<Self> {
        let mut files = Files::embedded();
        files.origin = Origin::Disk;
        files
            .contents
            .retain(|path, _| !is_exercise_file(path) && !path.starts_with("book/"));
        let listed = fs::read_dir(solutions)
            .with_context(|| format!("reading the course folder {}", solutions.display()))?;
        for entry in listed {
            let path = entry?.path();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if path.is_dir() && number::split(&name).is_some() {
                files.read_folder(&path, &format!("solutions/{name}"))?;
            }
        }
        if let Some(root) = solutions
            .parent()
            .filter(|root| root.join("checker/witness/Cargo.toml").is_file())
        {
            files.contents.retain(|path, _| is_exercise_file(path));
            for shared in ["checker/witness", "solutions/mini_orm"] {
                files.read_folder(&root.join(shared), shared)?;
            }
            for single in [
                "Cargo.toml",
                "solutions/exercises.lock",
                "solutions/starters.toml",
            ] {
                let path = root.join(single);
                if path.is_file() {
                    files
                        .contents
                        .insert(single.to_owned(), Cow::Owned(read(&path)?));
                }
            }
        }
        if let Some(root) = solutions.parent() {
            if root.join(QUIZZES).is_dir() {
                files.read_folder(&root.join(QUIZZES), QUIZZES)?;
            }
            let path = root.join(MISCONCEPTIONS);
            if path.is_file() {
                let content = Cow::Owned(read(&path)?);
                files.contents.insert(MISCONCEPTIONS.to_owned(), content);
            }
        }
        Ok(files)
    }

    fn read_folder(&mut self, folder: &Path, name: &str) -> Result<()> {
        for entry in
            fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?
        {
            let path = entry?.path();
            let child = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let name = format!("{name}/{child}");
            if path.is_dir() {
                if !matches!(child.as_str(), "target" | "snapshots") {
                    self.read_folder(&path, &name)?;
                }
            } else if path.is_file() {
                self.contents.insert(name, Cow::Owned(read(&path)?));
            }
        }
        Ok(())
    }

    /// The content of one file.
    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.contents.get(path).map(AsRef::as_ref)
    }

    /// The content of one text file.
    ///
    /// # Errors
    ///
    /// When the file is missing or is not UTF-8.
    pub(crate) fn text(&self, path: &str) -> Result<&str> {
        let bytes = self
            .get(path)
            .ok_or_else(|| anyhow!("{path} is missing from the course"))?;
        std::str::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))
    }

    /// Path (below `folder`) and content of every file in `folder`.
    pub(crate) fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let prefix = format!("{folder}/");
        self.contents
            .range(prefix.clone()..)
            .take_while({
                let prefix = prefix.clone();
                move |(path, _)| path.starts_with(&prefix)
            })
            .filter_map(move |(path, bytes)| Some((path.strip_prefix(&prefix)?, bytes.as_ref())))
    }

    /// `NN_part/NN_name` of every exercise, in the order of their names.
    pub(super) fn exercise_folders(&self) -> BTreeSet<String> {
        self.contents
            .keys()
            .filter_map(|path| exercise_folder(path))
            .map(str::to_owned)
            .collect()
    }

    /// A hash of all files in `folder`, names and contents.
    pub(crate) fn hash(&self, folder: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        for (path, bytes) in self.below(folder) {
            hash.update((path.len() as u64).to_le_bytes());
            hash.update(path);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        hash.finalize().into()
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn exercise_folder(path: &str) -> Option<&str> {
    let below = path.strip_prefix("solutions/")?;
    let mut parts = below.split('/');
    let (part, name) = (parts.next()?, parts.next()?);
    parts.next()?;
    number::split(part)?;
    number::split(name)?;
    below.get(..part.len() + 1 + name.len())
}

fn is_exercise_file(path: &str) -> bool {
    exercise_folder(path).is_some()
}
