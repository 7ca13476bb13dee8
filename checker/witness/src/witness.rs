//! What a check is given: databases, and values that vary.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::database::Database;
use crate::failure::{Failure, Outcome};
use crate::faults::child::Order;
use crate::seed::{NAMES, Seed};
use crate::trace::Trace;
use crate::watch::Watch;

/// Whether a connection enforces foreign keys before anything is said about
/// them. The SQLite that rusqlite bundles is built with ON, every other tool's
/// with OFF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKeys {
    /// `PRAGMA foreign_keys` is 0 until the code sets it.
    Off,
    /// `PRAGMA foreign_keys` is 1 until the code sets it.
    On,
}

/// The check's view of its own surroundings. One for each check.
#[derive(Debug)]
pub struct Witness {
    folder: PathBuf,
    seed: Seed,
    watch: Arc<Watch>,
    databases: Mutex<BTreeSet<String>>,
    calls: AtomicUsize,
    order: Option<Order>,
}

impl Witness {
    pub(crate) fn new(folder: PathBuf, seed: Seed, watch: Arc<Watch>) -> Self {
        Self {
            folder,
            seed,
            watch,
            databases: Mutex::default(),
            calls: AtomicUsize::new(0),
            order: Order::given(),
        }
    }

    /// The statements that run from here on, those of the witness excepted.
    #[must_use]
    pub fn trace(&self) -> Trace {
        Trace::from_here(&self.watch)
    }

    /// The check's own folder, an absolute path. It is removed afterwards.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A new, empty database file.
    ///
    /// # Errors
    /// When the file can't be made.
    pub fn database(&self) -> Outcome<Database> {
        self.create("database")
    }

    /// A new database file of that name, for checks that need several.
    ///
    /// # Errors
    /// When the file can't be made.
    pub fn database_named(&self, name: &str) -> Outcome<Database> {
        self.create(name)
    }

    /// A new database file in which `sql` has been run, with foreign keys off
    /// so that a fixture may hold what the code under test must cope with.
    ///
    /// # Errors
    /// When the file can't be made or `sql` fails.
    pub fn database_with(&self, sql: &str) -> Outcome<Database> {
        let db = self.create("database")?;
        db.prepare(sql)?;
        Ok(db)
    }

    /// A database whose file does not exist yet: the code under test is to
    /// make it, at [`Database::path`].
    #[must_use]
    pub fn future_database(&self, name: &str) -> Database {
        Database::new(self.unused(name), Arc::clone(&self.watch))
    }

    /// The database in a file that the code under test made, wherever it is.
    /// A relative path is taken from the check's folder.
    #[must_use]
    pub fn database_at(&self, path: impl AsRef<Path>) -> Database {
        Database::new(self.folder.join(path), Arc::clone(&self.watch))
    }

    /// Calls code under test that needs no connection of ours, for example
    /// because it opens one itself.
    ///
    /// # Errors
    /// When the code returns an error; the failure says which.
    pub fn run<T, E: Display>(&self, code: impl FnOnce() -> Result<T, E>) -> Outcome<T> {
        code().map_err(|error| Failure::returned(&error))
    }

    /// Calls code under test that must refuse, and hands over its error.
    ///
    /// # Errors
    /// When the code returns `Ok`.
    pub fn fails<T, E>(&self, code: impl FnOnce() -> Result<T, E>) -> Outcome<E> {
        match code() {
            Ok(_) => Err(Failure::should_have_failed()),
            Err(error) => Ok(error),
        }
    }

    /// From here on every connection of this check starts this way, whoever
    /// opens it. Unless this is called, connections handed over by
    /// [`Database::run`] and [`Database::open`] start with foreign keys off, so
    /// that luck is caught, and those that the code opens itself start as the
    /// bundled SQLite was built: on.
    pub fn foreign_keys(&self, start: ForeignKeys) {
        self.watch.set_foreign_keys(start);
    }

    /// One of several values, chosen by the seed.
    ///
    /// # Panics
    /// When there is nothing to choose from.
    #[must_use]
    pub fn pick<'a, T>(&self, choices: &'a [T]) -> &'a T {
        let index = self.seed.below(choices.len() as u64) as usize;
        choices.get(index).expect("something to pick from")
    }

    /// A given name, chosen by the seed. Two in a row may be equal.
    #[must_use]
    pub fn name(&self) -> String {
        (*self.pick(&NAMES)).to_owned()
    }

    /// So many different names, chosen by the seed, at most 24.
    #[must_use]
    pub fn names(&self, count: usize) -> Vec<String> {
        let start = self.seed.below(NAMES.len() as u64) as usize;
        let mut names: Vec<&str> = NAMES.to_vec();
        names.rotate_left(start);
        names.into_iter().take(count).map(str::to_owned).collect()
    }

    /// A number of the range, chosen by the seed; its start, if it is empty.
    #[must_use]
    pub fn number(&self, range: RangeInclusive<i64>) -> i64 {
        let (start, end) = range.into_inner();
        let width = end.abs_diff(start).saturating_add(1);
        if end < start {
            return start;
        }
        start.wrapping_add(self.seed.below(width).cast_signed())
    }

    pub(crate) fn watch(&self) -> &Arc<Watch> {
        &self.watch
    }

    /// Which call for faults this is, counted from 0.
    pub(crate) fn next_call(&self) -> usize {
        self.calls.fetch_add(1, Ordering::SeqCst)
    }

    /// What to do if this process was started to meet a fault.
    pub(crate) fn order(&self) -> Option<&Order> {
        self.order.as_ref()
    }

    /// A database that is not the one to look at unless a failure says so.
    pub(crate) fn copy_at(&self, path: PathBuf) -> Database {
        Database::copy(path, Arc::clone(&self.watch))
    }

    fn create(&self, name: &str) -> Outcome<Database> {
        let path = self.unused(name);
        std::fs::File::create_new(&path).map_err(|error| {
            Failure::new(format!(
                "the check cannot make its database {}: {error}",
                path.display()
            ))
        })?;
        Ok(Database::new(path, Arc::clone(&self.watch)))
    }

    fn unused(&self, name: &str) -> PathBuf {
        let mut taken = self
            .databases
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut stem = name.to_owned();
        let mut number = 1;
        while !taken.insert(stem.clone()) {
            number += 1;
            stem = format!("{name}_{number}");
        }
        self.folder.join(format!("{stem}.db"))
    }
}
