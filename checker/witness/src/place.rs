//! Where in the learner's file something happened.

use std::backtrace::Backtrace;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::evidence::{Place, env};

/// The learner's folder, with symbolic links and without.
fn roots() -> &'static [PathBuf] {
    static ROOTS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let given = std::env::var_os(env::SUBMISSION)
            .or_else(|| std::env::var_os("CARGO_MANIFEST_DIR"))
            .map(PathBuf::from);
        let mut roots: Vec<PathBuf> = given.into_iter().collect();
        let real: Vec<PathBuf> = roots
            .iter()
            .filter_map(|root| root.canonicalize().ok())
            .collect();
        roots.extend(real);
        roots.dedup();
        roots
    })
}

/// Called before the body runs, since it may change the environment.
pub(crate) fn remember_roots() {
    roots();
}

/// The innermost frame in a file of the learner's.
pub(crate) fn of_backtrace(backtrace: &Backtrace) -> Option<Place> {
    in_frames(&format!("{backtrace:#}"), roots())
}

/// The standard library gives frames as text only: `at FILE:LINE:COLUMN`.
fn in_frames(frames: &str, roots: &[PathBuf]) -> Option<Place> {
    frames
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("at "))
        .find_map(|at| {
            let (rest, _column) = at.rsplit_once(':')?;
            let (file, line) = rest.rsplit_once(':')?;
            in_roots(Path::new(file), line.parse().ok()?, roots)
        })
}

/// A panic's own place. The compiler writes a path relative to the workspace
/// where the file lies in it.
pub(crate) fn of_location(file: &str, line: u32) -> Option<Place> {
    let roots = roots();
    in_roots(Path::new(file), line, roots).or_else(|| {
        roots
            .iter()
            .flat_map(|root| root.ancestors())
            .find_map(|above| {
                let file = above.join(file);
                file.is_file()
                    .then(|| in_roots(&file, line, roots))
                    .flatten()
            })
    })
}

fn in_roots(file: &Path, line: u32, roots: &[PathBuf]) -> Option<Place> {
    let inside = roots.iter().find_map(|root| file.strip_prefix(root).ok())?;
    let parts: Vec<_> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    (parts.first()? != "tests").then(|| Place {
        file: parts.join("/"),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMES: &str = "   0: witness::hooks::traced
             at /course/checker/witness/src/hooks.rs:80:9
   1: sqlite3_step
   2: subject_group::create_table
             at /home/a b/exercises/01/src/lib.rs:12:5
   3: checks::creates::{{closure}}
             at /home/a b/exercises/01/tests/checks.rs:9:9
";

    #[test]
    fn the_innermost_frame_of_the_learner_is_found() {
        let place = in_frames(FRAMES, &[PathBuf::from("/home/a b/exercises/01")]);
        assert_eq!(
            place,
            Some(Place {
                file: "src/lib.rs".into(),
                line: 12
            })
        );
    }

    #[test]
    fn a_check_is_not_the_learners_file() {
        let frames = FRAMES.replace("01/src/lib.rs", "02/src/lib.rs");
        let place = in_frames(&frames, &[PathBuf::from("/home/a b/exercises/01")]);
        assert_eq!(place, None);
    }
}
