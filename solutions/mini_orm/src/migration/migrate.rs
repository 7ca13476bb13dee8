//! Takes steps, each in a transaction of its own.

use rusqlite::{Connection, TransactionBehavior};

use super::foreign_keys::ForeignKeysOff;
use super::orphans::Orphans;
use super::script::Script;
use super::step::{Move, Step, Way};
use super::version::{current, write};
use crate::{Error, Result};

/// Brings a database to a version: up, or down, or nowhere if it is there.
///
/// Each step runs in a transaction of its own, which holds the new version too:
/// the database is at one version or at the next, whatever happens. Steps that
/// were taken before another failed stay taken. The transaction has the lock
/// before the version is read, so two programs that migrate the same file at
/// once take each step once; see [`open`](crate::open()) for how long one waits
/// for the other.
///
/// Foreign keys are not enforced while steps run, so that a table can be
/// rebuilt without its children; a step that leaves rows behind which refer to
/// nothing, and which were not there before, fails instead. A step may not
/// begin or end a transaction.
///
/// ```
/// use mini_orm::{Step, current, migrate_to};
///
/// const STEPS: &[Step] = &[
///     Step {
///         up: "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL)",
///         down: Some("DROP TABLE users"),
///     },
///     Step {
///         up: "ALTER TABLE users ADD COLUMN bio TEXT",
///         down: Some("ALTER TABLE users DROP COLUMN bio"),
///     },
/// ];
///
/// let mut conn = rusqlite::Connection::open_in_memory()?;
/// migrate_to(&mut conn, STEPS, STEPS.len())?;
/// conn.execute("INSERT INTO users (username, bio) VALUES ('ada', 'counts')", [])?;
/// migrate_to(&mut conn, STEPS, 1)?;
/// assert_eq!(current(&conn)?, 1);
/// assert!(conn.prepare("SELECT bio FROM users").is_err());
/// # Ok::<(), mini_orm::Error>(())
/// ```
///
/// # Errors
/// Before anything changed: when `target` is no version of these steps, the
/// database is at none of them, a transaction is open, or a step on the way has
/// no way back or would end the transaction. Otherwise the error says which
/// step and which statement, and nothing of that step is kept.
pub fn migrate_to(conn: &mut Connection, steps: &[Step<'_>], target: usize) -> Result<()> {
    if target > steps.len() {
        return Err(Error::NoStep {
            version: target,
            known: steps.len(),
        });
    }
    if !conn.is_autocommit() {
        return Err(Error::OpenTransaction);
    }
    let version = known(conn, steps)?;
    if version == target {
        return Ok(());
    }
    let way = if version < target { Way::Up } else { Way::Down };
    let mut reached = version;
    while let Some(next) = Move::next(reached, target, way) {
        next.script(steps)?;
        reached = next.version();
    }
    let keys = ForeignKeysOff::new(conn)?;
    let taken = take_all(keys.conn, steps, target, way);
    let restored = keys.restore();
    taken?;
    Ok(restored?)
}

/// The version of a database, if it is one of these.
fn known(conn: &Connection, steps: &[Step<'_>]) -> Result<usize> {
    let version = current(conn)?;
    if version > steps.len() {
        return Err(Error::Ahead {
            version,
            known: steps.len(),
        });
    }
    Ok(version)
}

fn take_all(conn: &mut Connection, steps: &[Step<'_>], target: usize, way: Way) -> Result<()> {
    while take_next(conn, steps, target, way)? != target {}
    Ok(())
}

/// Takes the next step, and says at which version the database then is. Another
/// program may have taken it, and more: there is nothing to do then.
fn take_next(conn: &mut Connection, steps: &[Step<'_>], target: usize, way: Way) -> Result<usize> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = known(&transaction, steps)?;
    let Some(next) = Move::next(version, target, way) else {
        transaction.rollback()?;
        return Ok(target);
    };
    let failed = |doing, source| Error::StepNotKept {
        step: next.step,
        way: next.way,
        doing,
        source: Box::new(source),
    };
    let script = next.script(steps)?;
    let before = Orphans::find(&transaction)
        .map_err(|error| failed("checking the foreign keys before it", error))?;
    run(&transaction, next, &script)?;
    let after = Orphans::find(&transaction)
        .map_err(|error| failed("checking the foreign keys after it", error))?;
    let found = after.since(&before);
    if !found.is_empty() {
        return Err(Error::Orphans {
            step: next.step,
            way: next.way,
            found,
        });
    }
    write(&transaction, next.version()).map_err(|error| failed("writing the version", error))?;
    transaction
        .commit()
        .map_err(|error| failed("committing it", error))?;
    Ok(next.version())
}

fn run(conn: &Connection, taken: Move, script: &Script<'_>) -> Result<()> {
    for (index, sql) in script.0.iter().enumerate() {
        run_one(conn, sql).map_err(|source| Error::Step {
            step: taken.step,
            way: taken.way,
            statement: index + 1,
            sql: (*sql).to_owned(),
            source: Box::new(source),
        })?;
    }
    Ok(())
}

/// To its end: an error may come with a later row.
fn run_one(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}
