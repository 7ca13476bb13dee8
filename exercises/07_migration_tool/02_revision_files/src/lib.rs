//! 7.2 A revision in files.
//!
//! Every change of a database becomes a revision: a folder in `versions`, with
//! a script for each direction, and a file that says what the change is for and
//! which revision comes before it. A message is what somebody typed. It may hold
//! anything, and it may not decide where a file goes.

mod layout;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

pub use layout::lay_out;

/// Any error. `Err("no room".into())` makes one of a text, and so does
/// `Err(format!(…).into())`; `?` makes one of any other error.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What the files of a revision say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Twelve digits from 0–9 and a–f, with which the name of its folder begins.
    pub id: String,
    /// The id of the revision before it; `None` for the first.
    pub parent: Option<String>,
    /// What it is for, in somebody's words: any text, also an empty one.
    pub message: String,
    /// The script of the change, in `up.sql`.
    pub up: String,
    /// The script that takes it back, in `down.sql`.
    pub down: String,
}

/// A new id, drawn by lot: twelve digits, so that two people hardly ever draw the
/// same, and ids that are made in the same second do not begin alike.
///
/// SQLite draws lots: `randomblob(6)` gives six bytes, `hex` makes twelve digits
/// of them, and `lower` turns A–F into a–f. Any connection will do.
pub fn new_id() -> Result<String> {
    todo!("draw an id")
}

/// What a message lends to a name: `add_user_bio_column` for
/// `Add user bio column`. It holds only the letters a–z, digits and `_`, at most
/// 40 of them. What becomes of all other letters is yours to say. It may be empty.
pub fn slug(message: &str) -> String {
    message.replace(' ', "_")
}

/// Adds a revision to the repository in `dir`, and returns its folder, which is
/// `versions/<id>_<slug>`. The folder has three files:
///
/// - `revision.txt`: the line `parent: <id>`, or `parent: none`, and after it
///   the message as it is;
/// - `up.sql` and `down.sql`, for a start with the text of the repository's
///   `template.sql`.
///
/// An id that is none ([`is_id`]) or is taken, and a parent that is not there,
/// are errors. After an error all is as it was before.
pub fn add(dir: &Path, id: &str, parent: Option<&str>, message: &str) -> Result<PathBuf> {
    todo!("lay out {id:?} after {parent:?} in {dir:?} for {message:?}")
}

/// Whether a text has the form of an id.
pub fn is_id(text: &str) -> bool {
    text.len() == 12
        && text
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

/// All revisions of the repository in `dir`, in no order. What is not a folder,
/// or has a dot in its name, is none: such as one that is being filled.
pub fn load(dir: &Path) -> Result<Vec<Revision>> {
    let mut revisions = Vec::new();
    for entry in fs::read_dir(dir.join("versions"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !name.contains('.') {
            let revision = read(&entry.path(), &name);
            revisions.push(revision.map_err(|error| format!("revision {name}: {error}"))?);
        }
    }
    Ok(revisions)
}

/// The revision in a folder of this name. What [`add`] wrote comes back; the
/// scripts, and the line of the parent, as they were edited since. Spaces at the
/// end of that line do not count, nor does the `\r` of an editor on Windows. If
/// one of the files is missing, or that line is, that is an error.
fn read(folder: &Path, name: &str) -> Result<Revision> {
    todo!("read the revision {name:?} in {folder:?}")
}
