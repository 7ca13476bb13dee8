//! Where things lie in the project.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder that holds `book/` and `solutions/`.
#[derive(Clone, Debug)]
pub struct Places {
    pub root: PathBuf,
}

impl Places {
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Places { root: root.into() }
    }

    /// The project that this program was compiled in, or that the working
    /// directory lies in.
    ///
    /// # Errors
    /// When neither is there.
    pub fn of_project() -> Result<Self> {
        let compiled = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let here = std::env::current_dir().unwrap_or_default();
        here.ancestors()
            .chain(compiled)
            .find(|folder| folder.join("book/book.toml").is_file())
            .map(Places::new)
            .context("there is no book/book.toml above this folder: go to the project")
    }

    #[must_use]
    pub fn book(&self) -> PathBuf {
        self.root.join("book")
    }

    #[must_use]
    pub fn solutions(&self) -> PathBuf {
        self.root.join("solutions")
    }

    pub(crate) fn pages(&self) -> PathBuf {
        self.book().join("src")
    }

    pub(crate) fn quizzes(&self) -> PathBuf {
        self.book().join("quizzes")
    }

    /// The sources of the listings.
    pub(crate) fn listings(&self) -> PathBuf {
        self.book().join("listings/src")
    }

    /// Submissions written for a page, graded by the checker.
    pub(crate) fn attempts(&self) -> PathBuf {
        self.book().join("attempts")
    }

    /// What runs printed and left behind.
    #[must_use]
    pub fn recorded(&self) -> PathBuf {
        self.book().join("listings/out")
    }

    /// As it is shown: from the root of the project, with `/`.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }
}
