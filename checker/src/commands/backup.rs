//! The folder that keeps what `reset` takes out of the way.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::places::Places;
use crate::progress::now;

/// More resets than these within a second are not expected.
const MOST: u32 = 1_000;

/// A new folder, made when the first thing is put into it.
#[derive(Debug)]
pub(super) struct Backup {
    /// Where backups of the exercise lie.
    parent: PathBuf,
    /// The same on the exercises' own file system, for what cannot be copied
    /// to another.
    near: PathBuf,
    folder: Option<PathBuf>,
    near_folder: Option<PathBuf>,
}

impl Backup {
    pub(super) fn new(places: &Places, id: &str) -> Self {
        Backup {
            parent: places.backups(id),
            near: places.exercises.join(".backups").join(id),
            folder: None,
            near_folder: None,
        }
    }

    /// The folders that hold something.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        [&self.folder, &self.near_folder]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }

    /// Keeps a complete copy of a regular file, as `name` in the folder.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written to its end; the original is whole.
    pub(super) fn copy(&mut self, file: &Path, name: &str) -> Result<()> {
        let copy = place(&mut self.folder, &self.parent, name)?;
        fs::copy(file, &copy)
            .and_then(|_| File::open(&copy)?.sync_all())
            .with_context(|| format!("copying {} to {}", file.display(), copy.display()))
    }

    /// Moves whatever lies at `path`, of any kind and without looking through
    /// links, into the folder.
    ///
    /// # Errors
    ///
    /// When it can be neither moved nor copied; it is where it was.
    pub(super) fn take(&mut self, path: &Path, name: &str) -> Result<()> {
        let kept = place(&mut self.folder, &self.parent, name)?;
        match fs::rename(path, &kept) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let near = place(&mut self.near_folder, &self.near, name)?;
                fs::rename(path, &near)
            }
            other => other,
        }
        .with_context(|| format!("moving {} away", path.display()))
    }

    /// Makes room for what will be taken, as long as nothing has been.
    ///
    /// # Errors
    ///
    /// When a folder cannot be created.
    pub(super) fn make_room(&mut self, name: &str) -> Result<()> {
        place(&mut self.folder, &self.parent, name).map(|_| ())
    }

    /// Removes the copies made so far: nothing was taken or replaced.
    pub(super) fn discard(&self) {
        for folder in self.folders() {
            // What is left is a copy of something that is still in its place.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Where `name` is to lie, with the folders above it.
fn place(folder: &mut Option<PathBuf>, parent: &Path, name: &str) -> Result<PathBuf> {
    let folder = match folder {
        Some(folder) => folder,
        None => folder.insert(create(parent)?),
    };
    let path = folder.join(name);
    if let Some(above) = path.parent() {
        fs::create_dir_all(above).with_context(|| format!("creating {}", above.display()))?;
    }
    Ok(path)
}

/// A folder named after the time that nobody else has.
fn create(parent: &Path) -> Result<PathBuf> {
    fs::create_dir_all(parent).with_context(|| format!("creating {}", parent.display()))?;
    // Colons are no part of a file's name on Windows.
    let time = now().replace(':', "-");
    for number in 1..=MOST {
        let name = match number {
            1 => time.clone(),
            _ => format!("{time}-{number}"),
        };
        let folder = parent.join(name);
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("creating {}", folder.display()));
            }
        }
    }
    bail!("{} holds too many backups of one second", parent.display())
}
