//! The introduction of part 6: up to the latest version, down one step at a time.

use std::error::Error;
use std::io::Write;

use rusqlite::{Connection, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("06_migrations_by_hand/introduction/up_and_down", run)];

// ANCHOR: steps
/// Each step: the way up, and the way back.
const STEPS: &[(&str, &str)] = &[
    ("CREATE TABLE rooms (code TEXT)", "DROP TABLE rooms"),
    ("CREATE TABLE desks (code TEXT)", "DROP TABLE desks"),
    ("CREATE TABLE loans (book TEXT)", "DROP TABLE loans"),
];
// ANCHOR_END: steps

/// Takes all steps that are missing.
fn upgrade(conn: &mut Connection) -> Result<()> {
    let done = version(conn)?;
    for (number, (up, _)) in (1..).zip(STEPS).skip_while(|(number, _)| *number <= done) {
        take(conn, up, number)?;
    }
    Ok(())
}

/// Takes one step back, if there is one.
fn downgrade(conn: &mut Connection) -> Result<()> {
    let done = version(conn)?;
    match (1..).zip(STEPS).find(|(number, _)| *number == done) {
        Some((number, (_, down))) => take(conn, down, number - 1),
        None => Ok(()),
    }
}

fn take(conn: &mut Connection, step: &str, version: i64) -> Result<()> {
    let tx = conn.transaction()?;
    tx.execute_batch(step)?;
    tx.pragma_update(None, "user_version", version)?;
    tx.commit()
}

fn version(conn: &Connection) -> Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The version, and how many rows each table has.
fn found(conn: &Connection) -> Result<String> {
    let mut tables = Vec::new();
    let mut names = conn.prepare("SELECT name FROM sqlite_schema ORDER BY name")?;
    for name in names.query_map([], |row| row.get::<_, String>(0))? {
        let name = name?;
        let sql = format!("SELECT count(*) FROM {name}");
        let rows: i64 = conn.query_one(&sql, [], |row| row.get(0))?;
        tables.push(match rows {
            1 => format!("{name} with 1 row"),
            rows => format!("{name} with {rows} rows"),
        });
    }
    let tables = match tables.as_slice() {
        [] => "no table".to_owned(),
        tables => tables.join(", "),
    };
    Ok(format!("version {}: {tables}", version(conn)?))
}

/// Up, some rows, down to the end, up.
///
/// # Errors
/// When SQLite refuses something.
pub fn run(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let mut conn = Connection::open_in_memory()?;
    writeln!(out, "a new file  {}", found(&conn)?)?;
    upgrade(&mut conn)?;
    writeln!(out, "upgrade     {}", found(&conn)?)?;
    conn.execute_batch("INSERT INTO rooms VALUES ('GYM'), ('LAB')")?;
    writeln!(out, "two rows    {}", found(&conn)?)?;
    for _ in STEPS {
        downgrade(&mut conn)?;
        writeln!(out, "downgrade   {}", found(&conn)?)?;
    }
    upgrade(&mut conn)?;
    writeln!(out, "upgrade     {}", found(&conn)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upgrade_goes_to_the_latest_and_a_downgrade_one_step() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        let mut seen = vec![version(&conn)?];
        upgrade(&mut conn)?;
        seen.push(version(&conn)?);
        for _ in 0..4 {
            downgrade(&mut conn)?;
            seen.push(version(&conn)?);
        }
        upgrade(&mut conn)?;
        seen.push(version(&conn)?);
        assert_eq!(seen, [0, 3, 2, 1, 0, 0, 3]);
        Ok(())
    }

    #[test]
    fn rows_do_not_come_back() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        upgrade(&mut conn)?;
        conn.execute_batch("INSERT INTO loans VALUES ('Emma')")?;
        downgrade(&mut conn)?;
        upgrade(&mut conn)?;
        assert!(found(&conn)?.contains("loans with 0 rows"));
        Ok(())
    }
}
