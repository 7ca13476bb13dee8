//! A loop, keys of a hash map, and lines that are cut by hand.

mod layout;

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::error::Error;
use std::fs;
use std::hash::{BuildHasher, Hasher};
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

pub fn new_id() -> Result<String> {
    let key = RandomState::new().build_hasher().finish();
    Ok(format!("{:012x}", key >> 16))
}

pub fn slug(message: &str) -> String {
    let mut slug = String::new();
    for letter in message.chars() {
        if slug.len() == 40 {
            break;
        }
        match letter.to_ascii_lowercase() {
            letter @ ('a'..='z' | '0'..='9') => slug.push(letter),
            _ if slug.ends_with('_') => {}
            _ => slug.push('_'),
        }
    }
    slug
}

pub fn add(dir: &Path, id: &str, parent: Option<&str>, message: &str) -> Result<PathBuf> {
    let ids: HashSet<String> = load(dir)?.into_iter().map(|revision| revision.id).collect();
    match parent {
        Some(parent) if !ids.contains(parent) => Err(format!("no revision {parent}"))?,
        _ if ids.contains(id) => Err(format!("{id} is taken"))?,
        _ if !is_id(id) => Err(format!("{id} is no id"))?,
        _ => {}
    }
    let script = fs::read_to_string(dir.join("template.sql"))
        .map_err(|error| format!("template.sql: {error}"))?;
    let mut about = String::from("parent: ");
    about += parent.unwrap_or("none");
    about.push('\n');
    about += message;
    let mut folder = dir.join("versions");
    folder.push([id, &slug(message)].join("_"));
    let script = script.as_str();
    lay_out(
        &folder,
        &[
            ("down.sql", script),
            ("up.sql", script),
            ("revision.txt", &about),
        ],
    )?;
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

fn read(folder: &Path, name: &str) -> Result<Revision> {
    let text = |file: &str| {
        fs::read_to_string(folder.join(file)).map_err(|error| format!("{file}: {error}"))
    };
    let about = text("revision.txt")?;
    let line = about.lines().next().ok_or("revision.txt is empty")?;
    let rest = about.find('\n').map_or("", |end| &about[end + 1..]);
    let parent = line
        .trim()
        .strip_prefix("parent:")
        .ok_or("no parent")?
        .trim();
    let parent = if parent == "none" {
        None
    } else if is_id(parent) {
        Some(parent.to_string())
    } else {
        return Err(format!("{parent} is no id").into());
    };
    Ok(Revision {
        id: name.get(..12).ok_or("a short name")?.to_string(),
        parent,
        message: rest.to_string(),
        up: text("up.sql")?,
        down: text("down.sql")?,
    })
}
