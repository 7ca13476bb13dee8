//! Where things lie in the project.

use std::path::{Path, PathBuf};

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
