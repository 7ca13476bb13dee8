//! One call: everything that can go wrong, at every statement.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::database::Database;
use crate::failure::{Failure, Outcome};
use crate::snapshot::Snapshot;
use crate::watch::{Seen, Watch};
use crate::witness::Witness;

use super::armed::{Armed, Fault};
use super::child::{self, Ended, Order};
use super::judge::{Answer, Incident, Judge};

/// Statements at which faults are injected; of more, evenly chosen ones.
const POINTS: usize = 100;
/// Sizes at which the disk is full.
const SIZES: u32 = 12;
/// Commits that are vetoed.
const COMMITS: usize = 20;

impl Witness {
    /// Whether `code` is all or nothing. It is given the path of a copy of
    /// `db`, opens it, and is run many times: first undisturbed, which shows
    /// the old and the new content and counts the statements; then, for every
    /// statement, so that the statement fails once and so that the process
    /// dies before it; then with a full disk and with each commit vetoed. Each
    /// time the copy must hold the old or the new content, and what `code`
    /// returns must agree with it.
    ///
    /// The process that dies is this check, started again: what stands before
    /// this call in the check runs again too.
    ///
    /// # Errors
    /// When `code` fails undisturbed, and at the first fault after which the
    /// copy is between old and new or `code` says otherwise.
    pub fn at_every_statement<T, E: Display>(
        &self,
        db: &Database,
        code: impl Fn(&Path) -> Result<T, E>,
    ) -> Outcome {
        let call = self.next_call();
        if let Some(order) = self.order() {
            if order.call != call {
                return Ok(());
            }
            let armed = Armed::new(Fault::Die(order.statement), &order.file);
            self.watch().arm(Some(Arc::new(armed)));
            child::leave(code(&order.file).is_ok());
        }
        let runs = Runs {
            witness: self,
            watch: self.watch(),
            source: db,
            folder: self.folder().join(format!("faults_{call}")),
            call,
        };
        let old = db.snapshot()?;
        let (new, clean) = runs.undisturbed(&code)?;
        let judge = Judge {
            old: &old,
            new: &new,
            clean: &clean,
        };
        let outcome = runs.all(&judge, &code);
        if outcome.is_ok() {
            let _ = std::fs::remove_dir_all(&runs.folder);
        }
        outcome
    }
}

struct Runs<'a> {
    witness: &'a Witness,
    watch: &'a Arc<Watch>,
    source: &'a Database,
    folder: PathBuf,
    call: usize,
}

impl Runs<'_> {
    fn undisturbed<T, E: Display>(
        &self,
        code: &impl Fn(&Path) -> Result<T, E>,
    ) -> Outcome<(Snapshot, Vec<Seen>)> {
        let copy = self.copy("clean")?;
        let start = self.watch.seen_count();
        code(copy.path()).map_err(|error| Failure::returned(&error).database(copy.path()))?;
        let clean = self.watch.seen_since(start);
        if clean.is_empty() {
            return Err(
                Failure::new("what your code sends to SQLite could not be observed")
                    .expected("statements on the database at the given path")
                    .observed("no statement at all"),
            );
        }
        let new = copy.snapshot()?;
        Ok((new, clean))
    }

    fn all<T, E: Display>(
        &self,
        judge: &Judge<'_>,
        code: &impl Fn(&Path) -> Result<T, E>,
    ) -> Outcome {
        let count = judge.clean.len();
        let step = count.div_ceil(POINTS).max(1);
        for statement in (1..=count).step_by(step) {
            self.die(judge, statement)?;
        }
        for statement in (1..=count).step_by(step) {
            let name = format!("deny_{statement}");
            let what = format!("statement {statement} fails");
            let hit = Some(statement);
            self.disturbed(
                judge,
                code,
                &name,
                Fault::Deny(statement),
                what,
                "failed here",
                hit,
            )?;
        }
        for commit in 1..=COMMITS {
            let name = format!("veto_{commit}");
            let what = match commit {
                1 => "the commit fails".to_owned(),
                _ => format!("commit {commit} fails"),
            };
            let mark = "the commit failed";
            let fault = Fault::Veto(commit);
            let (_, fired) = self.disturbed(judge, code, &name, fault, what, mark, None)?;
            if !fired {
                break;
            }
        }
        let pages: u32 = self.source.value("PRAGMA page_count")?;
        for pages in (pages.max(1)..).take(SIZES as usize) {
            let name = format!("full_{pages}");
            let what = "the disk is full".to_owned();
            let mark = "the disk was full";
            let fault = Fault::Full(pages);
            let (answer, _) = self.disturbed(judge, code, &name, fault, what, mark, None)?;
            if answer == Answer::Ok {
                break;
            }
        }
        Ok(())
    }

    fn die(&self, judge: &Judge<'_>, statement: usize) -> Outcome {
        let copy = self.copy(&format!("die_{statement}"))?;
        let order = Order {
            call: self.call,
            statement,
            file: copy.path().to_path_buf(),
        };
        let folder = self.folder.join(format!("process_{statement}"));
        let ended = order.run(self.watch.check(), &folder)?;
        let _ = std::fs::remove_dir_all(&folder);
        let incident = Incident {
            what: format!("the process dies before statement {statement}"),
            mark: "died here",
            statement: Some(statement),
            answer: match ended {
                Ended::Died => Answer::Nothing,
                Ended::Ok => Answer::Ok,
                Ended::Err => Answer::Err("an error".to_owned()),
            },
            sql: Vec::new(),
        };
        judge.judge(&copy, &incident)?;
        self.forget(&copy);
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn disturbed<T, E: Display>(
        &self,
        judge: &Judge<'_>,
        code: &impl Fn(&Path) -> Result<T, E>,
        name: &str,
        fault: Fault,
        what: String,
        mark: &str,
        statement: Option<usize>,
    ) -> Outcome<(Answer, bool)> {
        let copy = self.copy(name)?;
        let armed = Arc::new(Armed::new(fault, copy.path()));
        let start = self.watch.seen_count();
        self.watch.arm(Some(Arc::clone(&armed)));
        let answer = catch_unwind(AssertUnwindSafe(|| code(copy.path())));
        self.watch.arm(None);
        let answer = match answer {
            Ok(Ok(_)) => Answer::Ok,
            Ok(Err(error)) => Answer::Err(error.to_string()),
            Err(_) => Answer::Panic,
        };
        let incident = Incident {
            what,
            mark,
            statement: statement.filter(|_| armed.has_fired()),
            answer,
            sql: self.watch.seen_since(start),
        };
        judge.judge(&copy, &incident)?;
        self.forget(&copy);
        Ok((incident.answer, armed.has_fired()))
    }

    /// A copy of the database under the same file name.
    fn copy(&self, name: &str) -> Outcome<Database> {
        let folder = self.folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let file = self.source.path().file_name().unwrap_or_default();
        let copy = self.witness.copy_at(folder.join(file));
        self.source.copy_to(copy.path())?;
        Ok(copy)
    }

    fn forget(&self, copy: &Database) {
        if let Some(folder) = copy.path().parent() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
