//! Runs cargo over a stage.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::messages::{Built, Listener};
use crate::places::Places;
use crate::process;
use crate::staging::Stage;
use crate::toolchain::Toolchain;

/// How often compilers are looked at.
const POLL: Duration = Duration::from_millis(100);

/// What to build, and how.
pub(crate) struct BuildRequest<'a> {
    pub(crate) stage: &'a Stage,
    /// Package names in the stage, each with the limit of its rustc.
    pub(crate) packages: HashMap<String, Duration>,
    pub(crate) color: bool,
    /// Called with the name of each package as it is finished, ours or not.
    pub(crate) progress: &'a dyn Fn(&str),
}

/// Builds the checks of every package asked for; a crate that does not compile
/// stops nobody.
///
/// # Errors
///
/// When cargo itself cannot work: it is missing, offline without the
/// packages, or without a C compiler.
pub(crate) fn build(
    places: &Places,
    toolchain: &Toolchain,
    request: &BuildRequest<'_>,
) -> Result<HashMap<String, Built>> {
    let stage = request.stage;
    let mut command = Command::new(&toolchain.cargo);
    command
        .current_dir(&stage.folder)
        .args(["build", "--tests", "--keep-going"]);
    command.arg(if request.color {
        "--message-format=json-diagnostic-rendered-ansi"
    } else {
        "--message-format=json"
    });
    command.arg("--target-dir").arg(&places.target);
    command.arg(if stage.locked {
        "--locked"
    } else {
        "--offline"
    });
    for package in request.packages.keys() {
        command.arg("--package").arg(package);
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // It stays in our process group, so that Ctrl-C reaches it as well.

    let mut child = command.spawn().with_context(|| {
        format!(
            "starting {}; the checker needs the cargo that it was built with",
            toolchain.cargo.display()
        )
    })?;
    let guard = Guard(child.id());
    let stdout = child.stdout.take().context("reading what cargo prints")?;
    let stderr = child.stderr.take().context("reading what cargo prints")?;
    let (lines, messages) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            if lines.send(line).is_err() {
                return;
            }
        }
    });
    let said = std::thread::spawn(move || {
        let mut text = Vec::new();
        BufReader::new(stderr).read_to_end(&mut text).ok();
        String::from_utf8_lossy(&text).into_owned()
    });

    let mut listener = Listener::new(request.packages.keys().cloned());
    let mut since = HashMap::new();
    let mut looked = Instant::now();
    loop {
        match messages.recv_timeout(POLL) {
            Ok(line) => {
                if let Some(package) = listener.hear(&line) {
                    (request.progress)(&package);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if looked.elapsed() >= POLL {
            looked = Instant::now();
            for (name, compiler) in
                process::slow_compilers(child.id(), &request.packages, &mut since)
            {
                process::end_process(compiler);
                listener.out_of_time(&name);
            }
        }
    }
    let status = child.wait().context("waiting for cargo")?;
    // Its id may be another process's by now.
    std::mem::forget(guard);
    let said = said.join().unwrap_or_default();
    if !listener.finished() {
        bail!("{}", explain(&said, status.code(), &stage.folder));
    }
    Ok(listener.into_built(&places.scratch()))
}

/// Ends cargo if we return early.
struct Guard(u32);

impl Drop for Guard {
    fn drop(&mut self) {
        process::end_process(self.0);
    }
}

fn explain(said: &str, code: Option<i32>, stage: &Path) -> String {
    let remedy = if said.contains("cannot update the lock file") {
        "the lock file of the course is out of date; its author runs `checker dev sync`"
    } else if said.contains("no matching package")
        || said.contains("failed to download")
        || said.contains("offline")
    {
        "cargo could not get the packages that the exercises need; run `cargo fetch` once while you are online"
    } else if said.contains("failed to find tool")
        || said.contains("cc` not found")
        || said.contains("is the compiler installed")
    {
        "SQLite is compiled from C: install a C compiler (the README says how, per platform)"
    } else {
        "this is a fault of the checker or of its surroundings, not of your code; `checker doctor` looks for the usual causes"
    };
    let code = code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
    format!(
        "cargo could not build in {} ({code})\n{remedy}\n\n{}",
        stage.display(),
        said.trim()
    )
}
