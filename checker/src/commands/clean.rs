//! `clean`: removes what the checker keeps, and nothing else.

use std::fmt::Write as _;
use std::fs::{self, DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use super::desk::Desk;
use super::watcher::Watcher;
use crate::cli::CleanArgs;
use crate::exit::Exit;
use crate::grader::Observer;
use crate::report::text::style::{GOOD, paint};
use crate::staging::StageLock;
use crate::terminal;

/// The folder of a run that was written to within this time may be in use:
/// checks run without the stage's lock.
const RUNNING: Duration = Duration::from_secs(10 * 60);
/// What is locked must stay: somebody may be waiting for this very file.
const LOCKS: [&str; 2] = ["lock", "progress.lock"];

/// What was removed, and what was not.
#[derive(Debug, Default)]
struct Sum {
    files: u64,
    bytes: u64,
    running: bool,
}

/// Removes stages and libraries; with `--progress` also what is remembered.
/// Copies that `reset` made are always kept.
pub(crate) fn clean(desk: &Desk, args: &CleanArgs) -> Result<Exit> {
    let watcher = Watcher::new(false);
    let scratch = desk.places.scratch();
    let mut sum = Sum::default();
    // Libraries are shared by all stages, so every stage is waited for.
    let stages = stages(&scratch)?;
    let locks = stages
        .iter()
        .map(|stage| StageLock::take(stage, || watcher.waiting()))
        .collect::<Result<Vec<_>>>()?;
    for stage in &stages {
        sum.empty_stage(stage)?;
    }
    for entry in entries(&scratch)? {
        let name = entry.file_name().to_string_lossy().into_owned();
        let holds_stage = stages.iter().any(|stage| stage.starts_with(entry.path()));
        if !holds_stage && !name.starts_with("state-") {
            sum.remove(&entry)?;
        }
    }
    drop(locks);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} removed {} from {}",
        paint(GOOD, "✓"),
        sum.shown(),
        desk.places.shown(&scratch)
    );
    if sum.running {
        text.push_str("  a run that may still be going on was left alone\n");
    }
    if args.progress {
        let mut sum = Sum::default();
        let kept = forget(&desk.places.state, &mut sum)?;
        let _ = writeln!(
            text,
            "{} forgot your progress: removed {} from {}",
            paint(GOOD, "✓"),
            sum.shown(),
            desk.places.shown(&desk.places.state)
        );
        if let Some(kept) = kept {
            let _ = writeln!(
                text,
                "  the copies that `reset` made are still in {}",
                desk.places.shown(&kept)
            );
        }
    }
    terminal::print(&text)?;
    Ok(Exit::Success)
}

/// Removes progress and kept databases; returns the copies that stay.
fn forget(state: &Path, sum: &mut Sum) -> Result<Option<PathBuf>> {
    let mut kept = None;
    if !state.is_dir() {
        return Ok(None);
    }
    let lock = state.join("progress.lock");
    let lock = File::create(&lock).with_context(|| format!("creating {}", lock.display()))?;
    lock.lock()
        .with_context(|| format!("waiting for {}", state.display()))?;
    for entry in entries(state)? {
        if entry.file_name() == "backups" {
            kept = Some(entry.path());
        } else if !is_lock(&entry) {
            sum.remove(&entry)?;
        }
    }
    Ok(kept)
}

impl Sum {
    fn empty_stage(&mut self, stage: &Path) -> Result<()> {
        for entry in entries(stage)? {
            if entry.file_name() == "runs" && is_folder(&entry) {
                for run in entries(&entry.path())? {
                    let age = run.metadata().and_then(|metadata| metadata.modified());
                    let age = age.ok().and_then(|time| time.elapsed().ok());
                    if age.is_some_and(|age| age < RUNNING) {
                        self.running = true;
                    } else {
                        self.remove(&run)?;
                    }
                }
            } else if !is_lock(&entry) {
                self.remove(&entry)?;
            }
        }
        Ok(())
    }

    /// Removes a file, a link (never what it points to), or a whole folder.
    fn remove(&mut self, entry: &DirEntry) -> Result<()> {
        let path = entry.path();
        let before = (self.files, self.bytes);
        self.count(entry);
        let removed = if is_folder(entry) {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path).or_else(|error| {
                // A link to a folder is a folder to Windows.
                fs::remove_dir(&path).map_err(|_| error)
            })
        };
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                (self.files, self.bytes) = before;
                Ok(())
            }
            other => other.with_context(|| format!("removing {}", path.display())),
        }
    }

    fn count(&mut self, entry: &DirEntry) {
        if is_folder(entry) {
            // What cannot be read is not counted; removing it will say so.
            for child in fs::read_dir(entry.path()).into_iter().flatten().flatten() {
                self.count(&child);
            }
        } else {
            self.files += 1;
            self.bytes += entry.metadata().map_or(0, |metadata| metadata.len());
        }
    }

    /// `12 files, 3.4 MB`.
    fn shown(&self) -> String {
        let files = match self.files {
            0 => return "nothing".to_owned(),
            1 => "1 file".to_owned(),
            files => format!("{files} files"),
        };
        format!("{files}, {}", size(self.bytes))
    }
}

/// `999 bytes`, `1.2 kB`, `34.5 MB`, `6.7 GB`.
pub(super) fn size(bytes: u64) -> String {
    let mut amount = bytes as f64;
    for unit in ["bytes", "kB", "MB"] {
        if amount < 999.95 {
            return match unit {
                "bytes" => format!("{bytes} bytes"),
                unit => format!("{amount:.1} {unit}"),
            };
        }
        amount /= 1000.0;
    }
    format!("{amount:.1} GB")
}

/// What lies in `folder`; nothing if there is no such folder.
fn entries(folder: &Path) -> Result<Vec<DirEntry>> {
    // A link in place of the folder leads to something that is not ours.
    let is_ours = fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir());
    if !is_ours {
        return Ok(Vec::new());
    }
    let reading = || format!("reading {}", folder.display());
    fs::read_dir(folder)
        .with_context(reading)?
        .collect::<io::Result<_>>()
        .with_context(reading)
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_dir())
}

/// Every folder that is built in, each with a lock of its own.
fn stages(scratch: &Path) -> Result<Vec<PathBuf>> {
    let mut stages = Vec::new();
    for entry in entries(scratch)?.iter().filter(|entry| is_folder(entry)) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("stage-") {
            stages.push(entry.path());
        } else if name.starts_with("workbench-") {
            let benches = entries(&entry.path())?;
            stages.extend(
                benches
                    .iter()
                    .filter(|bench| is_folder(bench))
                    .map(DirEntry::path),
            );
        }
    }
    Ok(stages)
}

fn is_lock(entry: &DirEntry) -> bool {
    LOCKS.iter().any(|lock| entry.file_name() == *lock)
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_have_three_digits_and_a_unit() {
        let shown = [0, 999, 1_000, 34_567_890, 1_200_000_000].map(super::size);
        assert_eq!(
            shown,
            ["0 bytes", "999 bytes", "1.0 kB", "34.6 MB", "1.2 GB"]
        );
    }
}
