//! Where everything lies: the one room that decides paths.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::digest::hex;

/// The folders of one run, all absolute.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The project that holds `exercises/`, if we are in one.
    pub(crate) root: Option<PathBuf>,
    /// The folder of submissions, `NN_part/NN_name` below it.
    pub(crate) exercises: PathBuf,
    /// Cargo's target directory: the one that this checker came from, so that
    /// SQLite is compiled once.
    pub(crate) target: PathBuf,
    /// Progress and kept databases.
    pub(crate) state: PathBuf,
    /// What distinguishes this folder of submissions from all others.
    tag: String,
}

impl Places {
    /// Finds the project around the current directory; `exercises` overrides
    /// the folder of submissions.
    ///
    /// # Errors
    ///
    /// When there is no folder of submissions.
    pub(crate) fn find(exercises: Option<&Path>) -> Result<Self> {
        let current = env::current_dir().context("finding the current directory")?;
        let root = find_root(&current);
        let exercises = match (exercises, &root) {
            (Some(given), _) => current.join(given),
            (None, Some(root)) => root.join("exercises"),
            (None, None) => bail!(
                "this is not a folder of the workbook: there is no `exercises` folder here or above\n\
                 go to the folder that you cloned, or say where the exercises are with --exercises DIR"
            ),
        };
        if !exercises.is_dir() {
            bail!(
                "the exercises folder {} does not exist\n\
                 `git checkout -- exercises` brings it back, or say where it is with --exercises DIR",
                exercises.display()
            );
        }
        let exercises = exercises
            .canonicalize()
            .with_context(|| format!("reading the exercises folder {}", exercises.display()))?;
        let target = target(root.as_deref(), &exercises);
        let tag = hex(&Sha256::digest(exercises.as_os_str().as_encoded_bytes()))
            .chars()
            .take(12)
            .collect::<String>();
        let own = root
            .as_ref()
            .map(|root| root.join("exercises"))
            .and_then(|own| own.canonicalize().ok());
        let state = match &root {
            Some(root) if own.as_deref() == Some(&exercises) && writable(root) => {
                root.join(".checker")
            }
            _ => target.join("checker").join(format!("state-{tag}")),
        };
        Ok(Places {
            root,
            exercises,
            target,
            state,
            tag,
        })
    }

    /// The project's root.
    ///
    /// # Errors
    ///
    /// When the current directory is in no project.
    pub(crate) fn root(&self) -> Result<&Path> {
        self.root
            .as_deref()
            .context("this command works inside a clone of the workbook; go there first")
    }

    /// The exercise's folder of the learner.
    pub(crate) fn submission(&self, id: &str) -> PathBuf {
        self.exercises.join(id)
    }

    /// The staged workspace, one per folder of submissions: two trees that
    /// share a target directory must not swap verdicts.
    pub(crate) fn stage(&self) -> PathBuf {
        self.target
            .join("checker")
            .join(format!("stage-{}", self.tag))
    }

    /// The author's staged workspace, for many submissions of one exercise.
    pub(crate) fn workbench(&self) -> PathBuf {
        self.target
            .join("checker")
            .join(format!("workbench-{}", self.tag))
    }

    /// The witness and the library, in a folder named after their content.
    pub(crate) fn library(&self, hash: &str) -> PathBuf {
        self.target.join("checker").join(format!("library-{hash}"))
    }

    /// Everything that the checker keeps in the target directory.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("checker")
    }

    /// The copy of the database that a failed check left behind.
    pub(crate) fn kept_databases(&self, id: &str) -> PathBuf {
        self.state.join("databases").join(id)
    }

    /// What `reset` took out of an exercise, in a folder for each time.
    pub(crate) fn backups(&self, id: &str) -> PathBuf {
        self.state.join("backups").join(id)
    }

    /// A path as it is shown: relative to the project or to the current
    /// directory where that is shorter.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let current = env::current_dir().ok();
        let bases = [current.as_deref(), self.root.as_deref()];
        let relative = bases
            .into_iter()
            .flatten()
            .find_map(|base| path.strip_prefix(base).ok());
        let shown = relative
            .filter(|path| !path.as_os_str().is_empty())
            .unwrap_or(path);
        shown.display().to_string()
    }
}

fn find_root(current: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        folder.join("exercises").is_dir() && folder.join("checker/Cargo.toml").is_file()
    };
    if let Some(root) = current.ancestors().find(is_root) {
        return root.canonicalize().ok();
    }
    // `cargo run --manifest-path …` from elsewhere.
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    manifest
        .parent()
        .filter(is_root)
        .and_then(|root| root.canonicalize().ok())
}

fn target(root: Option<&Path>, exercises: &Path) -> PathBuf {
    let own = env::current_exe().ok().and_then(|exe| {
        let target = exe.parent()?.parent()?;
        target
            .join("CACHEDIR.TAG")
            .is_file()
            .then(|| target.to_path_buf())
    });
    own.or_else(|| {
        env::var_os("CARGO_TARGET_DIR")
            .map(PathBuf::from)
            .and_then(|dir| std::path::absolute(dir).ok())
    })
    .unwrap_or_else(|| root.unwrap_or(exercises).join("target"))
}

fn writable(folder: &Path) -> bool {
    let state = folder.join(".checker");
    std::fs::create_dir_all(&state).is_ok() && tempfile::tempfile_in(&state).is_ok()
}
