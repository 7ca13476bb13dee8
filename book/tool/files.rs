//! The files of a folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Every file with that ending below a folder, by its path from there.
pub(crate) fn files(folder: &Path, ending: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next).with_context(|| format!("reading {}", next.display()))? {
            let path = entry
                .with_context(|| format!("reading {}", next.display()))?
                .path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|given| given == ending) {
                let parts: Vec<_> = path
                    .strip_prefix(folder)
                    .unwrap_or(&path)
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy().into_owned())
                    .collect();
                found.push(parts.join("/"));
            }
        }
    }
    found.sort();
    Ok(found)
}
