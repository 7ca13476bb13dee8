//! What only Linux offers: limits on a process that already runs, a parent for
//! orphans, and a look at every process there is.

use std::collections::HashMap;
use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal};
use witness::evidence::env;

use super::child::Allowance;

/// How long descendants may take to die.
const GRACE: Duration = Duration::from_secs(2);

/// Makes orphaned descendants children of this process, where they are found.
pub(crate) fn adopt_orphans() {
    // Without it, a descendant that left its group is found by its environment
    // alone.
    let _ = rustix::process::set_child_subreaper(Pid::from_raw(1));
}

/// Ends every orphan that was given to us: descendants that left their group
/// and cleared their environment. Only when no process of ours is wanted.
pub(crate) fn end_orphans() {
    let own = std::process::id();
    let until = Instant::now() + GRACE;
    loop {
        let orphans: Vec<Pid> = processes()
            .filter(|process| process.parent == own)
            .filter_map(|process| pid(process.id))
            .collect();
        if orphans.is_empty() || Instant::now() > until {
            return;
        }
        for orphan in orphans {
            let _ = rustix::process::kill_process(orphan, Signal::KILL);
            let _ = rustix::process::waitpid(Some(orphan), rustix::process::WaitOptions::empty());
        }
    }
}

/// Puts the limits on a process that has been started and waits for its input.
pub(super) fn limit(child: &Child, allowance: Allowance) {
    let Some(pid) = pid(child.id()) else { return };
    let limits = [
        (Resource::As, allowance.memory),
        (Resource::Fsize, allowance.file),
        (Resource::Core, 0),
    ];
    for (resource, bytes) in limits {
        let limit = Rlimit {
            current: Some(bytes),
            maximum: Some(bytes),
        };
        // It fails only for a process that is already gone.
        let _ = rustix::process::prlimit(Some(pid), resource, limit);
    }
}

/// Ends the process's group and every process that bears the run's id in its
/// environment or descends from one that does.
pub(super) fn end_descendants(leader: u32, run: &str) {
    kill_group(leader);
    let until = Instant::now() + GRACE;
    loop {
        let strays = strays(run);
        if strays.is_empty() || Instant::now() > until {
            return;
        }
        for stray in &strays {
            if let Some(pid) = pid(*stray) {
                let _ = rustix::process::kill_process(pid, Signal::KILL);
                // Reaps it if it was given to us; the leader is waited for by
                // whoever started it.
                if *stray != leader {
                    let _ =
                        rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::NOHANG);
                }
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Ends a whole process group.
fn kill_group(leader: u32) {
    if let Some(pid) = pid(leader) {
        // It fails when the group is already empty.
        let _ = rustix::process::kill_process_group(pid, Signal::KILL);
    }
}

/// Ends one process.
pub(crate) fn end_process(process: u32) {
    if let Some(pid) = pid(process) {
        // It fails when the process is already gone.
        let _ = rustix::process::kill_process(pid, Signal::KILL);
    }
}

/// The compilers of packages that `cargo` has had running for longer than
/// their limit: package and process. `since` remembers when each was first
/// seen.
pub(crate) fn slow_compilers(
    cargo: u32,
    limits: &HashMap<String, Duration>,
    since: &mut HashMap<u32, Instant>,
) -> Vec<(String, u32)> {
    let mut slow = Vec::new();
    for process in processes().filter(|process| process.parent == cargo) {
        let Some((name, limit)) = package_of(process.id).and_then(|name| {
            let limit = *limits.get(&name)?;
            Some((name, limit))
        }) else {
            continue;
        };
        let first = *since.entry(process.id).or_insert_with(Instant::now);
        if first.elapsed() > limit {
            slow.push((name, process.id));
        }
    }
    slow
}

/// The package that a compiler works on: cargo puts its name there.
fn package_of(process: u32) -> Option<String> {
    let environment = fs::read(format!("/proc/{process}/environ")).ok()?;
    environment
        .split(|byte| *byte == 0)
        .find_map(|entry| entry.strip_prefix(b"CARGO_PKG_NAME="))
        .and_then(|name| String::from_utf8(name.to_vec()).ok())
}

struct Process {
    id: u32,
    parent: u32,
    zombie: bool,
}

fn processes() -> impl Iterator<Item = Process> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The program's name, in parentheses, may hold anything.
            let (_, rest) = stat.rsplit_once(") ")?;
            let mut fields = rest.split(' ');
            let zombie = fields.next()? == "Z";
            let parent = fields.next()?.parse().ok()?;
            Some(Process { id, parent, zombie })
        })
}

fn strays(run: &str) -> Vec<u32> {
    let mark = format!("{}={run}", env::RUN);
    let own = std::process::id();
    let processes: Vec<Process> = processes().filter(|process| process.id != own).collect();
    let mut found: Vec<u32> = Vec::new();
    for process in &processes {
        let marked = fs::read(format!("/proc/{}/environ", process.id)).is_ok_and(|environment| {
            environment
                .split(|byte| *byte == 0)
                .any(|entry| entry == mark.as_bytes())
        });
        if marked && !process.zombie {
            found.push(process.id);
        }
    }
    // Descendants that cleared their environment.
    let mut grew = true;
    while grew {
        grew = false;
        for process in &processes {
            if !process.zombie && found.contains(&process.parent) && !found.contains(&process.id) {
                found.push(process.id);
                grew = true;
            }
        }
    }
    found
}

fn pid(raw: u32) -> Option<Pid> {
    i32::try_from(raw).ok().and_then(Pid::from_raw)
}
