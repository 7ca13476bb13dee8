//! Programs that belong to the person at the terminal, and short questions to
//! others.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::child::{Allowance, Ending, run};

/// How long a program may think about a question such as `--version`.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs an editor with the terminal as its own; whether it ended well.
///
/// # Errors
///
/// When it cannot be started.
pub(crate) fn foreground(
    program: &Path,
    arguments: &[OsString],
    files: &[PathBuf],
) -> Result<bool> {
    let status = Command::new(program)
        .args(arguments)
        .args(files)
        .status()
        .with_context(|| format!("starting {}", program.display()))?;
    Ok(status.success())
}

/// Asks a program something; the answer is what it prints.
///
/// # Errors
///
/// When it cannot be started, does not end, or says that it failed: the
/// message holds what it printed.
pub(crate) fn ask(program: &Path, arguments: &[&str], folder: &Path) -> Result<String> {
    let allowance = Allowance {
        time: PATIENCE,
        memory: u64::MAX,
        file: u64::MAX,
    };
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    // No descendant can carry this in its environment.
    let ended = run(&mut command, "asked", b"", allowance)?;
    let shown = program.display();
    match ended.ending {
        Ending::Exited(0) => Ok(ended.stdout.text()),
        Ending::TimedOut => anyhow::bail!("{shown} did not answer in {} s", PATIENCE.as_secs()),
        _ => anyhow::bail!("{shown} failed: {}", ended.stderr.text().trim()),
    }
}

/// The program of this name: a path that exists, or one found on the `PATH`.
pub(crate) fn find_program(name: &Path) -> Option<PathBuf> {
    if name.as_os_str().is_empty() {
        return None;
    }
    if name.components().count() > 1 || name.is_absolute() {
        return name.is_file().then(|| name.to_owned());
    }
    let extensions = match cfg!(windows) {
        true => vec!["exe", "cmd", "bat"],
        false => Vec::new(),
    };
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .flat_map(|path| {
            let with = extensions.iter().map(|end| path.with_extension(end));
            std::iter::once(path.clone())
                .chain(with)
                .collect::<Vec<_>>()
        })
        .find(|path| path.is_file())
}
