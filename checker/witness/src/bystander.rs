//! Someone who looks at a folder all the while code works on it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::failure::{Failure, Outcome};
use crate::tree::is_nothing;
use crate::witness::Witness;

/// More different sights than these are not kept.
const SIGHTS: usize = 64;

/// What the code returned, and what was to be seen meanwhile.
#[derive(Debug)]
pub struct Seen<T> {
    /// What the code returned.
    pub result: T,
    before: Sight,
    meanwhile: Vec<Sight>,
    after: Sight,
    /// The folder that was there before is the one that is there now.
    is_same_folder: bool,
}

/// The length of each file below a folder. Empty as well if there is no folder.
type Sight = BTreeMap<String, u64>;

impl Witness {
    /// Calls code under test while another thread looks at `folder`, again and
    /// again. It may miss a short moment, so let there be many files; it never
    /// sees what was not there. If the folder is there before, and empty, nothing
    /// is missed: only a folder that is put in its place can be whole at once.
    /// (Elsewhere than on Unix, that cannot be told.)
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn looking_at<T>(&self, folder: &Path, code: impl FnOnce() -> T) -> Outcome<Seen<T>> {
        let before = look(folder)?;
        // Held open, so that its number is not given to another one.
        let old = fs::File::open(folder).ok();
        let stop = AtomicBool::new(false);
        let (ready, is_ready) = mpsc::channel();
        let (result, meanwhile) = thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let mut sights: Vec<Sight> = Vec::new();
                let mut ready = Some(ready);
                while !stop.load(Ordering::Acquire) {
                    // What vanishes under the eye was not whole.
                    if let Ok(sight) = look(folder)
                        && sights.last() != Some(&sight)
                        && sights.len() < SIGHTS
                    {
                        sights.push(sight);
                    }
                    drop(ready.take());
                }
                sights
            });
            // The code may panic, and then nobody would stop the thread.
            let _stop = StopOnDrop(&stop);
            // Its end is gone once it has looked for the first time.
            let _ = is_ready.recv() as Result<(), _>;
            let result = code();
            drop(_stop);
            (result, watcher.join())
        });
        Ok(Seen {
            result,
            before,
            meanwhile: meanwhile.unwrap_or_default(),
            after: look(folder)?,
            is_same_folder: old.is_some_and(|old| is_same(&old, folder)),
        })
    }
}

impl<T> Seen<T> {
    /// Whether nobody could see anything but what was there before and what
    /// was there at the end.
    ///
    /// # Errors
    /// When there was something between.
    pub fn at_once(&self) -> Outcome {
        let all = self.after.len();
        let failure = Failure::new("somebody who looks sees a part of the folder")
            .expected(format!("what was there before, or all {all} files"));
        if self.is_same_folder && self.before.is_empty() && all > 1 {
            return Err(failure.observed("the folder was filled where it was, file by file"));
        }
        let known = [&self.before, &self.after];
        let Some(part) = self.meanwhile.iter().find(|sight| !known.contains(sight)) else {
            return Ok(());
        };
        let whole = |(name, length): &(&String, &u64)| self.after.get(*name) == Some(*length);
        let found = part.iter().filter(whole).count();
        Err(failure.observed(format!("at one moment, {found} of them were there")))
    }
}

struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Every file below the folder now.
fn look(folder: &Path) -> io::Result<Sight> {
    let mut sight = Sight::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(path) = folders.pop() {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if is_nothing(&error) => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let metadata = match entry.metadata() {
                Ok(metadata) => metadata,
                Err(error) if is_nothing(&error) => continue,
                Err(error) => return Err(error),
            };
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().to_string_lossy().into_owned();
                sight.insert(name, metadata.len());
            }
        }
    }
    Ok(sight)
}

/// Whether the folder that was opened is still the one at that path.
#[cfg(unix)]
fn is_same(opened: &fs::File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (opened.metadata(), fs::metadata(path)) {
        (Ok(old), Ok(new)) => (old.dev(), old.ino()) == (new.dev(), new.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same(_: &fs::File, _: &Path) -> bool {
    false
}
