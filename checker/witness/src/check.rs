//! Running the body of a check, and saying how it ended.

use std::fs::OpenOptions;
use std::io::Write;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crate::evidence::{self, Panic, Place, Record, Statement, env};
use crate::failure::{Failure, Outcome};
use crate::seed::Seed;
use crate::watch::Watch;
use crate::witness::Witness;
use crate::{hooks, name, panics, place, report, stdin};

/// Where the records go. Without it the check is an ordinary test.
struct Grading {
    evidence: PathBuf,
    secret: String,
}

/// Runs the body of a `#[test]`, on a thread of its own so that its
/// destructors have run before it is called complete.
///
/// Under the checker the outcome is appended to the evidence file and the
/// test's name is taken from the function that calls this; elsewhere a
/// readable report is printed where `cargo test` shows it.
///
/// # Panics
/// Ends the test as failed, without a message of its own, when an expectation
/// does not hold or the code under test panics.
pub fn check<T>(body: impl FnOnce(&Witness) -> Outcome<T> + Send + 'static)
where
    T: 'static,
{
    let name = name::of_check(&body);
    let child = std::env::var_os(env::FAULT).is_some();
    if child || std::env::var_os(env::EVIDENCE).is_some() {
        end_with_parent();
    }
    let grading = std::env::var_os(env::EVIDENCE)
        .filter(|_| !child)
        .map(|file| Grading {
            evidence: std::path::absolute(&file).unwrap_or_else(|_| PathBuf::from(file)),
            secret: stdin::take_line(),
        });
    place::remember_roots();
    hooks::install();
    panics::install();
    if let Some(grading) = &grading {
        grading.append(&Record::Began {
            check: name.clone(),
        });
    }
    let folder = Folder::new(grading.is_some() || child);
    let folder = match folder {
        Ok(folder) => folder,
        Err(error) => end(
            grading.as_ref(),
            &Record::Failed(Box::new(Failure::from(error).into_parts().0)),
            &name,
        ),
    };
    let watch = Watch::start(&name, folder.path());
    let record = run(body, &name, &folder, &watch);
    watch.stop();
    match (record, &grading) {
        (None, None) => {}
        (None, Some(grading)) => grading.append(&Record::Completed {
            secret: grading.secret.clone(),
        }),
        (Some(record), grading) => {
            drop(folder);
            end(grading.as_ref(), &record, &name)
        }
    }
}

fn run<T: 'static>(
    body: impl FnOnce(&Witness) -> Outcome<T> + Send + 'static,
    name: &str,
    folder: &Folder,
    watch: &Arc<Watch>,
) -> Option<Record> {
    let witness = Witness::new(
        folder.path().to_path_buf(),
        Seed::new(seed(), name),
        Arc::clone(watch),
    );
    let body_watch = Arc::clone(watch);
    let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
        body_watch.adopt_thread();
        body(&witness).map(drop)
    });
    let thread = match thread {
        Ok(thread) => thread,
        Err(error) => return Some(failed(Failure::from(error), watch)),
    };
    match thread.join() {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => Some(failed(failure, watch)),
        Err(payload) => Some(panicked(watch, panics::text(&*payload))),
    }
}

fn failed(failure: Failure, watch: &Watch) -> Record {
    let is_error = failure.is_error();
    let (mut failure, about) = failure.into_parts();
    if failure.sql.is_empty() {
        failure.sql = watch.statements();
        if let Some(other) = watch.elsewhere().filter(|_| !is_error) {
            failure.why = Some(format!(
                "Your code wrote to another database, {other}: this one stayed as it was."
            ));
        }
    }
    if is_error && failure.place.is_none() {
        failure.place = watch.error_place(&failure.message);
    }
    if failure.place.is_none() {
        failure.place = relevant(&failure.sql, about.as_deref());
    }
    failure.database = failure.database.or_else(|| watch.first_database());
    Record::Failed(Box::new(failure))
}

/// The payload's text is what is left when the code set a panic hook of its own.
fn panicked(watch: &Watch, payload: &str) -> Record {
    let panics = watch.panics();
    let own = panics.iter().rev().find(|panic| panic.on_body_thread);
    let other = panics.iter().find(|panic| !panic.on_body_thread);
    // `join().unwrap()` only says that another thread panicked.
    let cause = match (own, other) {
        (Some(own), Some(other)) if own.message.contains("Any { .. }") => Some(other),
        (own, other) => own.or(other),
    };
    Record::Panicked(Box::new(Panic {
        message: cause.map_or_else(|| payload.to_owned(), |panic| panic.message.clone()),
        place: cause.and_then(|panic| panic.place.clone()),
        sql: watch.statements(),
        database: watch.first_database(),
    }))
}

/// The place of the last statement about that word, else of the last one.
fn relevant(sql: &[Statement], about: Option<&str>) -> Option<Place> {
    let word = about.map(str::to_lowercase);
    let named = sql.iter().rev().find(|statement| {
        word.as_deref()
            .is_some_and(|word| statement.sql.to_lowercase().contains(word))
    });
    named
        .and_then(|statement| statement.place.clone())
        .or_else(|| {
            // A ROLLBACK clears up after what went wrong before it.
            let clears_up = |statement: &&Statement| statement.sql.starts_with("ROLLBACK");
            let place = |statement: &Statement| statement.place.clone();
            let mut others = sql.iter().rev().filter(|statement| !clears_up(statement));
            others
                .find_map(place)
                .or_else(|| sql.iter().rev().find_map(place))
        })
}

fn end(grading: Option<&Grading>, record: &Record, name: &str) -> ! {
    match grading {
        Some(grading) => grading.append(record),
        None => report::print(name, record),
    }
    // Without the panic hook, and so without its noise.
    resume_unwind(Box::new("the check failed"))
}

impl Grading {
    /// Opens, appends and closes, so that no open file of ours can be found
    /// and closed by the code under test.
    fn append(&self, record: &evidence::Record) {
        let written = serde_json::to_string(record)
            .map_err(std::io::Error::from)
            .and_then(|mut line| {
                line.push('\n');
                OpenOptions::new()
                    .append(true)
                    .create(true)
                    .open(&self.evidence)?
                    .write_all(line.as_bytes())
            });
        if let Err(error) = written {
            report::complain(&format!(
                "cannot write {}: {error}",
                self.evidence.display()
            ));
            resume_unwind(Box::new("the evidence cannot be written"));
        }
    }
}

/// The folder in which a check works: its own current directory under the
/// checker, which gives every check one; a temporary one elsewhere, where
/// checks share their process and so its current directory.
enum Folder {
    Given(PathBuf),
    Temporary(
        #[expect(dead_code, reason = "removed when dropped")] tempfile::TempDir,
        PathBuf,
    ),
}

impl Folder {
    fn new(given: bool) -> std::io::Result<Self> {
        if given {
            return Ok(Self::Given(std::env::current_dir()?));
        }
        let folder = tempfile::tempdir()?;
        let path = folder.path().canonicalize()?;
        Ok(Self::Temporary(folder, path))
    }

    fn path(&self) -> &std::path::Path {
        match self {
            Self::Given(path) | Self::Temporary(_, path) => path,
        }
    }
}

fn seed() -> u64 {
    std::env::var(env::SEED)
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1)
}

/// A check that never ends must not outlive a checker that was killed.
fn end_with_parent() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        // Without it the check ends at its time limit, if the checker lives.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        // The signal comes for a death from now on only.
        let parent = std::env::var(env::PARENT).ok();
        let parent = parent.and_then(|id| id.parse::<u32>().ok());
        if parent.is_some_and(|id| id != std::os::unix::process::parent_id()) {
            std::process::exit(1);
        }
    }
}
