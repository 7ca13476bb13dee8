//! The introduction of part 5: a type that has the connection for a while.

use std::error::Error;
use std::io::Write;

use rusqlite::{Connection, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("05_sessions/introduction/visit", visit)];

// ANCHOR: visit
/// Somebody who looks at the plants. Nobody else uses the connection meanwhile.
struct Visit<'c> {
    conn: &'c mut Connection,
    seen: i64,
}

impl<'c> Visit<'c> {
    fn new(conn: &'c mut Connection) -> Self {
        Self { conn, seen: 0 }
    }

    fn look(&mut self) -> Result<()> {
        let sql = "SELECT count(*) FROM plants";
        self.seen += self.conn.query_one(sql, [], |row| row.get::<_, i64>(0))?;
        Ok(())
    }
}
// ANCHOR_END: visit

fn visit(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let mut conn = Connection::open_in_memory()?;
    conn.execute_batch("CREATE TABLE plants (name TEXT); INSERT INTO plants VALUES ('fern')")?;
    let mut visit = Visit::new(&mut conn);
    visit.look()?;
    visit.look()?;
    writeln!(out, "seen: {}", visit.seen)?;
    conn.execute_batch("INSERT INTO plants VALUES ('moss')")?;
    let mut visit = Visit::new(&mut conn);
    visit.look()?;
    writeln!(out, "seen: {}", visit.seen)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_visit_counts_what_it_sees() {
        let mut out = Vec::new();
        visit(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "seen: 2\nseen: 2\n");
    }
}
