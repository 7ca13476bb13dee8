//! The witness and the library that exercises stand on, laid out once per
//! content, for every stage to share.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::course::{Files, Lints, Members, workspace_manifest};
use crate::digest::hex;
use crate::places::Places;

/// Folders of the course that submissions depend on.
const PACKAGES: [(&str, &str); 2] = [
    ("witness", "checker/witness"),
    ("mini_orm", "solutions/mini_orm"),
];

/// Writes the library unless it is there already; returns its folder.
pub(super) fn lay_out(places: &Places, files: &Files) -> Result<PathBuf> {
    let members = Members {
        members: PACKAGES
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        witness: "witness",
        mini_orm: "mini_orm",
        lints: Lints::House,
    };
    let manifest = workspace_manifest(files, &members)?;
    let mut hash = Sha256::new();
    hash.update(&manifest);
    for (_, folder) in PACKAGES {
        hash.update(files.hash(folder));
    }
    let hash: String = hex(&hash.finalize()).chars().take(12).collect();
    let library = places.library(&hash);
    let complete = library.join("complete");
    if complete.is_file() {
        return Ok(library);
    }
    // Written beside and renamed, so that two checkers cannot read half of it.
    let parent = places.scratch();
    fs::create_dir_all(&parent).with_context(|| format!("creating {}", parent.display()))?;
    let fresh = tempfile::tempdir_in(&parent)
        .with_context(|| format!("creating a folder in {}", parent.display()))?;
    write(&fresh.path().join("Cargo.toml"), manifest.as_bytes())?;
    for (name, folder) in PACKAGES {
        for (path, content) in files.below(folder) {
            if path.starts_with("src/") || path == "Cargo.toml" {
                write(&fresh.path().join(name).join(path), content)?;
            }
        }
    }
    write(&fresh.path().join("complete"), b"")?;
    let fresh = fresh.keep();
    if fs::rename(&fresh, &library).is_err() {
        // Somebody else was first, or an older version left half of it.
        fs::remove_dir_all(&fresh).ok();
        if !complete.is_file() {
            anyhow::bail!(
                "{} is incomplete; `checker clean` removes it",
                library.display()
            );
        }
    }
    Ok(library)
}

/// Writes a file and the folders above it, unless it already holds `content`:
/// cargo takes a new modification time for a change.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("writing {}", path.display()))
}
