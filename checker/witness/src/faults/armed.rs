//! A fault that waits for its moment.

use std::fmt::{self, Debug};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::trace::begins_with;

/// What goes wrong. Statements and commits are counted from 1.
pub(crate) enum Fault {
    /// The statement of that number is refused, once, while it is prepared.
    Deny(usize),
    /// The process dies before the statement of that number.
    Die(usize),
    /// The file may not grow beyond so many pages.
    Full(u32),
    /// The commit of that number becomes a rollback.
    Veto(usize),
    /// Somebody else comes in as the first transaction begins.
    Interlope(Mutex<Option<Interloper>>),
}

/// What somebody else does with the database.
pub(crate) type Interloper = Box<dyn FnOnce() + Send>;

/// A fault and what has been counted since it was armed.
#[derive(Debug)]
pub(crate) struct Armed {
    fault: Fault,
    /// Only connections to this file are concerned.
    file: PathBuf,
    statements: AtomicUsize,
    commits: AtomicUsize,
    fired: AtomicBool,
}

impl Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deny(number) => write!(f, "Deny({number})"),
            Self::Die(number) => write!(f, "Die({number})"),
            Self::Full(pages) => write!(f, "Full({pages})"),
            Self::Veto(number) => write!(f, "Veto({number})"),
            Self::Interlope(_) => f.write_str("Interlope"),
        }
    }
}

impl Armed {
    pub(crate) fn new(fault: Fault, file: &Path) -> Self {
        Self {
            fault,
            file: file.canonicalize().unwrap_or_else(|_| file.to_path_buf()),
            statements: AtomicUsize::new(0),
            commits: AtomicUsize::new(0),
            fired: AtomicBool::new(false),
        }
    }

    pub(crate) fn concerns(&self, file: &Path) -> bool {
        self.file == file
    }

    /// Whether it happened.
    pub(crate) fn has_fired(&self) -> bool {
        self.fired.load(Ordering::SeqCst)
    }

    /// How many pages a connection's file may have.
    pub(crate) fn page_limit(&self) -> Option<u32> {
        match self.fault {
            Fault::Full(pages) => Some(pages),
            _ => None,
        }
    }

    /// A statement is about to run.
    pub(crate) fn statement_starts(&self, sql: &str) {
        let number = self.statements.fetch_add(1, Ordering::SeqCst) + 1;
        match &self.fault {
            Fault::Die(fatal) if *fatal == number => die(),
            Fault::Interlope(interloper)
                if begins_with(sql, "BEGIN") || begins_with(sql, "SAVEPOINT") =>
            {
                let interloper = interloper
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take();
                if let Some(interloper) = interloper {
                    self.fired.store(true, Ordering::SeqCst);
                    interloper();
                }
            }
            _ => {}
        }
    }

    /// Whether what is being prepared is refused: as many statements as come
    /// before the one to be denied have started, so this is that one.
    pub(crate) fn denies(&self) -> bool {
        match self.fault {
            Fault::Deny(number) => {
                self.statements.load(Ordering::SeqCst) + 1 == number
                    && !self.fired.swap(true, Ordering::SeqCst)
            }
            _ => false,
        }
    }

    /// Whether the commit that begins becomes a rollback.
    pub(crate) fn vetoes(&self) -> bool {
        match self.fault {
            Fault::Veto(number) => {
                let vetoed = self.commits.fetch_add(1, Ordering::SeqCst) + 1 == number;
                self.fired.fetch_or(vetoed, Ordering::SeqCst);
                vetoed
            }
            _ => false,
        }
    }
}

/// As `kill -9` would end it: no destructor runs, no connection is closed,
/// and no core file is written.
fn die() {
    #[cfg(unix)]
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    std::process::abort();
}
