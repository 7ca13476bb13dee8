//! 4.3 Fewer questions: who leads each club, with one statement for all of them;
//! the trips of buses.

#[path = "03_eager_loading/by_mini_orm.rs"]
mod by_mini_orm;

use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::io::Write;

use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, OptionalExtension, Result, params_from_iter};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("04_relationships/03_eager_loading/sent", sent),
    (
        "04_relationships/03_eager_loading/loaded",
        by_mini_orm::loaded,
    ),
];

/// A row of `clubs`.
#[derive(Debug)]
pub struct Club {
    pub title: String,
    pub teacher_id: Option<i64>,
}

// ANCHOR: one_by_one
/// A line for each club, with the name of who leads it.
pub fn list(conn: &Connection, clubs: &[Club]) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for club in clubs {
        let leader = leader_of(conn, club)?;
        lines.push(format!("{}: {leader}", club.title));
    }
    Ok(lines)
}
// ANCHOR_END: one_by_one

fn leader_of(conn: &Connection, club: &Club) -> Result<String> {
    let sql = "SELECT name FROM teachers WHERE id = ?1";
    let name = conn.query_one(sql, [club.teacher_id], |row| row.get("name"));
    Ok(name.optional()?.unwrap_or("nobody".to_owned()))
}

// ANCHOR: at_once
pub fn list_at_once(conn: &Connection, clubs: &[Club]) -> Result<Vec<String>> {
    let ids: Vec<i64> = clubs.iter().filter_map(|club| club.teacher_id).collect();
    // 1 make the places
    let places = vec!["?"; ids.len()].join(", ");
    // 2 ask once
    let sql = format!("SELECT id, name FROM teachers WHERE id IN ({places})");
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(ids))?;
    // 3 put into a map
    let mut names: HashMap<i64, String> = HashMap::new();
    while let Some(row) = rows.next()? {
        names.insert(row.get("id")?, row.get("name")?);
    }
    // 4 hand out
    let mut lines = Vec::new();
    for club in clubs {
        let leader = club.teacher_id.and_then(|id| names.get(&id));
        let leader = leader.map_or("nobody", |name| name);
        lines.push(format!("{}: {leader}", club.title));
    }
    Ok(lines)
}
// ANCHOR_END: at_once

// ANCHOR: trip_counts
/// How many trips each of these buses makes.
pub fn trip_counts(conn: &Connection, buses: &[i64]) -> Result<Vec<i64>> {
    // 1 make the places
    let places = vec!["?"; buses.len()].join(", ");
    // 2 ask once
    let sql = format!("SELECT bus_id FROM trips WHERE bus_id IN ({places})");
    let mut statement = conn.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(buses), |row| row.get("bus_id"))?;
    // 3 put into a map
    let mut counts: HashMap<i64, i64> = HashMap::new();
    for bus in rows {
        *counts.entry(bus?).or_default() += 1;
    }
    // 4 hand out
    let count = |bus| counts.get(bus).copied().unwrap_or(0);
    Ok(buses.iter().map(count).collect())
}
// ANCHOR_END: trip_counts

/// The school of the page.
const SCHOOL: &str = "
    CREATE TABLE teachers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE clubs (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        teacher_id INTEGER REFERENCES teachers (id)
    );
    CREATE INDEX ix_clubs_teacher_id ON clubs (teacher_id);
    INSERT INTO teachers (name) VALUES ('Ida'), ('Max'), ('Eve');
    INSERT INTO clubs (title, teacher_id)
    VALUES ('Chess', 1), ('Robots', 2), ('Choir', 1), ('Film', NULL);";

thread_local! {
    static SENT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Remembers each statement, with its values in their places.
fn remember(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event {
        let sql = statement.expanded_sql().unwrap_or_default();
        SENT.with_borrow_mut(|sent| sent.push(sql));
    }
}

fn school() -> Result<(Connection, Vec<Club>)> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(SCHOOL)?;
    let clubs = conn
        .prepare("SELECT title, teacher_id FROM clubs ORDER BY id")?
        .query_map([], |row| {
            Ok(Club {
                title: row.get("title")?,
                teacher_id: row.get("teacher_id")?,
            })
        })?
        .collect::<Result<_>>()?;
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(remember));
    SENT.take();
    Ok((conn, clubs))
}

/// What both send, and what they return.
fn sent(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    type List = fn(&Connection, &[Club]) -> Result<Vec<String>>;
    let both: [(&str, List); 2] = [("list", list), ("list_at_once", list_at_once)];
    let (conn, clubs) = school()?;
    for (name, list) in both {
        let lines = list(&conn, &clubs)?;
        writeln!(out, "{name} sends")?;
        for sql in SENT.take() {
            writeln!(out, "  {sql}")?;
        }
        writeln!(out, "and returns {lines:?}\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_no_values_nothing_is_found() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE teachers (id INTEGER); INSERT INTO teachers VALUES (1)")?;
        let sql = "SELECT count(*) FROM teachers WHERE id IN ()";
        assert_eq!(conn.query_one(sql, [], |row| row.get::<_, i64>(0))?, 0);
        Ok(())
    }

    #[test]
    fn a_loop_sends_a_statement_for_each() -> Result<()> {
        let (conn, clubs) = school()?;
        let lines = list(&conn, &clubs)?;
        assert_eq!(SENT.take().len(), 4);
        assert_eq!(list_at_once(&conn, &clubs)?, lines);
        assert_eq!(SENT.take().len(), 1);
        let expected = ["Chess: Ida", "Robots: Max", "Choir: Ida", "Film: nobody"];
        assert_eq!(lines, expected);
        assert!(list_at_once(&conn, &[])?.is_empty());
        Ok(())
    }

    /// The quiz: the buses first, then the trips of each.
    #[test]
    fn twenty_buses_are_twenty_one_statements() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE buses (id INTEGER PRIMARY KEY);
             CREATE TABLE trips (id INTEGER PRIMARY KEY, bus_id INTEGER, goal TEXT);
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
             INSERT INTO buses (id) SELECT i FROM n",
        )?;
        conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(remember));
        SENT.take();
        let mut buses = conn.prepare("SELECT id FROM buses")?;
        let mut trips = conn.prepare("SELECT goal FROM trips WHERE bus_id = ?1")?;
        for bus in buses.query_map([], |row| row.get::<_, i64>(0))? {
            let goals = trips.query_map([bus?], |row| row.get::<_, String>(0))?;
            goals.collect::<Result<Vec<_>>>()?;
        }
        assert_eq!(SENT.take().len(), 21);
        Ok(())
    }

    /// A transaction adds two statements, and saves none.
    #[test]
    fn a_transaction_sends_what_it_holds() -> Result<()> {
        let (mut conn, clubs) = school()?;
        let tx = conn.transaction()?;
        list(&tx, &clubs)?;
        tx.commit()?;
        assert_eq!(SENT.take().len(), 6);
        Ok(())
    }

    #[test]
    fn a_bus_without_trips_makes_none() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE trips (bus_id INTEGER);
             INSERT INTO trips VALUES (7), (7), (9), (NULL)",
        )?;
        assert_eq!(trip_counts(&conn, &[9, 8, 7])?, [1, 0, 2]);
        Ok(())
    }

    /// What the page says of many values.
    #[test]
    fn a_statement_has_32766_places() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let prepare = |count| {
            let places = vec!["?"; count].join(", ");
            conn.prepare(&format!("SELECT 1 IN ({places})")).map(|_| ())
        };
        prepare(32_766)?;
        let error = prepare(32_767).unwrap_err();
        assert!(error.to_string().contains("too many SQL variables"));
        Ok(())
    }
}
