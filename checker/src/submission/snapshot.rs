//! What lies in a submission's folder at one moment.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Submission;

/// The largest source file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// The most files and folders that are looked at below `src/`.
const MOST: usize = 1_000;

/// The contents of a submission's sources, by path relative to its folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

/// Why a submission is not even compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the folder {0} is missing")]
    FolderMissing(PathBuf),
    #[error("{0} is not a folder")]
    NotAFolder(PathBuf),
    #[error("{0} is missing")]
    FileMissing(PathBuf),
    #[error("{0} is a link to something that does not exist")]
    DanglingLink(PathBuf),
    #[error("{0} is not a regular file")]
    NotAFile(PathBuf),
    #[error("{0} is larger than 1 MiB")]
    TooLarge(PathBuf),
    #[error("{0} holds more than 1,000 files")]
    TooMany(PathBuf),
    #[error("{file} is not UTF-8 text (byte {byte})")]
    NotText { file: PathBuf, byte: usize },
    #[error("{file} cannot be read ({reason})")]
    Unreadable { file: PathBuf, reason: String },
}

impl Refusal {
    /// Whether something that the learner was given is gone.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(
            self,
            Refusal::FolderMissing(_) | Refusal::FileMissing(_) | Refusal::DanglingLink(_)
        )
    }
}

impl Snapshot {
    /// Reads the learner's declared files and everything below `src/`.
    ///
    /// # Errors
    ///
    /// When one of them is missing or is no regular file of UTF-8 text: it
    /// could stop or mislead the compiler.
    pub(crate) fn read(submission: &Submission<'_>) -> Result<Self, Refusal> {
        let folder = &submission.folder;
        match fs::symlink_metadata(folder) {
            Err(_) => return Err(Refusal::FolderMissing(folder.clone())),
            Ok(_) if !folder.is_dir() => return Err(Refusal::NotAFolder(folder.clone())),
            Ok(_) => {}
        }
        let mut files = BTreeMap::new();
        for file in &submission.exercise.manifest.files {
            let path = folder.join(file);
            files.insert(file.clone(), read_source(&path)?);
        }
        let source = folder.join("src");
        if source.is_dir() {
            let mut seen = 0;
            walk(&source, "src", &mut files, &mut seen)?;
        }
        Ok(Snapshot { files })
    }
}

fn walk(
    folder: &Path,
    name: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
    seen: &mut usize,
) -> Result<(), Refusal> {
    let unreadable = |error: std::io::Error| Refusal::Unreadable {
        file: folder.to_owned(),
        reason: error.to_string(),
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        *seen += 1;
        if *seen > MOST {
            return Err(Refusal::TooMany(folder.to_owned()));
        }
        if entry.file_type().map_err(unreadable)?.is_dir() {
            walk(&path, &name, files, seen)?;
        } else if let Entry::Vacant(vacant) = files.entry(name) {
            vacant.insert(read_source(&path)?);
        }
    }
    Ok(())
}

/// Reads one file, following a link only to a regular file.
fn read_source(path: &Path) -> Result<Vec<u8>, Refusal> {
    if fs::symlink_metadata(path).is_err() {
        return Err(Refusal::FileMissing(path.to_owned()));
    }
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Refusal::DanglingLink(path.to_owned()));
        }
        Err(error) => {
            return Err(Refusal::Unreadable {
                file: path.to_owned(),
                reason: error.to_string(),
            });
        }
    };
    // A pipe or a device would hold us, and the compiler, for ever.
    if !metadata.is_file() {
        return Err(Refusal::NotAFile(path.to_owned()));
    }
    if metadata.len() > LARGEST {
        return Err(Refusal::TooLarge(path.to_owned()));
    }
    let mut content = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST).read_to_end(&mut content))
        .map_err(|error| Refusal::Unreadable {
            file: path.to_owned(),
            reason: error.to_string(),
        })?;
    if path.extension().is_some_and(|extension| extension == "rs")
        && let Err(error) = std::str::from_utf8(&content)
    {
        return Err(Refusal::NotText {
            file: path.to_owned(),
            byte: error.valid_up_to(),
        });
    }
    Ok(content)
}
