//! A first attempt at 7.2, which page 7.2 shows: a free name is taken for a free
//! id.

mod layout;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

pub use layout::lay_out;
use rusqlite::Connection;

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

pub fn new_id() -> Result<String> {
    let conn = Connection::open_in_memory()?;
    let number: i64 = conn.query_row("SELECT random()", [], |row| row.get(0))?;
    Ok(format!("{:012x}", number & 0xffff_ffff_ffff))
}

pub fn slug(message: &str) -> String {
    let kept: String = message
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .take(40)
        .collect();
    kept.split_whitespace()
        .collect::<Vec<_>>()
        .join("_")
        .to_lowercase()
}

pub fn add(dir: &Path, id: &str, parent: Option<&str>, message: &str) -> Result<PathBuf> {
    let folder = dir.join("versions").join(format!("{id}_{}", slug(message)));
    if !is_id(id) || folder.exists() {
        return Err(format!("{} cannot be made", folder.display()).into());
    }
    let revisions = load(dir)?;
    if parent.is_some_and(|parent| revisions.iter().all(|other| other.id != parent)) {
        return Err(format!("{parent:?} is not there").into());
    }
    let script = fs::read_to_string(dir.join("template.sql"))?;
    let about = format!("parent: {}\n{message}", parent.unwrap_or("none"));
    let files = [
        ("revision.txt", &*about),
        ("up.sql", &*script),
        ("down.sql", &*script),
    ];
    lay_out(&folder, &files)?;
    Ok(folder)
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
    let (id, _) = name.split_once('_').unwrap_or((name, ""));
    let about = fs::read_to_string(folder.join("revision.txt"))?;
    let mut parts = about.splitn(2, '\n');
    let line = parts.next().unwrap_or_default();
    let message = parts.next().unwrap_or_default();
    let Some(("parent", parent)) = line.split_once(':') else {
        return Err("revision.txt: no parent".into());
    };
    let parent = Some(parent.trim().to_owned()).filter(|parent| parent != "none");
    Ok(Revision {
        id: id.to_owned(),
        parent,
        message: message.to_owned(),
        up: fs::read_to_string(folder.join("up.sql"))?,
        down: fs::read_to_string(folder.join("down.sql"))?,
    })
}
