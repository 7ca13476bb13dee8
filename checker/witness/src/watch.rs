//! What is seen of one check while it runs: its connections, the statements
//! on them, its panics.
//!
//! Under `cargo test` several checks share a process, so a connection is
//! attributed by where its file lies, then by the thread that opens it, then,
//! if only one check is running, to that one.

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::evidence::Statement;
use crate::faults::Armed;
use crate::onlooker::Onlooker;
use crate::place;
use crate::trace;
use crate::witness::ForeignKeys;

/// Backtraces are taken of so many statements; further ones have no place.
const BACKTRACES: usize = 200;
/// Statements kept; further ones are not seen. A check that expects so many
/// is none that a reader can follow.
const STATEMENTS: usize = 50_000;
/// Bytes kept of a statement with its values put in.
const EXPANDED: usize = 4_096;
/// Bytes kept of a statement's text.
const TEXT: usize = 1 << 20;
/// Errors of SQLite's that are kept, the last ones.
const ERRORS: usize = 16;
/// Statements that a failure carries.
pub(crate) const SHOWN: usize = 30;
/// So many runs of a statement in a row are told as one. Fewer are told one by
/// one: their values may matter.
const REPEATED: usize = 4;

static RUNNING: Mutex<Vec<Arc<Watch>>> = Mutex::new(Vec::new());

thread_local! {
    static CURRENT: RefCell<Option<Arc<Watch>>> = const { RefCell::new(None) };
}

/// One for each check, and for its whole duration.
#[derive(Debug)]
pub(crate) struct Watch {
    check: String,
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    foreign_keys: Option<ForeignKeys>,
    databases: Vec<PathBuf>,
    /// Of each connection, the first first; empty for one in memory.
    connections: Vec<PathBuf>,
    seen: Vec<Seen>,
    traced: usize,
    panics: Vec<SeenPanic>,
    errors: VecDeque<SeenError>,
    armed: Option<Arc<Armed>>,
    onlooker: Option<Arc<Onlooker>>,
}

/// What SQLite refused, and who had asked.
#[derive(Clone, Debug)]
struct SeenError {
    log: String,
    backtrace: Arc<Backtrace>,
}

impl SeenError {
    /// The error itself: SQLite logs it with the statement.
    fn words(&self) -> &str {
        let words = match self.log.strip_prefix("statement aborts at ") {
            Some(rest) => rest.split_once(": ").map_or(rest, |(_, words)| words),
            None => &self.log,
        };
        ["; [", " in \""]
            .into_iter()
            .filter_map(|statement| words.split_once(statement))
            .map(|(words, _)| words)
            .min_by_key(|words| words.len())
            .unwrap_or(words)
    }
}

/// A top-level statement at the moment it started.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) sql: String,
    pub(crate) expanded: String,
    pub(crate) connection: u32,
    /// Whether a transaction was open already.
    pub(crate) in_transaction: bool,
    backtrace: Option<Arc<Backtrace>>,
}

/// A panic as the hook saw it.
#[derive(Clone, Debug)]
pub(crate) struct SeenPanic {
    pub(crate) message: String,
    pub(crate) place: Option<crate::evidence::Place>,
    pub(crate) on_body_thread: bool,
}

impl Seen {
    pub(crate) fn statement(&self) -> Statement {
        Statement {
            sql: self.sql.clone(),
            expanded: self.expanded.clone(),
            connection: self.connection,
            place: self.backtrace.as_deref().and_then(place::of_backtrace),
            times: 1,
        }
    }
}

/// The last statements, as a failure carries them: what ran again and again,
/// a question asked for each of many rows, counts as one.
pub(crate) fn shown(seen: &[Seen]) -> Vec<Statement> {
    let mut folded: Vec<Statement> = Vec::new();
    for run in seen.chunk_by(|one, next| one.sql == next.sql && one.connection == next.connection) {
        match run {
            [first, ..] if run.len() >= REPEATED => folded.push(Statement {
                times: u32::try_from(run.len()).unwrap_or(u32::MAX),
                ..first.statement()
            }),
            _ => folded.extend(run.iter().map(Seen::statement)),
        }
    }
    folded.split_off(folded.len().saturating_sub(SHOWN))
}

impl Watch {
    /// Starts watching: connections opened from now on are attributed to it.
    pub(crate) fn start(check: &str, folder: &Path) -> Arc<Self> {
        let folder = folder
            .canonicalize()
            .unwrap_or_else(|_| folder.to_path_buf());
        let watch = Arc::new(Self {
            check: check.to_owned(),
            folder,
            state: Mutex::default(),
        });
        running().push(Arc::clone(&watch));
        watch
    }

    /// Stops attributing new connections to it.
    pub(crate) fn stop(self: &Arc<Self>) {
        running().retain(|watch| !Arc::ptr_eq(watch, self));
    }

    /// Attributes what the current thread opens in memory, and its panics.
    pub(crate) fn adopt_thread(self: &Arc<Self>) {
        CURRENT.set(Some(Arc::clone(self)));
    }

    pub(crate) fn check(&self) -> &str {
        &self.check
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn foreign_keys(&self) -> Option<ForeignKeys> {
        self.state().foreign_keys
    }

    pub(crate) fn set_foreign_keys(&self, start: ForeignKeys) {
        self.state().foreign_keys = Some(start);
    }

    pub(crate) fn saw_database(&self, path: &Path) {
        let mut state = self.state();
        if !state.databases.iter().any(|known| known == path) {
            state.databases.push(path.to_path_buf());
        }
    }

    /// The first database of the check.
    pub(crate) fn first_database(&self) -> Option<PathBuf> {
        self.state().databases.first().cloned()
    }

    /// The number of a new connection to this file: 1 is the first.
    pub(crate) fn saw_connection(&self, file: &Path) -> u32 {
        let mut state = self.state();
        state.connections.push(file.to_path_buf());
        u32::try_from(state.connections.len()).unwrap_or(u32::MAX)
    }

    /// Another database, if all that was written went there and nothing into
    /// one of the check's. A copy for faults bears the name of its original.
    pub(crate) fn elsewhere(&self) -> Option<String> {
        let state = self.state();
        let own: Vec<_> = state
            .databases
            .iter()
            .map(|path| path.file_name())
            .collect();
        let mut other = None;
        for seen in state.seen.iter().filter(|seen| trace::writes(&seen.sql)) {
            let index = usize::try_from(seen.connection).ok()?.checked_sub(1)?;
            let file = state.connections.get(index)?;
            if own.contains(&file.file_name()) {
                return None;
            }
            other = Some(file);
        }
        other.filter(|_| !own.is_empty()).map(|file| {
            let name = file.file_name().map(|name| name.to_string_lossy());
            name.map_or_else(|| "one in memory".to_owned(), String::from)
        })
    }

    pub(crate) fn saw_statement(
        &self,
        sql: &str,
        expanded: &str,
        connection: u32,
        in_transaction: bool,
    ) {
        let is_wanted = {
            let mut state = self.state();
            state.traced += 1;
            state.traced <= BACKTRACES
        };
        // Not under the lock: whatever goes wrong in here must not keep the
        // panic hook out.
        let backtrace = is_wanted.then(|| Arc::new(Backtrace::force_capture()));
        let mut state = self.state();
        if state.seen.len() >= STATEMENTS {
            return;
        }
        state.seen.push(Seen {
            sql: cut(sql, TEXT),
            expanded: cut(expanded, EXPANDED),
            connection,
            in_transaction,
            backtrace,
        });
    }

    /// How many statements have been seen so far.
    pub(crate) fn seen_count(&self) -> usize {
        self.state().seen.len()
    }

    /// The statements seen from the given one on.
    pub(crate) fn seen_since(&self, start: usize) -> Vec<Seen> {
        self.state().seen.get(start..).unwrap_or_default().to_vec()
    }

    /// The last statements, as a failure carries them.
    pub(crate) fn statements(&self) -> Vec<Statement> {
        let seen = self.state().seen.clone();
        shown(&seen)
    }

    /// The fault that connections are to meet, from the next opened one on.
    pub(crate) fn arm(&self, fault: Option<Arc<Armed>>) {
        self.state().armed = fault;
    }

    /// The fault that waits for connections to this file.
    pub(crate) fn armed(&self, file: &Path) -> Option<Arc<Armed>> {
        let armed = self.state().armed.clone();
        armed.filter(|armed| armed.concerns(file))
    }

    /// The second connection that looks after each statement from now on.
    pub(crate) fn set_onlooker(&self, onlooker: Option<Arc<Onlooker>>) {
        self.state().onlooker = onlooker;
    }

    /// A statement has run to its end.
    pub(crate) fn statement_ended(&self, sql: &str) {
        // Not under the lock: the look may log an error.
        let onlooker = self.state().onlooker.clone();
        if let Some(onlooker) = onlooker {
            onlooker.look(Some(sql));
        }
    }

    /// SQLite refused something on this thread.
    pub(crate) fn saw_error(&self, log: String) {
        let backtrace = Arc::new(Backtrace::force_capture());
        let mut state = self.state();
        state.errors.truncate(ERRORS - 1);
        state.errors.push_front(SeenError { log, backtrace });
    }

    /// Where in the learner's file SQLite last refused something, in these
    /// `words` if it did. What fails while it is prepared never starts, and so
    /// is not among the statements.
    pub(crate) fn error_place(&self, words: &str) -> Option<crate::evidence::Place> {
        let errors = self.state().errors.clone();
        let told = errors
            .iter()
            .find(|error| !error.words().is_empty() && words.contains(error.words()));
        let error = told.or(errors.front())?;
        place::of_backtrace(&error.backtrace)
    }

    pub(crate) fn saw_panic(&self, panic: SeenPanic) {
        self.state().panics.push(panic);
    }

    pub(crate) fn panics(&self) -> Vec<SeenPanic> {
        self.state().panics.clone()
    }
}

fn running() -> MutexGuard<'static, Vec<Arc<Watch>>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The check whose body runs on this thread.
pub(crate) fn of_thread() -> Option<Arc<Watch>> {
    CURRENT
        .try_with(|current| current.try_borrow().ok().and_then(|watch| watch.clone()))
        .ok()
        .flatten()
}

/// The only check that is running, if there is only one.
pub(crate) fn only() -> Option<Arc<Watch>> {
    match running().as_slice() {
        [watch] => Some(Arc::clone(watch)),
        _ => None,
    }
}

/// The check that a connection to this file belongs to; in-memory and
/// temporary databases have no file.
pub(crate) fn of_file(file: Option<&Path>) -> Option<Arc<Watch>> {
    let by_folder = file.and_then(|file| {
        running()
            .iter()
            .find(|watch| file.starts_with(&watch.folder))
            .cloned()
    });
    by_folder.or_else(of_thread).or_else(only)
}

fn cut(text: &str, bytes: usize) -> String {
    text.get(..text.floor_char_boundary(bytes))
        .unwrap_or(text)
        .to_owned()
}
