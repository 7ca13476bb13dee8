//! Introduction to part 1: the Rust that its exercises need.

use std::error::Error;
use std::io::Write;

use rusqlite::Connection;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("01_models/introduction/floors", floors)];

// ANCHOR: highest_floor
/// The highest floor that has a room, or `None` if there are no rooms.
pub fn highest_floor(conn: &Connection) -> rusqlite::Result<Option<i64>> {
    conn.query_one("SELECT max(floor) FROM rooms", [], |row| row.get(0))
}
// ANCHOR_END: highest_floor

fn floors(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch("CREATE TABLE rooms (code TEXT, floor INTEGER)")?;
    writeln!(out, "{:?}", highest_floor(&conn)?)?;
    conn.execute_batch("INSERT INTO rooms VALUES ('LAB-1', 2), ('ART', 3)")?;
    writeln!(out, "{:?}", highest_floor(&conn)?)?;
    Ok(())
}

// ANCHOR: trait
/// A thing that people can go to.
pub trait Place {
    const KIND: &'static str;

    fn sign(&self) -> String;
}

pub struct Room {
    pub code: String,
}

impl Place for Room {
    const KIND: &'static str = "room";

    fn sign(&self) -> String {
        self.code.clone()
    }
}

/// Written once, for every type that is a `Place`.
pub fn full_sign<P: Place>(place: &P) -> String {
    format!("{} {}", P::KIND, place.sign())
}
// ANCHOR_END: trait

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page says of `i64` in place of `Option<i64>`.
    #[test]
    fn no_largest_floor_is_no_number() -> rusqlite::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE rooms (code TEXT, floor INTEGER)")?;
        assert_eq!(highest_floor(&conn)?, None);
        let floor = conn.query_one("SELECT max(floor) FROM rooms", [], |row| {
            row.get::<_, i64>(0)
        });
        assert!(floor.is_err());
        Ok(())
    }

    #[test]
    fn a_sign_says_the_kind_and_the_code() {
        let lab = Room {
            code: "LAB-1".to_owned(),
        };
        assert_eq!(full_sign(&lab), "room LAB-1");
    }
}
