//! One process, from its start to the end of the last of its descendants.

use std::io::Write;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::capture::{Captured, collect};
use super::system;

/// How long output is still read after the process and its descendants have
/// ended: a `setsid` child that escaped us may hold the stream open.
const DRAIN: Duration = Duration::from_millis(200);
/// How often a process is asked whether it has ended.
const POLL: Duration = Duration::from_millis(10);

/// How far a process may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    pub(crate) time: Duration,
    /// Address space, in bytes; enforced on Linux.
    pub(crate) memory: u64,
    /// The largest file that it may write, in bytes; enforced on Linux.
    pub(crate) file: u64,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Exited(i32),
    /// Ended by a signal that was not ours.
    Signaled(i32),
    /// Ended by us, at the limit of its time.
    TimedOut,
}

/// A process that is over.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) ending: Ending,
    pub(crate) duration: Duration,
    pub(crate) stdout: Captured,
    pub(crate) stderr: Captured,
}

/// Runs `command` in a process group of its own. `stdin` is sent once the
/// limits are in force. `run` is the value of [`witness::evidence::env::RUN`]
/// in the command's environment.
///
/// # Errors
///
/// When the process cannot be started or waited for.
pub(crate) fn run(
    command: &mut Command,
    run: &str,
    stdin: &[u8],
    allowance: Allowance,
) -> Result<Ended> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let program = command.get_program().to_string_lossy().into_owned();
    let begun = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("starting {program}"))?;

    let (done, ends) = mpsc::channel();
    let stdout = child
        .stdout
        .take()
        .map(|stream| collect(stream, done.clone()));
    let stderr = child.stderr.take().map(|stream| collect(stream, done));

    system::limit(&child, allowance);
    if let Some(mut input) = child.stdin.take() {
        // A process that closed its standard input, or is gone, can't be told.
        let _ = input.write_all(stdin);
    }

    let status = wait(&mut child, &ends, begun + allowance.time);
    let duration = begun.elapsed();
    system::end_descendants(child.id(), run);
    let ending = match status.with_context(|| format!("waiting for {program}"))? {
        Some(status) => ending(status),
        None => {
            child.kill().ok();
            child
                .wait()
                .with_context(|| format!("waiting for {program}"))?;
            Ending::TimedOut
        }
    };
    let until = Instant::now() + DRAIN;
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        if ends.recv_timeout(left) == Err(RecvTimeoutError::Disconnected) {
            break;
        }
    }
    Ok(Ended {
        ending,
        duration,
        stdout: snapshot(stdout),
        stderr: snapshot(stderr),
    })
}

/// `None` when the deadline came first.
fn wait(
    child: &mut Child,
    ends: &mpsc::Receiver<()>,
    deadline: Instant,
) -> std::io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        let Some(left) = deadline.checked_duration_since(Instant::now()) else {
            return Ok(None);
        };
        // Both streams at their end: the process is about to end, or has
        // closed them and goes on.
        if ends.recv_timeout(left.min(POLL)) == Err(RecvTimeoutError::Disconnected) {
            std::thread::sleep(left.min(Duration::from_millis(1)));
        }
    }
}

fn ending(status: ExitStatus) -> Ending {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Ending::Signaled(signal);
    }
    Ending::Exited(status.code().unwrap_or(-1))
}

fn snapshot(captured: Option<Arc<Mutex<Captured>>>) -> Captured {
    captured
        .map(|shared| {
            shared
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
        })
        .unwrap_or_default()
}
