//! 1.4 Who enforces what: lockers, whose rules are described, and keys.

use std::error::Error;
use std::io::Write;

use mini_orm::{Column, ColumnType, Table};
use rusqlite::Connection;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("01_models/04_user_constraints/sql", sql),
    ("01_models/04_user_constraints/answers", answers),
];

// ANCHOR: lockers
/// What a locker of the school is, for every program that writes one.
fn lockers() -> Table {
    Table::new("lockers")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("code", ColumnType::Text).not_null()) // 1 missing?
        .column(Column::new("note", ColumnType::String(12))) // 3 allowed?
        .column(
            Column::new("floor", ColumnType::Integer)
                .not_null() // 1 missing?
                .server_default(0), // 4 left out?
        )
        .column(Column::new("metal", ColumnType::Boolean)) // 3 allowed?
        .primary_key(&["id"])
        .unique(&["code"]) // 2 repeated?
        .index(&["floor"]) // 5 looked up?
}
// ANCHOR_END: lockers

fn sql(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    write!(out, "{}", lockers().create_sql()?)?;
    Ok(())
}

/// What the tool of the porter sends.
const PORTER: [&str; 5] = [
    "INSERT INTO lockers (code) VALUES ('A1')",
    "INSERT INTO lockers (note) VALUES ('no code')",
    "INSERT INTO lockers (code) VALUES ('A1')",
    "INSERT INTO lockers (code, note) VALUES ('B2', 'the door sticks')",
    "INSERT INTO lockers (code, metal) VALUES ('B2', 'no')",
];

fn answers(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(&lockers().create_sql()?)?;
    for sql in PORTER {
        let answer = match conn.execute_batch(sql) {
            Ok(()) => String::from("stored"),
            Err(error) => error.to_string(),
        };
        writeln!(out, "{sql}\n    {answer}")?;
    }
    let (floor, metal): (i64, Option<bool>) =
        conn.query_one("SELECT floor, metal FROM lockers", [], |row| {
            Ok((row.get("floor")?, row.get("metal")?))
        })?;
    writeln!(
        out,
        "SELECT floor, metal FROM lockers\n    floor: {floor}, metal: {metal:?}"
    )?;
    Ok(())
}

// ANCHOR: keys
/// Keys hang on a board. Each has a room of at most 5 characters; a room can have
/// many keys, and keys are looked up by it. A key may have a tag, a text of any
/// length, and no two have the same. A key for which no hook is given gets hook 1.
pub fn keys() -> Table {
    Table::new("keys")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("room", ColumnType::String(5)).not_null()) // 1, 3
        .column(Column::new("tag", ColumnType::Text)) // 1, 3
        .column(
            Column::new("hook", ColumnType::Integer)
                .not_null() // 1
                .server_default(1), // 4
        )
        .primary_key(&["id"])
        .unique(&["tag"]) // 2
        .index(&["room"]) // 5
}
// ANCHOR_END: keys

#[cfg(test)]
mod tests {
    use super::*;

    fn created(table: &Table) -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(&table.create_sql().unwrap()).unwrap();
        conn
    }

    #[test]
    fn only_the_first_of_the_porters_lockers_is_stored() {
        let conn = created(&lockers());
        let stored: Vec<bool> = PORTER
            .iter()
            .map(|sql| conn.execute_batch(sql).is_ok())
            .collect();
        assert_eq!(stored, [true, false, false, false, false]);
    }

    /// What the page says of the key board.
    #[test]
    fn a_key_has_a_room_that_may_repeat_and_a_tag_that_may_not() {
        let conn = created(&keys());
        conn.execute_batch("INSERT INTO keys (room) VALUES ('GYM'), ('GYM')")
            .unwrap();
        conn.execute_batch("INSERT INTO keys (room, tag) VALUES ('LAB-1', 'red')")
            .unwrap();
        for sql in [
            "INSERT INTO keys (room, tag) VALUES ('ART', 'red')",
            "INSERT INTO keys (tag) VALUES ('blue')",
            "INSERT INTO keys (room) VALUES ('LAB-12')",
            "INSERT INTO keys (room, hook) VALUES ('ART', NULL)",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        let hooks: i64 = conn
            .query_one("SELECT sum(hook) FROM keys", [], |row| row.get(0))
            .unwrap();
        assert_eq!(hooks, 3);
    }

    /// What the page says happens to the Rust program that reads the porter's rows.
    #[test]
    fn a_missing_floor_is_an_error_for_the_reader() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE lockers (code TEXT, floor INTEGER);
             INSERT INTO lockers (code) VALUES ('A1');",
        )
        .unwrap();
        let floor: rusqlite::Result<i64> =
            conn.query_one("SELECT floor FROM lockers", [], |row| row.get("floor"));
        assert!(matches!(
            floor,
            Err(rusqlite::Error::InvalidColumnType(_, _, _))
        ));
    }

    /// The index of a pair is sorted by its first column.
    #[test]
    fn the_index_of_a_pair_does_not_find_by_its_second_column() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE t (a TEXT, b TEXT, c TEXT, UNIQUE (a, b))")
            .unwrap();
        for (column, found) in [("a", "SEARCH t"), ("b", "SCAN t")] {
            let sql = format!("EXPLAIN QUERY PLAN SELECT * FROM t WHERE {column} = 'x'");
            let plan: String = conn.query_one(&sql, [], |row| row.get("detail")).unwrap();
            assert!(plan.starts_with(found), "{plan}");
        }
    }

    #[test]
    fn a_second_index_is_not_used() {
        let conn = created(
            &Table::new("t")
                .column(Column::new("id", ColumnType::Integer))
                .column(Column::new("a", ColumnType::Text))
                .primary_key(&["id"])
                .unique(&["a"])
                .index(&["a"]),
        );
        let count: i64 = conn
            .query_one("SELECT count(*) FROM pragma_index_list('t')", [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(count, 2);
        let plan: String = conn
            .query_one(
                "EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 'x'",
                [],
                |row| row.get("detail"),
            )
            .unwrap();
        assert!(plan.starts_with("SEARCH t USING"), "{plan}");
        assert_eq!(plan.matches("INDEX").count(), 1, "{plan}");
    }

    /// A CHECK lets NULL pass, so NOT NULL is a rule of its own.
    #[test]
    fn a_boolean_may_be_null_unless_it_is_not_null() {
        let conn = created(&lockers());
        conn.execute_batch("INSERT INTO lockers (code, metal) VALUES ('A1', NULL), ('B2', 1)")
            .unwrap();
        assert!(
            conn.execute_batch("INSERT INTO lockers (code, metal) VALUES ('C3', 2)")
                .is_err()
        );
    }
}
