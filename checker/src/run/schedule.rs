//! Which check runs when: as many at once as there are cores, each once those
//! that it needs have passed.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, PoisonError};

use anyhow::Result;

use super::check::{Ran, RunFolder};
use super::program::Program;
use crate::course::{CheckName, Exercise};
use crate::process;

/// What became of one check.
#[derive(Debug)]
pub(crate) enum Outcome {
    Ran(Box<Ran>),
    /// This check, which it needs, did not pass.
    Skipped(CheckName),
}

enum Slot {
    Waiting,
    Running,
    Done { passed: bool, outcome: Outcome },
}

struct Board<'p> {
    /// By program, the checks in their order.
    slots: Vec<Vec<(&'p CheckName, Slot)>>,
    broken: Option<anyhow::Error>,
}

/// Runs the checks of every program; the outcomes come in the programs' order
/// and in the checks' order. `passed` decides what lets a dependent check run;
/// `progress` is called as each check ends.
///
/// # Errors
///
/// When a process cannot be started: out of memory, or of processes.
pub(crate) fn run_checks(
    folder: &RunFolder,
    programs: &[Program<'_>],
    passed: impl Fn(&Exercise, &CheckName, &Ran) -> bool + Sync,
    progress: impl Fn() + Sync,
) -> Result<Vec<HashMap<CheckName, Outcome>>> {
    process::adopt_orphans();
    let slots = programs
        .iter()
        .map(|program| {
            wanted(program)
                .map(|check| (check, Slot::Waiting))
                .collect()
        })
        .collect();
    let board = Mutex::new(Board {
        slots,
        broken: None,
    });
    let changed = Condvar::new();
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| work(folder, programs, &board, &changed, &passed, &progress));
        }
    });
    process::end_orphans();
    let board = board.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(error) = board.broken {
        return Err(error);
    }
    Ok(board.slots.into_iter().map(outcomes).collect())
}

fn outcomes(slots: Vec<(&CheckName, Slot)>) -> HashMap<CheckName, Outcome> {
    slots
        .into_iter()
        .filter_map(|(check, slot)| match slot {
            Slot::Done { outcome, .. } => Some((check.clone(), outcome)),
            Slot::Waiting | Slot::Running => None,
        })
        .collect()
}

/// The checks that were asked for, and those that they need.
fn wanted<'p>(program: &'p Program<'_>) -> impl Iterator<Item = &'p CheckName> {
    let exercise = program.exercise;
    let mut wanted: Vec<&CheckName> = program.only.iter().collect();
    let mut next = 0;
    while let Some(check) = wanted.get(next).copied() {
        wanted.extend(exercise.needs(check));
        next += 1;
    }
    exercise
        .checks
        .iter()
        .map(|check| &check.name)
        .filter(move |name| program.only.is_empty() || wanted.contains(name))
}

fn work(
    folder: &RunFolder,
    programs: &[Program<'_>],
    board: &Mutex<Board<'_>>,
    changed: &Condvar,
    passed: &(impl Fn(&Exercise, &CheckName, &Ran) -> bool + Sync),
    progress: &(impl Fn() + Sync),
) {
    let mut guard = board.lock().unwrap_or_else(PoisonError::into_inner);
    while guard.broken.is_none() {
        match guard.next(programs) {
            Next::Run(program, slot, check) => {
                drop(guard);
                let ran = folder.run(&programs[program], &check);
                guard = board.lock().unwrap_or_else(PoisonError::into_inner);
                match ran {
                    Ok(ran) => {
                        let passed = passed(programs[program].exercise, &check, &ran);
                        guard.slots[program][slot].1 = Slot::Done {
                            passed,
                            outcome: Outcome::Ran(Box::new(ran)),
                        };
                    }
                    Err(error) => guard.broken = Some(error),
                }
                progress();
                changed.notify_all();
            }
            Next::Wait => guard = changed.wait(guard).unwrap_or_else(PoisonError::into_inner),
            Next::Finished => return,
        }
    }
}

enum Next {
    Run(usize, usize, CheckName),
    Wait,
    Finished,
}

impl Board<'_> {
    /// Takes the first check that can run; settles those that never can.
    fn next(&mut self, programs: &[Program<'_>]) -> Next {
        let mut running = false;
        for (p, program) in programs.iter().enumerate() {
            for s in 0..self.slots[p].len() {
                let (check, slot) = &self.slots[p][s];
                match slot {
                    Slot::Done { .. } => continue,
                    Slot::Running => {
                        running = true;
                        continue;
                    }
                    Slot::Waiting => {}
                }
                let check = (*check).clone();
                match self.needs(p, program.exercise.needs(&check)) {
                    Needs::Met => {
                        self.slots[p][s].1 = Slot::Running;
                        return Next::Run(p, s, check);
                    }
                    Needs::Open => running = true,
                    Needs::Failed(need) => {
                        self.slots[p][s].1 = Slot::Done {
                            passed: false,
                            outcome: Outcome::Skipped(need),
                        };
                    }
                }
            }
        }
        if running { Next::Wait } else { Next::Finished }
    }

    fn needs(&self, program: usize, needs: &[CheckName]) -> Needs {
        let mut open = false;
        for need in needs {
            match self.slots[program]
                .iter()
                .find(|(check, _)| *check == need)
                .map(|(_, slot)| slot)
            {
                Some(Slot::Done { passed: true, .. }) | None => {}
                Some(Slot::Done { passed: false, .. }) => return Needs::Failed(need.clone()),
                Some(Slot::Waiting | Slot::Running) => open = true,
            }
        }
        if open { Needs::Open } else { Needs::Met }
    }
}

enum Needs {
    Met,
    Open,
    Failed(CheckName),
}
