//! The dep-info files that rustc writes beside its artifacts: every file that
//! it read, in the syntax of make.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::submission::Inputs;

/// What was read to make `artifacts`, other than from below `ours`.
pub(super) fn inputs(artifacts: &[PathBuf], ours: &Path) -> Inputs {
    let mut files = BTreeSet::new();
    let mut variables = BTreeSet::new();
    for artifact in artifacts {
        let Some(stem) = artifact.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let stem = stem
            .strip_prefix("lib")
            .filter(|_| artifact.extension().is_some())
            .unwrap_or(stem);
        let path = artifact.with_file_name(format!("{stem}.d"));
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        let (read, named) = parse(&text);
        files.extend(
            read.into_iter()
                .filter(|file| file.is_absolute() && !file.starts_with(ours)),
        );
        variables.extend(named);
    }
    // Cargo's own differ with how the checker was started, not with the
    // submission.
    variables.retain(|name: &String| !name.starts_with("CARGO"));
    Inputs {
        files: files.into_iter().collect(),
        variables: variables.into_iter().collect(),
    }
}

fn parse(text: &str) -> (Vec<PathBuf>, Vec<String>) {
    let mut files = Vec::new();
    let mut variables = Vec::new();
    for line in text.lines() {
        if let Some(entry) = line.strip_prefix("# env-dep:") {
            variables.push(entry.split('=').next().unwrap_or_default().to_owned());
        } else if !line.starts_with('#')
            && let Some((_, read)) = line.split_once(": ")
        {
            files.extend(words(read).map(PathBuf::from));
        }
    }
    (files, variables)
}

/// Words separated by spaces; a space within one is written `\ `.
fn words(line: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&' ') => {
                letters.next();
                if let Some(word) = words.last_mut() {
                    word.push(' ');
                }
            }
            ' ' => words.push(String::new()),
            other => {
                if let Some(word) = words.last_mut() {
                    word.push(other);
                }
            }
        }
    }
    words.into_iter().filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_space_is_one_path() {
        let text = "/t/libx.rlib: /a\\ b/src/lib.rs /a\\ b/up.sql\n\n/a\\ b/src/lib.rs:\n# env-dep:GREETING=hi\n";
        let (files, variables) = parse(text);
        assert_eq!(
            files,
            [
                PathBuf::from("/a b/src/lib.rs"),
                PathBuf::from("/a b/up.sql")
            ]
        );
        assert_eq!(variables, ["GREETING"]);
    }
}
