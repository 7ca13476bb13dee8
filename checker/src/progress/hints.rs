//! Which hints have been shown.

use anyhow::{Context, Result};
use rusqlite::params;

use super::Progress;
use super::attempts::now;

impl Progress {
    /// The highest level shown for a key of an exercise; 0 if none was.
    pub(crate) fn hint_level(&self, exercise: &str, key: &str) -> Result<u32> {
        self.conn
            .query_row(
                "SELECT coalesce(max(level), 0) FROM hints WHERE exercise = ?1 AND key = ?2",
                [exercise, key],
                |row| row.get(0),
            )
            .context("reading which hints were shown")
    }

    /// Whether the last hint of any ladder of an exercise was shown.
    pub(crate) fn reached_level(&self, exercise: &str, level: u32) -> Result<bool> {
        self.conn
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM hints WHERE exercise = ?1 AND level >= ?2)",
                params![exercise, level],
                |row| row.get(0),
            )
            .context("reading which hints were shown")
    }

    /// Records that a hint was shown.
    pub(crate) fn hint_shown(&self, exercise: &str, key: &str, level: u32) -> Result<()> {
        self.conn
            .execute(
                "INSERT INTO hints (exercise, key, level, shown) VALUES (?1, ?2, ?3, ?4)",
                params![exercise, key, level, now()],
            )
            .context("recording that a hint was shown")?;
        Ok(())
    }
}
