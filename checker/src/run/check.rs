//! One check, in a process of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;
use witness::evidence::env;

use super::evidence::Evidence;
use super::program::Program;
use crate::course::CheckName;
use crate::process::{self, Allowance, Ended};

/// The largest file that a check may write, in bytes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;
/// Folders of runs that were killed are removed after this long.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// The folder of one run: programs, and a folder for every check. It goes with
/// the run.
pub(crate) struct RunFolder {
    folder: TempDir,
}

/// A check that was run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) ended: Ended,
    pub(crate) evidence: Evidence,
    /// The kept copy of the database that a failure points to.
    pub(crate) database: Option<PathBuf>,
}

impl RunFolder {
    /// Creates a folder below `stage`, and removes what killed runs left there.
    ///
    /// # Errors
    ///
    /// When the folder cannot be created.
    pub(crate) fn create(stage: &Path) -> Result<Self> {
        let runs = stage.join("runs");
        fs::create_dir_all(&runs).with_context(|| format!("creating {}", runs.display()))?;
        for old in fs::read_dir(&runs).into_iter().flatten().flatten() {
            let age = old
                .metadata()
                .and_then(|metadata| metadata.modified())
                .ok()
                .and_then(|time| time.elapsed().ok());
            if age.is_some_and(|age| age > STALE) {
                fs::remove_dir_all(old.path()).ok();
            }
        }
        let folder = tempfile::tempdir_in(&runs)
            .with_context(|| format!("creating a folder in {}", runs.display()))?;
        Ok(RunFolder { folder })
    }

    /// Puts a program where the next build cannot change it.
    ///
    /// # Errors
    ///
    /// When it can be neither linked nor copied.
    pub(crate) fn keep_program(&self, package: &str, program: &Path) -> Result<PathBuf> {
        let kept = self
            .folder
            .path()
            .join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
        // Linkers replace a program rather than write into it, so a second
        // name for it keeps the old one.
        fs::hard_link(program, &kept)
            .or_else(|_| fs::copy(program, &kept).map(|_| ()))
            .with_context(|| format!("copying {} to {}", program.display(), kept.display()))?;
        Ok(kept)
    }

    /// Runs one check of `program`.
    pub(super) fn run(&self, program: &Program<'_>, check: &CheckName) -> Result<Ran> {
        let folder =
            tempfile::tempdir_in(self.folder.path()).context("creating a folder for a check")?;
        let work = folder.path().join("work");
        fs::create_dir(&work).with_context(|| format!("creating {}", work.display()))?;
        let evidence = folder.path().join("evidence.jsonl");
        let run = random_hex()?;
        let secret = random_hex()?;

        let mut command = Command::new(&program.path);
        command
            .args(["--exact", check.as_str(), "--nocapture", "--test-threads=1"])
            .current_dir(&work)
            .env_clear();
        for kept in ["PATH", "SystemRoot", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command
            .env("HOME", &work)
            .env("TMPDIR", &work)
            .env("TEMP", &work)
            .env("TMP", &work)
            .env("RUST_BACKTRACE", "0")
            .env(env::EVIDENCE, &evidence)
            .env(env::PARENT, std::process::id().to_string())
            .env(env::SUBMISSION, program.submission)
            .env(env::SEED, program.seed.to_string())
            .env(env::RUN, &run);
        let limits = program.exercise.manifest.limits;
        let allowance = Allowance {
            time: limits.check(),
            memory: limits.memory(),
            file: LARGEST_FILE,
        };
        let ended = process::run(
            &mut command,
            &run,
            format!("{secret}\n").as_bytes(),
            allowance,
        )?;

        let evidence = Evidence::read(&evidence, &secret);
        let left = evidence
            .failure
            .as_ref()
            .and_then(|failure| failure.database.as_ref())
            .or_else(|| {
                evidence
                    .panic
                    .as_ref()
                    .and_then(|panic| panic.database.as_ref())
            });
        let database = match (left, program.keep_databases) {
            (Some(left), Some(folder)) => {
                keep_database(&work, left, &folder.join(format!("{check}.sqlite")))
            }
            _ => None,
        };
        Ok(Ran {
            ended,
            evidence,
            database,
        })
    }
}

/// Copies the database and what belongs to it; `None` if it is not a file of
/// the check's own folder, or is gone.
fn keep_database(work: &Path, left: &Path, kept: &Path) -> Option<PathBuf> {
    let work = work.canonicalize().ok()?;
    let left = work.join(left).canonicalize().ok()?;
    if !left.starts_with(&work) || !left.is_file() {
        return None;
    }
    fs::create_dir_all(kept.parent()?).ok()?;
    for suffix in ["", "-journal", "-wal"] {
        let suffixed = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        let (from, to) = (suffixed(&left), suffixed(kept));
        fs::remove_file(&to).ok();
        if from.is_file() {
            fs::copy(from, to).ok()?;
        }
    }
    Some(kept.to_owned())
}

/// 128 bits that a submission cannot guess.
fn random_hex() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("asking the system for random bytes: {error}"))?;
    Ok(crate::digest::hex(&bytes))
}
