//! `reset`: the given files again; whatever lay in their place is kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::backup::Backup;
use super::desk::Desk;
use crate::cli::ResetArgs;
use crate::course::Exercise;
use crate::exit::Exit;
use crate::report::text::hanging;
use crate::report::text::style::{GOOD, STRONG, paint};
use crate::starter;
use crate::terminal;

/// The column at which what was done begins.
const COLUMN: usize = 14;

/// What has to be done, before anything is.
#[derive(Debug, Default)]
struct Plan {
    /// The exercise's folder.
    folder: PathBuf,
    /// What is put back, by its path in the folder.
    restore: BTreeMap<String, String>,
    /// Regular files that will be replaced.
    replaced: Vec<String>,
    /// Whatever else is in the way: added files, links, pipes, folders.
    moved: Vec<Moved>,
}

#[derive(Debug)]
struct Moved {
    from: PathBuf,
    /// Where it will lie in the backup.
    name: String,
}

/// Puts the starter back, or with `--checks` only the manifest and the checks.
pub(crate) fn reset(desk: &Desk, args: &ResetArgs) -> Result<Exit> {
    let exercise = match desk.select_one(&args.exercise) {
        Ok(exercise) => exercise,
        Err(exit) => return Ok(exit),
    };
    let mut given = starter::starter(&desk.course.files, exercise)?.files;
    let mut plan = Plan {
        folder: desk.places.submission(&exercise.id),
        ..Plan::default()
    };
    if args.checks {
        given.retain(|path, _| path == "Cargo.toml" || path == "tests/checks.rs");
    } else {
        plan.added_sources(&given)?;
    }
    plan.given_files(given)?;
    plan.added_settings();
    plan.moved.sort_by(|left, right| left.name.cmp(&right.name));
    let subject = subject(exercise, args.checks);
    if plan.restore.is_empty() && plan.moved.is_empty() {
        terminal::print(&format!("{subject}; nothing had to be done\n"))?;
        return Ok(Exit::Success);
    }
    let mut backup = Backup::new(&desk.places, &exercise.id);
    plan.carry_out(&desk.places.exercises, &mut backup)?;
    terminal::print(&done(desk, &subject, &plan, &backup))?;
    Ok(Exit::Success)
}

impl Plan {
    /// Compares what lies in the folder with what was given.
    fn given_files(&mut self, given: BTreeMap<String, String>) -> Result<()> {
        for (path, text) in given {
            let file = self.folder.join(&path);
            if let Some((blocking, name)) = self.blocking(&path) {
                self.moves(blocking, name);
            } else if let Some(kind) = kind(&file)? {
                match kind.is_file().then(|| fs::read(&file)) {
                    Some(Ok(present)) if is_same(&present, &text) => continue,
                    Some(Ok(_)) => self.replaced.push(path.clone()),
                    // What cannot be read can still be moved.
                    _ => self.moves(file, path.clone()),
                }
            }
            self.restore.insert(path, text);
        }
        Ok(())
    }

    /// The first folder on the way to `path` that is no folder, and its name in
    /// the backup. A part may be a link to a folder: it holds other exercises.
    fn blocking(&self, path: &str) -> Option<(PathBuf, String)> {
        let is_other = |path: &Path| {
            fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.file_type().is_dir())
        };
        if let Some(part) = self.folder.parent()
            && is_other(part)
            && !part.is_dir()
        {
            return Some((part.to_owned(), "the part's folder".to_owned()));
        }
        if is_other(&self.folder) {
            return Some((self.folder.clone(), "the folder".to_owned()));
        }
        path.match_indices('/')
            .filter_map(|(end, _)| path.get(..end))
            .map(|above| (self.folder.join(above), above.to_owned()))
            .find(|(above, _)| is_other(above))
    }

    /// What else lies below `src/`: with it, it would be no starter.
    fn added_sources(&mut self, given: &BTreeMap<String, String>) -> Result<()> {
        let source = self.folder.join("src");
        if self.blocking("src/").is_some() || kind(&source)?.is_none() {
            return Ok(());
        }
        let mut folders = vec![(source, "src".to_owned())];
        while let Some((folder, name)) = folders.pop() {
            let reading = || format!("reading {}", folder.display());
            for entry in fs::read_dir(&folder).with_context(reading)? {
                let entry = entry.with_context(reading)?;
                let name = format!("{name}/{}", entry.file_name().to_string_lossy());
                let is_folder = entry.file_type().with_context(reading)?.is_dir();
                let inside = format!("{name}/");
                if is_folder && given.keys().any(|path| path.starts_with(&inside)) {
                    folders.push((entry.path(), name));
                } else if !given.contains_key(&name) {
                    self.moves(entry.path(), name);
                }
            }
        }
        Ok(())
    }

    /// What changes how cargo builds, in an editor at least.
    fn added_settings(&mut self) {
        if self.blocking("").is_some() {
            return;
        }
        for added in ["build.rs", ".cargo"] {
            let path = self.folder.join(added);
            if fs::symlink_metadata(&path).is_ok() {
                self.moves(path, added.to_owned());
            }
        }
    }

    fn moves(&mut self, from: PathBuf, name: String) {
        if self.moved.iter().all(|moved| moved.from != from) {
            self.moved.push(Moved { from, name });
        }
    }

    /// Copies and new files are written to their end first; only then is
    /// anything moved or replaced, and each of these steps is a rename.
    fn carry_out(&self, exercises: &Path, backup: &mut Backup) -> Result<()> {
        let fresh = match self.prepare(exercises, backup) {
            Ok(fresh) => fresh,
            Err(error) => {
                backup.discard();
                return Err(error.context("nothing was changed"));
            }
        };
        self.replace(fresh.path(), backup).with_context(|| {
            let kept: Vec<_> = backup
                .folders()
                .map(|at| at.display().to_string())
                .collect();
            format!(
                "the reset was not finished; everything that it replaced is in {}",
                kept.join(" and ")
            )
        })
    }

    /// Fills the backup; writes the given files beside the exercise, on the
    /// same file system.
    fn prepare(&self, exercises: &Path, backup: &mut Backup) -> Result<TempDir> {
        for path in &self.replaced {
            backup.copy(&self.folder.join(path), path)?;
        }
        for moved in &self.moved {
            backup.make_room(&moved.name)?;
        }
        let beside = self.folder.parent().filter(|part| part.is_dir());
        let beside = beside.unwrap_or(exercises);
        let fresh = tempfile::Builder::new()
            .prefix(".reset-")
            .tempdir_in(beside)
            .with_context(|| format!("creating a folder in {}", beside.display()))?;
        for (path, text) in &self.restore {
            let file = fresh.path().join(path);
            create_above(&file)?;
            fs::write(&file, text)
                .and_then(|()| fs::File::open(&file)?.sync_all())
                .with_context(|| format!("writing {}", file.display()))?;
        }
        Ok(fresh)
    }

    fn replace(&self, fresh: &Path, backup: &mut Backup) -> Result<()> {
        for moved in &self.moved {
            backup.take(&moved.from, &moved.name)?;
        }
        for path in self.restore.keys() {
            let to = self.folder.join(path);
            create_above(&to)?;
            fs::rename(fresh.join(path), &to)
                .with_context(|| format!("putting {} back", to.display()))?;
        }
        Ok(())
    }
}

fn kind(path: &Path) -> Result<Option<FileType>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("looking at {}", path.display())),
    }
}

fn create_above(file: &Path) -> Result<()> {
    match file.parent() {
        Some(above) => {
            fs::create_dir_all(above).with_context(|| format!("creating {}", above.display()))
        }
        None => Ok(()),
    }
}

fn is_same(present: &[u8], given: &str) -> bool {
    present == given.as_bytes()
        || std::str::from_utf8(present).is_ok_and(|present| present.replace("\r\n", "\n") == given)
}

/// What is in order afterwards.
fn subject(exercise: &Exercise, checks: bool) -> String {
    let name = paint(STRONG, format!("{} {}", exercise.number, exercise.name));
    let symbol = paint(GOOD, "✓");
    if checks {
        format!("{symbol} the manifest and the checks of {name} are as they were given")
    } else {
        format!("{symbol} {name} is as it was given")
    }
}

fn done(desk: &Desk, subject: &str, plan: &Plan, backup: &Backup) -> String {
    let mut out = format!("{subject}\n");
    let lines = [
        ("put back", plan.restore.keys().collect::<Vec<_>>()),
        (
            "moved away",
            plan.moved.iter().map(|moved| &moved.name).collect(),
        ),
    ];
    for (label, names) in lines {
        for name in names {
            out.push_str(&hanging(label, COLUMN, name, usize::MAX));
        }
    }
    for folder in backup.folders() {
        let folder = desk.places.shown(folder);
        let _ = write!(out, "{}", hanging("kept in", COLUMN, &folder, usize::MAX));
    }
    out
}
