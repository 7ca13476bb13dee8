//! 2.3 Together or not at all: boxes in two places, and a list of lockers.

use std::error::Error;
use std::io::{self, Write};

use rusqlite::{Connection, Result, Transaction};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("02_rows/03_transactions/sees", sees)];

/// The table of the page, with its rows.
const STOCK: &str = "\
CREATE TABLE stock (
    place TEXT PRIMARY KEY,
    boxes INTEGER NOT NULL CHECK (boxes >= 0)
);
INSERT INTO stock (place, boxes) VALUES ('cellar', 20), ('hall', 5);";

// ANCHOR: carry
/// Carries boxes from the cellar. `false`: there is no such place.
pub fn carry(conn: &mut Connection, boxes: i64, to: &str) -> Result<bool> {
    // 1 begin
    let tx = conn.transaction()?;
    // 2 send everything through it
    let put = "UPDATE stock SET boxes = boxes + ?1 WHERE place = ?2";
    let added = tx.execute(put, (boxes, to))?;
    let take = "UPDATE stock SET boxes = boxes - ?1 WHERE place = 'cellar'";
    tx.execute(take, [boxes])?;
    // 3 look at what came of it
    if added == 0 {
        tx.rollback()?;
        return Ok(false);
    }
    // 4 commit
    tx.commit()?;
    Ok(true)
}
// ANCHOR_END: carry

// ANCHOR: move_locker
/// Gives a student another locker. `false`: that one is taken.
pub fn move_locker(conn: &mut Connection, student: &str, to: &str) -> Result<bool> {
    // 1 begin
    let tx = conn.transaction()?;
    // 2 send everything through it
    let leave = "UPDATE lockers SET who = NULL WHERE who = ?1";
    tx.execute(leave, [student])?;
    let enter = "UPDATE lockers SET who = ?1 WHERE label = ?2 AND who IS NULL";
    let entered = tx.execute(enter, [student, to])?;
    // 3 look at what came of it
    if entered == 0 {
        tx.rollback()?;
        return Ok(false);
    }
    // 4 commit
    tx.commit()?;
    Ok(true)
}
// ANCHOR_END: move_locker

/// What two connections find after each step of `carry`.
fn sees(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("stock.db");
    let mut conn = Connection::open(&path)?;
    conn.execute_batch(STOCK)?;
    let other = Connection::open(&path)?;

    writeln!(
        out,
        "{:<29}{:<23}another connection finds",
        "", "this connection finds"
    )?;
    let mut line = |step: &str, this: &Connection| -> io::Result<()> {
        let this = found(this).map_err(io::Error::other)?;
        let other = found(&other).map_err(io::Error::other)?;
        writeln!(out, "{step:<29}{this:<23}{other}")
    };
    for boxes in [3, 30] {
        line(&format!("{boxes} boxes"), &conn)?;
        let tx = conn.transaction()?;
        line("BEGIN", &tx)?;
        step(&mut line, &tx, &format!("hall + {boxes}"))?;
        let taken = step(&mut line, &tx, &format!("cellar - {boxes}"))?;
        if taken {
            tx.commit()?;
            line("COMMIT", &conn)?;
        } else {
            drop(tx);
            line("ROLLBACK, as tx is dropped", &conn)?;
        }
    }
    Ok(())
}

/// Runs one UPDATE and says whether it was carried out.
fn step(
    line: &mut impl FnMut(&str, &Connection) -> io::Result<()>,
    tx: &Transaction<'_>,
    change: &str,
) -> io::Result<bool> {
    let (place, amount) = change.split_once(' ').unwrap_or_default();
    let sql = format!("UPDATE stock SET boxes = boxes {amount} WHERE place = '{place}'");
    let is_done = tx.execute(&sql, []).is_ok();
    let end = if is_done { "" } else { ", refused" };
    line(&format!("UPDATE {change}{end}"), tx)?;
    Ok(is_done)
}

fn found(conn: &Connection) -> Result<String> {
    let sql = "SELECT place, boxes FROM stock ORDER BY place";
    let places: Vec<String> = conn
        .prepare(sql)?
        .query_map([], |row| {
            let (place, boxes): (String, i64) = (row.get("place")?, row.get("boxes")?);
            Ok(format!("{place} {boxes}"))
        })?
        .collect::<Result<_>>()?;
    Ok(places.join("  "))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn stock() -> (tempfile::TempDir, Connection, Connection) {
        two_connections(STOCK)
    }

    fn two_connections(sql: &str) -> (tempfile::TempDir, Connection, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stock.db");
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(sql).unwrap();
        (folder, conn, Connection::open(path).unwrap())
    }

    fn number(conn: &Connection, sql: &str) -> Result<i64> {
        conn.query_one(sql, [], |row| row.get(0))
    }

    #[test]
    fn boxes_are_carried_or_stay() -> Result<()> {
        let (_folder, mut conn, other) = stock();
        assert!(carry(&mut conn, 3, "hall")?);
        assert_eq!(found(&other)?, "cellar 17  hall 8");
        assert!(carry(&mut conn, 30, "hall").is_err());
        assert!(!carry(&mut conn, 3, "attic")?);
        assert_eq!(found(&other)?, "cellar 17  hall 8");
        assert!(conn.is_autocommit());
        Ok(())
    }

    #[test]
    fn others_read_what_was_there_before_the_commit() -> Result<()> {
        let (_folder, mut conn, other) = two_connections(
            "CREATE TABLE concerts (day TEXT, free INTEGER);
             INSERT INTO concerts VALUES ('Friday', 80)",
        );
        let free = "SELECT free FROM concerts";
        let tx = conn.transaction()?;
        tx.execute("UPDATE concerts SET free = 78 WHERE day = 'Friday'", [])?;
        assert_eq!(number(&tx, free)?, 78);
        assert_eq!(number(&other, free)?, 80);
        tx.commit()?;
        assert_eq!(number(&other, free)?, 78);
        Ok(())
    }

    #[test]
    fn what_is_dropped_is_rolled_back() -> Result<()> {
        fn invite(conn: &mut Connection) -> Result<()> {
            let tx = conn.transaction()?;
            tx.execute("INSERT INTO guests (name) VALUES ('Ada')", [])?;
            tx.execute("INSERT INTO guests (name) VALUES ('Ben')", [])?;
            tx.commit()
        }
        let (_folder, mut conn, other) = two_connections(
            "CREATE TABLE guests (name TEXT UNIQUE);
             INSERT INTO guests VALUES ('Ben')",
        );
        assert!(invite(&mut conn).is_err());
        assert!(conn.is_autocommit());
        for conn in [&conn, &other] {
            assert_eq!(number(conn, "SELECT count(*) FROM guests")?, 1);
        }
        Ok(())
    }

    #[test]
    fn a_commit_that_fails_keeps_nothing() -> Result<()> {
        let (_folder, mut conn, other) = stock();
        conn.busy_timeout(Duration::ZERO)?;
        let tx = conn.transaction()?;
        tx.execute("UPDATE stock SET boxes = 0", [])?;
        let mut reading = other.prepare("SELECT boxes FROM stock")?;
        let mut rows = reading.query([])?;
        assert!(rows.next()?.is_some());
        assert_eq!(tx.commit().unwrap_err().to_string(), "database is locked");
        assert!(conn.is_autocommit());
        assert_eq!(found(&conn)?, "cellar 20  hall 5");
        Ok(())
    }

    #[test]
    fn what_was_read_before_begin_can_be_out_of_date() -> Result<()> {
        let (_folder, mut conn, other) = stock();
        let boxes = "SELECT sum(boxes) FROM stock";
        assert_eq!(number(&conn, boxes)?, 25);
        other.execute("UPDATE stock SET boxes = 0", [])?;
        let tx = conn.transaction()?;
        assert_eq!(number(&tx, boxes)?, 0);
        Ok(())
    }

    /// Copies what a program that is killed would leave.
    #[test]
    fn the_next_program_undoes_what_a_killed_one_left() -> Result<()> {
        let (folder, mut conn, _) = stock();
        let tx = conn.transaction()?;
        tx.execute("UPDATE stock SET boxes = 0", [])?;
        tx.cache_flush()?;
        let left = folder.path().join("left.db");
        let lost = folder.path().join("lost.db");
        for to in [&left, &lost] {
            std::fs::copy(folder.path().join("stock.db"), to).unwrap();
        }
        let journal = folder.path().join("stock.db-journal");
        std::fs::copy(journal, folder.path().join("left.db-journal")).unwrap();
        assert_eq!(found(&Connection::open(left)?)?, "cellar 20  hall 5");
        assert_eq!(found(&Connection::open(lost)?)?, "cellar 0  hall 0");
        Ok(())
    }

    #[test]
    fn readers_wait_for_what_is_exclusive_or_too_large_for_memory() -> Result<()> {
        let (_folder, mut conn, other) = stock();
        other.busy_timeout(Duration::ZERO)?;
        let tx = conn.transaction()?;
        tx.execute("UPDATE stock SET boxes = 0", [])?;
        tx.cache_flush()?;
        assert!(found(&other).is_err());
        tx.rollback()?;
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
        assert!(found(&other).is_err());
        tx.rollback()?;
        assert_eq!(found(&other)?, "cellar 20  hall 5");
        Ok(())
    }

    #[test]
    fn a_panic_drops_the_transaction_too() -> Result<()> {
        let (_folder, mut conn, other) = stock();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let tx = conn.transaction().unwrap();
            tx.execute("UPDATE stock SET boxes = 0", []).unwrap();
            std::panic::resume_unwind(Box::new(()));
        }));
        assert!(panicked.is_err());
        assert!(conn.is_autocommit());
        assert_eq!(found(&other)?, "cellar 20  hall 5");
        Ok(())
    }

    #[test]
    fn a_second_writer_waits_and_a_commit_waits_for_readers() -> Result<()> {
        let (_folder, mut conn, other) = stock();
        conn.busy_timeout(Duration::ZERO)?;
        other.busy_timeout(Duration::ZERO)?;
        let tx = conn.transaction()?;
        tx.execute("UPDATE stock SET boxes = 0", [])?;
        let write = other.execute("UPDATE stock SET boxes = 1", []);
        assert_eq!(write.unwrap_err().to_string(), "database is locked");
        let mut reading = other.prepare("SELECT boxes FROM stock")?;
        let mut rows = reading.query([])?;
        assert!(rows.next()?.is_some());
        let commit = tx.execute_batch("COMMIT");
        assert_eq!(commit.unwrap_err().to_string(), "database is locked");
        drop(rows);
        tx.commit()
    }

    #[test]
    fn tables_are_rolled_back_as_well() -> Result<()> {
        let (_folder, mut conn, _) = stock();
        let tx = conn.transaction()?;
        tx.execute_batch("CREATE TABLE shelves (id INTEGER PRIMARY KEY)")?;
        tx.rollback()?;
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'shelves'";
        assert_eq!(conn.query_one(sql, [], |row| row.get(0)), Ok(0));
        Ok(())
    }

    #[test]
    fn a_locker_is_changed_or_kept() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE lockers (label TEXT PRIMARY KEY, who TEXT UNIQUE);
             INSERT INTO lockers VALUES ('A1', 'Ada'), ('B2', 'Ben'), ('C3', NULL)",
        )?;
        assert!(!move_locker(&mut conn, "Ada", "B2")?);
        assert!(move_locker(&mut conn, "Ada", "C3")?);
        let sql = "SELECT group_concat(label || coalesce(who, '')) FROM lockers";
        let lockers: String = conn.query_one(sql, [], |row| row.get(0))?;
        assert_eq!(lockers, "A1,B2Ben,C3Ada");
        Ok(())
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/02_rows/03_transactions.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
