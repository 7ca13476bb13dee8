//! The folder of 7.1 that is there whole or not at all. Given: you wrote it
//! there.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Result;

/// Makes the folder `dir` with these files, each a path below it and a text:
/// all of them, or none. A folder that is in use is an error.
pub fn lay_out(dir: &Path, files: &[(&str, &str)]) -> Result<()> {
    if !is_free(dir) {
        return Err(format!("{} is not an empty folder", dir.display()).into());
    }
    let new = beside(dir);
    fs::create_dir(&new).map_err(|error| format!("making {}: {error}", new.display()))?;
    let done = fill(&new, files).and_then(|()| fs::rename(&new, dir));
    if done.is_err() {
        fs::remove_dir_all(&new)?;
    }
    done.map_err(|error| format!("laying out {}: {error}", dir.display()).into())
}

/// Whether there is no such folder, or nothing in it.
fn is_free(dir: &Path) -> bool {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Where the folder `dir` is filled: `….new`, beside it.
fn beside(dir: &Path) -> PathBuf {
    dir.with_added_extension("new")
}

fn fill(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}
