//! What is done where there is no `/proc`: the process group is ended; memory
//! and file size are not limited, and a compiler that hangs is ended with its
//! cargo.

use std::collections::HashMap;
use std::process::Child;
use std::time::{Duration, Instant};

use super::child::Allowance;

/// Orphans are not given to this process here.
pub(crate) fn adopt_orphans() {}

/// There are none to end.
pub(crate) fn end_orphans() {}

/// Time is limited by the caller; nothing else is.
pub(super) fn limit(_child: &Child, _allowance: Allowance) {}

/// Ends the process's group.
pub(super) fn end_descendants(leader: u32, _run: &str) {
    kill_group(leader);
}

/// Ends a whole process group.
fn kill_group(leader: u32) {
    #[cfg(unix)]
    if let Some(pid) = i32::try_from(leader)
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // It fails when the group is already empty.
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = leader;
}

/// Ends one process.
pub(crate) fn end_process(process: u32) {
    #[cfg(unix)]
    if let Some(pid) = i32::try_from(process)
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // It fails when the process is already gone.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = process;
}

/// Compilers are not told apart here: cargo itself is named once it has worked
/// for longer than the longest limit.
pub(crate) fn slow_compilers(
    cargo: u32,
    limits: &HashMap<String, Duration>,
    since: &mut HashMap<u32, Instant>,
) -> Vec<(String, u32)> {
    let first = *since.entry(cargo).or_insert_with(Instant::now);
    let total: Duration = limits.values().sum();
    if first.elapsed() > total {
        limits.keys().map(|name| (name.clone(), cargo)).collect()
    } else {
        Vec::new()
    }
}
