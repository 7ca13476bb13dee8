//! What the learner was given, and how much of it is still as it was.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Snapshot;
use crate::course::{Exercise, Files};
use crate::starter;

/// Whether the learner's files are as they were given, but for the ends of
/// lines.
///
/// # Errors
///
/// When the starter cannot be generated.
pub(crate) fn is_starter(files: &Files, exercise: &Exercise, snapshot: &Snapshot) -> Result<bool> {
    let starter = starter::starter(files, exercise)?;
    let given = |path: &str| starter.files.get(path).map(String::as_bytes);
    Ok(snapshot.files.iter().all(|(path, content)| {
        given(path).is_some_and(|given| given == content || without_returns(content) == given)
    }))
}

/// The files in `folder` that are not the learner's and are not as given, or
/// were added where they could change how cargo builds.
pub(crate) fn changed_files(files: &Files, exercise: &Exercise, folder: &Path) -> Vec<String> {
    if !folder.is_dir() {
        return Vec::new();
    }
    let mut changed = Vec::new();
    for given in ["Cargo.toml", "tests/checks.rs"] {
        let original = files.get(&format!("{}/{given}", exercise.solution()));
        let present = regular(&folder.join(given));
        let differs =
            |original| present.is_none_or(|present| without_returns(&present) != original);
        if original.is_some_and(differs) {
            changed.push(given.to_owned());
        }
    }
    for added in ["build.rs", ".cargo"] {
        if folder.join(added).symlink_metadata().is_ok() {
            changed.push(added.to_owned());
        }
    }
    changed
}

fn regular(path: &Path) -> Option<Vec<u8>> {
    fs::symlink_metadata(path)
        .ok()
        .filter(fs::Metadata::is_file)?;
    fs::read(path).ok()
}

/// With `\n` for `\r\n`, as git may have put it on Windows.
fn without_returns(content: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(content.len());
    let mut bytes = content.iter().peekable();
    while let Some(byte) = bytes.next() {
        if *byte != b'\r' || bytes.peek() != Some(&&b'\n') {
            text.push(*byte);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_a_return_before_a_line_end_is_dropped() {
        assert_eq!(super::without_returns(b"a\r\nb\rc\r"), b"a\nb\rc\r");
    }
}
