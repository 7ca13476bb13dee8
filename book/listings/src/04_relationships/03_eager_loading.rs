//! 4.3 Fewer questions: a notice for each teacher, with one statement for all
//! of them; the trips of buses.

#[path = "03_eager_loading/by_mini_orm.rs"]
mod by_mini_orm;

use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::io::Write;

use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, Result, params_from_iter};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("04_relationships/03_eager_loading/sent", sent),
    (
        "04_relationships/03_eager_loading/loaded",
        by_mini_orm::loaded,
    ),
];

/// A row of `teachers`.
#[derive(Debug)]
pub struct Teacher {
    pub id: i64,
    pub name: String,
}

// ANCHOR: one_by_one
/// A notice for each teacher, with their clubs.
pub fn notices(conn: &Connection, teachers: &[Teacher]) -> Result<Vec<String>> {
    let mut notices = Vec::new();
    for teacher in teachers {
        let clubs = clubs_of(conn, teacher.id)?;
        notices.push(format!("{}: {}", teacher.name, clubs.join(", ")));
    }
    Ok(notices)
}
// ANCHOR_END: one_by_one

fn clubs_of(conn: &Connection, teacher: i64) -> Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT title FROM clubs WHERE teacher_id = ?1")?;
    let titles = statement.query_map([teacher], |row| row.get("title"))?;
    titles.collect()
}

// ANCHOR: at_once
pub fn notices_at_once(conn: &Connection, teachers: &[Teacher]) -> Result<Vec<String>> {
    // 1 make the places
    let places = vec!["?"; teachers.len()].join(", ");
    // 2 ask once
    let sql = format!(
        "SELECT teacher_id, title FROM clubs \
         WHERE teacher_id IN ({places})"
    );
    let mut statement = conn.prepare(&sql)?;
    let ids = params_from_iter(teachers.iter().map(|teacher| teacher.id));
    let mut rows = statement.query(ids)?;
    // 3 sort into lists
    let mut clubs: HashMap<i64, Vec<String>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let of_teacher = clubs.entry(row.get("teacher_id")?).or_default();
        of_teacher.push(row.get("title")?);
    }
    // 4 hand out
    let mut notices = Vec::new();
    for teacher in teachers {
        let clubs = clubs.get(&teacher.id).cloned().unwrap_or_default();
        notices.push(format!("{}: {}", teacher.name, clubs.join(", ")));
    }
    Ok(notices)
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
    // 3 sort: here one number for each bus
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
    INSERT INTO clubs (title, teacher_id) VALUES ('Chess', 1), ('Robots', 2), ('Choir', 1);";

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

fn school() -> Result<(Connection, Vec<Teacher>)> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(SCHOOL)?;
    let teachers = ["Ida", "Max", "Eve"].into_iter().zip(1..);
    let teachers = teachers.map(|(name, id)| Teacher {
        id,
        name: name.to_owned(),
    });
    let teachers = teachers.collect();
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(remember));
    SENT.take();
    Ok((conn, teachers))
}

/// What both send, and what they return.
fn sent(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    type Notices = fn(&Connection, &[Teacher]) -> Result<Vec<String>>;
    let both: [(&str, Notices); 2] = [("notices", notices), ("notices_at_once", notices_at_once)];
    let (conn, teachers) = school()?;
    for (name, notices) in both {
        let notices = notices(&conn, &teachers)?;
        writeln!(out, "{name} sends")?;
        for sql in SENT.take() {
            writeln!(out, "  {sql}")?;
        }
        writeln!(out, "and returns {notices:?}\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_sends_a_statement_for_each() -> Result<()> {
        let (conn, teachers) = school()?;
        let one_by_one = notices(&conn, &teachers)?;
        assert_eq!(SENT.take().len(), 3);
        assert_eq!(notices_at_once(&conn, &teachers)?, one_by_one);
        assert_eq!(SENT.take().len(), 1);
        assert_eq!(one_by_one, ["Ida: Chess, Choir", "Max: Robots", "Eve: "]);
        assert!(notices_at_once(&conn, &[])?.is_empty());
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
        let (mut conn, teachers) = school()?;
        let tx = conn.transaction()?;
        notices(&tx, &teachers)?;
        tx.commit()?;
        assert_eq!(SENT.take().len(), 5);
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
