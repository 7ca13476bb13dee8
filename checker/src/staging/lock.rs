//! The lock on a stage: held from writing its manifests until its test
//! programs are safe from the next build.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

/// Released when it is dropped, or when the process ends however it ends.
#[derive(Debug)]
pub(crate) struct StageLock {
    _file: File,
}

impl StageLock {
    /// Waits for the lock on `stage`; calls `waiting` once if it has to.
    ///
    /// # Errors
    ///
    /// When the lock file cannot be created.
    pub(crate) fn take(stage: &Path, waiting: impl FnOnce()) -> Result<Self> {
        fs::create_dir_all(stage).with_context(|| format!("creating {}", stage.display()))?;
        let path = stage.join("lock");
        let file = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock()
                    .with_context(|| format!("waiting for {}", path.display()))?;
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("locking {}", path.display()));
            }
        }
        Ok(StageLock { _file: file })
    }
}
