//! The versions of the progress database, oldest first. Never edit one that
//! has been released: add the next.

use rusqlite_migration::{M, Migrations};

const MIGRATIONS: &[M<'static>] = &[M::up(
    "CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        exercise TEXT NOT NULL,          -- its folder: 01_models/01_subject_group
        key TEXT NOT NULL,               -- what the verdict depends on
        began TEXT NOT NULL,             -- RFC 3339, UTC
        ended TEXT,                      -- NULL: running, or interrupted
        status TEXT,
        report TEXT,                     -- JSON, as in workbook/report/v1
        inputs TEXT                      -- JSON: what rustc read besides the sources
    ) STRICT;
    CREATE INDEX ix_attempts_exercise ON attempts (exercise, id);
    CREATE TABLE hints (
        id INTEGER PRIMARY KEY,
        exercise TEXT NOT NULL,
        key TEXT NOT NULL,               -- of the check, or of its failure
        level INTEGER NOT NULL CHECK (level >= 1),
        shown TEXT NOT NULL              -- RFC 3339, UTC
    ) STRICT;
    CREATE INDEX ix_hints_exercise ON hints (exercise, key);",
)];

pub(super) const fn migrations() -> Migrations<'static> {
    Migrations::from_slice(MIGRATIONS)
}

/// The version that this checker writes.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

#[cfg(test)]
mod tests {
    #[test]
    fn every_version_can_be_reached() {
        super::migrations().validate().unwrap();
    }
}
