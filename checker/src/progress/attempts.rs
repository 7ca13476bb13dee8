//! Attempts: recorded when they begin and when they end.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use rusqlite::{OptionalExtension, params};

use super::Progress;
use crate::report::{ExerciseReport, Status};
use crate::submission::{Inputs, Key};

/// An attempt that has begun.
#[derive(Debug)]
pub(crate) struct Attempt(i64);

/// The end of an attempt.
pub(crate) struct Ended<'r> {
    pub(crate) attempt: Attempt,
    /// May differ from the one at the beginning: by now it is known what rustc
    /// reads.
    pub(crate) key: Key,
    pub(crate) inputs: Inputs,
    pub(crate) report: &'r ExerciseReport,
    pub(crate) extent: Extent,
}

/// How much of an exercise was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Whole,
    /// Some checks only: no verdict on the exercise.
    Partial,
}

/// The last attempt at an exercise.
#[derive(Clone, Debug)]
pub(crate) struct Last {
    pub(crate) key: Key,
    /// `None`: it was interrupted.
    pub(crate) report: Option<ExerciseReport>,
    pub(crate) inputs: Inputs,
}

impl Progress {
    /// Records that grading begins.
    pub(crate) fn begin<'a>(
        &mut self,
        attempts: impl Iterator<Item = (&'a str, &'a Key)>,
    ) -> Result<Vec<Attempt>> {
        let now = now();
        let transaction = self
            .conn
            .transaction()
            .context("recording that grading begins")?;
        let mut begun = Vec::new();
        for (exercise, key) in attempts {
            transaction.execute(
                "INSERT INTO attempts (exercise, key, began) VALUES (?1, ?2, ?3)",
                params![exercise, key.0, now],
            )?;
            begun.push(Attempt(transaction.last_insert_rowid()));
        }
        transaction
            .commit()
            .context("recording that grading begins")?;
        Ok(begun)
    }

    /// Records verdicts.
    pub(crate) fn end(&mut self, verdicts: &[Ended<'_>]) -> Result<()> {
        let now = now();
        let transaction = self.conn.transaction().context("recording verdicts")?;
        for ended in verdicts {
            transaction.execute(
                "UPDATE attempts SET key = ?2, ended = ?3, status = ?4, report = ?5, inputs = ?6 WHERE id = ?1",
                params![
                    ended.attempt.0,
                    ended.key.0,
                    now,
                    match ended.extent {
                        Extent::Whole => status_text(ended.report.status)?,
                        Extent::Partial => "partial".to_owned(),
                    },
                    serde_json::to_string(ended.report)?,
                    serde_json::to_string(&ended.inputs)?,
                ],
            )?;
        }
        // Only the last report is ever shown again; the verdicts stay.
        transaction.execute(
            "UPDATE attempts SET report = NULL
              WHERE report IS NOT NULL
                AND id NOT IN (SELECT max(id) FROM attempts WHERE report IS NOT NULL GROUP BY exercise)",
            [],
        )?;
        transaction.commit().context("recording verdicts")
    }

    /// The last attempt at every exercise that has one, by its folder. An
    /// interrupted attempt still knows what the one before it read.
    pub(crate) fn last(&self) -> Result<HashMap<String, Last>> {
        let mut statement = self.conn.prepare(
            "SELECT exercise, key, report,
                    (SELECT inputs FROM attempts AS earlier
                      WHERE earlier.exercise = attempts.exercise AND earlier.inputs IS NOT NULL
                      ORDER BY earlier.id DESC LIMIT 1)
               FROM attempts
              WHERE id IN (SELECT max(id) FROM attempts GROUP BY exercise)",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get(3)?,
            ))
        })?;
        let mut last = HashMap::new();
        for row in rows {
            let (exercise, key, report, inputs): (_, _, _, Option<String>) = row?;
            // A report of another version of the checker that cannot be read
            // is as good as none: the key differs anyway.
            let report = report.and_then(|report| serde_json::from_str(&report).ok());
            let inputs = inputs
                .and_then(|inputs| serde_json::from_str(&inputs).ok())
                .unwrap_or_default();
            last.insert(
                exercise,
                Last {
                    key: Key(key),
                    report,
                    inputs,
                },
            );
        }
        Ok(last)
    }

    /// When the last attempt at every exercise began, by its folder: the same
    /// for all that one run graded.
    pub(crate) fn begun(&self) -> Result<HashMap<String, String>> {
        let mut statement = self.conn.prepare(
            "SELECT exercise, began FROM attempts
              WHERE id IN (SELECT max(id) FROM attempts GROUP BY exercise)",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many finished attempts at an exercise did not pass.
    pub(crate) fn failed_attempts(&self, exercise: &str) -> Result<u32> {
        self.conn
            .query_row(
                "SELECT count(*) FROM attempts WHERE exercise = ?1 AND ended IS NOT NULL AND status NOT IN ('passed', 'partial')",
                [exercise],
                |row| row.get(0),
            )
            .context("reading earlier attempts")
    }

    /// Every exercise that has ever passed, by its folder.
    pub(crate) fn passed(&self) -> Result<HashSet<String>> {
        let mut statement = self
            .conn
            .prepare("SELECT DISTINCT exercise FROM attempts WHERE status = 'passed'")?;
        let exercises = statement.query_map([], |row| row.get(0))?;
        exercises
            .collect::<rusqlite::Result<_>>()
            .context("reading earlier attempts")
    }

    /// Whether an exercise has ever passed.
    pub(crate) fn has_passed(&self, exercise: &str) -> Result<bool> {
        self.conn
            .query_row(
                "SELECT 1 FROM attempts WHERE exercise = ?1 AND status = 'passed' LIMIT 1",
                [exercise],
                |_| Ok(()),
            )
            .optional()
            .map(|found| found.is_some())
            .context("reading earlier attempts")
    }
}

fn status_text(status: Status) -> Result<String> {
    match serde_json::to_value(status)? {
        serde_json::Value::String(text) => Ok(text),
        other => Ok(other.to_string()),
    }
}

/// RFC 3339, UTC, to the second.
pub(crate) fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}
