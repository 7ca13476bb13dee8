//! What a folder holds: for code that works on files rather than on a database.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::table;
use crate::witness::Witness;

/// Lines of a drawing.
const LINES: usize = 24;
/// Characters shown of one name.
const NAME: usize = 48;
/// Characters shown of a text.
const TEXT: usize = 24;

/// The names from a folder down to something in it.
type Steps = Vec<String>;

/// A folder, everything below it, and every text, at one moment. Links are not
/// followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    root: PathBuf,
    /// How a drawing calls it.
    name: String,
    /// Without the folder itself, if there is none.
    things: BTreeMap<Steps, Thing>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Thing {
    Folder,
    File(Vec<u8>),
    /// A link, a pipe, a device.
    Other,
    /// Expected, whatever it holds.
    AnyFile,
}

/// One line of a drawing.
struct Line {
    marker: char,
    depth: usize,
    text: String,
}

impl Witness {
    /// What stands at `path` now, and below it, to be compared later. A
    /// relative path is taken from the check's folder; there may be nothing.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn tree(&self, path: impl AsRef<Path>) -> Outcome<Tree> {
        let root = self.folder().join(path);
        let name = match root.file_name() {
            // Its name was made up by whoever runs the check.
            _ if root == self.folder() => ".".to_owned(),
            Some(name) => shown(&name.to_string_lossy()),
            None => shown(&root.to_string_lossy()),
        };
        Tree::read(root, name)
    }

    /// Whether the files below a folder are exactly these: paths with `/`. A
    /// path that ends in `/` is a folder without anything in it.
    ///
    /// # Errors
    /// When others are found; the failure draws the folder.
    pub fn expect_files(&self, folder: impl AsRef<Path>, paths: &[&str]) -> Outcome {
        let found = self.tree(folder)?;
        let nothing = Tree {
            things: BTreeMap::from([(Steps::new(), Thing::Folder)]),
            ..found.clone()
        };
        let expected = nothing.and(paths);
        let differs = expected.differs_from(&found);
        if !differs {
            return Ok(());
        }
        Err(Failure::new(format!(
            "{} does not hold the files that it should",
            found.name
        ))
        .diff(expected.draw(&found, "- expected but missing, + found but not expected")))
    }
}

impl Tree {
    fn read(root: PathBuf, name: String) -> Outcome<Self> {
        let mut things = BTreeMap::new();
        read(&root, Steps::new(), &mut things)?;
        Ok(Self { root, name, things })
    }

    /// Whether all of it is still as it was, down to the last character.
    ///
    /// # Errors
    /// When something is gone, new or changed; the failure draws the folder.
    pub fn expect_unchanged(&self) -> Outcome {
        self.expect_added(&[])
    }

    /// Whether all of it is still as it was, and these files are new: paths
    /// with `/`, as for [`Witness::expect_files`].
    ///
    /// # Errors
    /// When anything else is gone, new or changed, or one of these is missing.
    pub fn expect_added(&self, paths: &[&str]) -> Outcome {
        let found = Self::read(self.root.clone(), self.name.clone())?;
        let expected = self.and(paths);
        if !expected.differs_from(&found) {
            return Ok(());
        }
        let (message, legend) = if paths.is_empty() {
            (
                "the files are not as they were before your code ran",
                "- is gone, + is new, ~ holds something else",
            )
        } else {
            (
                "the files are not as they should be now",
                "- expected but missing, + found but not expected, ~ holds something else",
            )
        };
        Err(Failure::new(message).diff(expected.draw(&found, legend)))
    }

    /// With these files, whatever they hold, and the folders on the way.
    fn and(&self, paths: &[&str]) -> Self {
        let mut tree = self.clone();
        for path in paths {
            let names: Steps = path
                .split('/')
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect();
            for depth in 0..names.len() {
                let above = names.iter().take(depth).cloned().collect();
                tree.things.entry(above).or_insert(Thing::Folder);
            }
            let thing = match path.ends_with('/') {
                true => Thing::Folder,
                false => Thing::AnyFile,
            };
            tree.things.entry(names).or_insert(thing);
        }
        tree
    }

    fn differs_from(&self, found: &Self) -> bool {
        self.all_steps(found).into_iter().any(|steps| {
            !matches!((self.things.get(steps), found.things.get(steps)),
                (Some(expected), Some(found)) if expected.is_met_by(found))
        })
    }

    fn all_steps<'a>(&'a self, other: &'a Self) -> BTreeSet<&'a Steps> {
        self.things.keys().chain(other.things.keys()).collect()
    }

    fn draw(&self, found: &Self, legend: &str) -> String {
        let mut lines: Vec<Line> = Vec::new();
        for steps in self.all_steps(found) {
            let name = match steps.last() {
                Some(name) => shown(name),
                None => self.name.clone(),
            };
            let mut line = |marker, thing: &Thing, note: String| {
                lines.push(Line {
                    marker,
                    depth: steps.len(),
                    text: format!("{}{note}", thing.labelled(&name)),
                });
            };
            match (self.things.get(steps), found.things.get(steps)) {
                (Some(expected), Some(found)) if expected.is_met_by(found) => {
                    line(' ', found, String::new());
                }
                (Some(Thing::File(before)), Some(now @ Thing::File(after))) => {
                    line('~', now, became(before, after));
                }
                (expected, found) => {
                    if let Some(expected) = expected {
                        line('-', expected, String::new());
                    }
                    if let Some(found) = found {
                        line('+', found, String::new());
                    }
                }
            }
        }
        if lines.is_empty() {
            return String::new();
        }
        let hidden = hide(&mut lines);
        let mut drawn: Vec<String> = lines
            .iter()
            .map(|line| format!("{} {}{}", line.marker, "  ".repeat(line.depth), line.text))
            .collect();
        if hidden > 0 {
            drawn.push(format!("  … {hidden} more"));
        }
        drawn.push(format!("({legend})"));
        drawn.join("\n")
    }
}

impl Thing {
    fn is_met_by(&self, found: &Self) -> bool {
        match (self, found) {
            (Self::AnyFile, Self::File(_)) => true,
            (expected, found) => expected == found,
        }
    }

    fn labelled(&self, name: &str) -> String {
        match self {
            Self::Folder => format!("{name}/"),
            Self::File(_) | Self::AnyFile => name.to_owned(),
            Self::Other => format!("{name} (a link, or no file)"),
        }
    }
}

/// Leaves what differs, the folders that lead there, and as much of the rest as
/// has room. Returns how many lines are gone.
fn hide(lines: &mut Vec<Line>) -> usize {
    let all = lines.len();
    if all <= LINES {
        return 0;
    }
    let mut keep = vec![false; all];
    // From below, so that a folder comes after what is in it.
    let mut needed = 0;
    for (line, keep) in lines.iter().zip(&mut keep).rev() {
        let leads_there = line.marker == ' ' && line.depth + 1 == needed;
        if line.marker != ' ' || leads_there {
            *keep = true;
            needed = line.depth;
        }
    }
    let mut room = LINES;
    let mut keep = keep.into_iter();
    lines.retain(|_| {
        let kept = keep.next().unwrap_or_default() && room > 0;
        room -= usize::from(kept);
        kept
    });
    all - lines.len()
}

fn read(path: &Path, steps: Steps, things: &mut BTreeMap<Steps, Thing>) -> Outcome {
    let kind = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if is_nothing(&error) => return Ok(()),
        Err(error) => return Err(unreadable(path, &error)),
    };
    let thing = if kind.is_dir() {
        Thing::Folder
    } else if kind.is_file() {
        Thing::File(fs::read(path).map_err(|error| unreadable(path, &error))?)
    } else {
        Thing::Other
    };
    let is_folder = thing == Thing::Folder;
    things.insert(steps.clone(), thing);
    if is_folder {
        for entry in fs::read_dir(path).map_err(|error| unreadable(path, &error))? {
            let entry = entry.map_err(|error| unreadable(path, &error))?;
            let mut steps = steps.clone();
            steps.push(entry.file_name().to_string_lossy().into_owned());
            read(&entry.path(), steps, things)?;
        }
    }
    Ok(())
}

/// Whether nothing stands at a path.
pub(crate) fn is_nothing(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!(
        "the check cannot read {}: {error}",
        shown(&path.to_string_lossy())
    ))
}

/// A name as a line can show it.
fn shown(name: &str) -> String {
    table::cut(&name.escape_debug().to_string(), NAME)
}

/// Both texts from shortly before the first difference.
fn became(before: &[u8], after: &[u8]) -> String {
    let (before, after) = (
        String::from_utf8_lossy(before),
        String::from_utf8_lossy(after),
    );
    let same = before
        .chars()
        .zip(after.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let from = match same {
        0..TEXT => 0,
        same => same - TEXT / 3,
    };
    format!(
        "   {} became {}",
        quoted(&before, from),
        quoted(&after, from)
    )
}

fn quoted(text: &str, from: usize) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let rest: String = text.trim_end().chars().skip(from).collect();
    let dots = if from == 0 { "" } else { "…" };
    let rest = table::cut(&rest.escape_debug().to_string(), TEXT);
    format!("\"{dots}{rest}\"")
}
