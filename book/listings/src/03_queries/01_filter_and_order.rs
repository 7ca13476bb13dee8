//! 3.1 What is asked for, in order: books of a shop, and songs.

use std::error::Error;
use std::io::Write;

use rusqlite::Connection;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("03_queries/01_filter_and_order/lists", lists)];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The table of the page, with its rows.
const BOOKS: &str = "\
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    cents INTEGER NOT NULL
);
INSERT INTO books (title, cents) VALUES
    ('Momo', 900), ('Emma', 700), ('Ulysses', 1200), ('Dune', 900);";

fn books() -> rusqlite::Result<Connection> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(BOOKS)?;
    Ok(conn)
}

/// What a visitor clicks on.
#[derive(Clone, Copy)]
pub enum Way {
    Up,
    Down,
}

// ANCHOR: offers
/// SQL for the books that cost at most `?1`, sorted by what a visitor chose.
fn offers(by: &str, way: Way) -> Result<String> {
    // 1 choose the column
    let column = match by {
        "price" => "cents",
        "title" => "title",
        _ => return Err(format!("cannot sort books by {by}").into()),
    };
    // 2 choose the direction
    let direction = match way {
        Way::Up => "ASC",
        Way::Down => "DESC",
    };
    // 3 leave nothing to luck
    let order = format!("ORDER BY {column} {direction}, id");
    Ok(format!("SELECT title FROM books WHERE cents <= ?1 {order}"))
}
// ANCHOR_END: offers

// ANCHOR: titles
/// The titles that such a query finds.
fn titles(conn: &Connection, sql: &str, most: i64) -> Result<Vec<String>> {
    let mut statement = conn.prepare(sql)?;
    // 4 bind the values
    let titles = statement.query_map([most], |row| row.get("title"))?;
    Ok(titles.collect::<rusqlite::Result<_>>()?)
}
// ANCHOR_END: titles

// ANCHOR: songs
/// The songs of an artist, sorted by what a listener chose.
pub fn songs(conn: &Connection, artist: &str, by: &str) -> Result<Vec<String>> {
    // 1 choose the column, and 2 the direction
    let order = match by {
        "longest first" => "seconds DESC",
        "title" => "title",
        _ => return Err(format!("cannot sort songs by {by}").into()),
    };
    // 3 leave nothing to luck
    let found = "SELECT title FROM songs WHERE artist = ?1";
    let sql = format!("{found} ORDER BY {order}, id");
    // 4 bind the values
    let mut statement = conn.prepare(&sql)?;
    let titles = statement.query_map([artist], |row| row.get("title"))?;
    Ok(titles.collect::<rusqlite::Result<_>>()?)
}
// ANCHOR_END: songs

/// Three lists of the shop, with the SQL that made them.
fn lists(out: &mut dyn Write) -> Result<()> {
    let conn = books()?;
    for (by, way, name) in [
        ("price", Way::Down, "Down"),
        ("title", Way::Up, "Up"),
        ("color", Way::Up, "Up"),
    ] {
        writeln!(out, "{by}, {name}")?;
        let sql = match offers(by, way) {
            Ok(sql) => sql,
            Err(error) => {
                writeln!(out, "    Err: {error}")?;
                continue;
            }
        };
        let mut statement = conn.prepare(&sql)?;
        statement.raw_bind_parameter(1, 1000)?;
        let sent = statement.expanded_sql().unwrap_or_default();
        writeln!(out, "    {}", sent.replace(" ORDER", "\n    ORDER"))?;
        writeln!(out, "    {}", titles(&conn, &sql, 1000)?.join(", "))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_has_its_lists() -> Result<()> {
        let conn = books()?;
        let list = |by, way| titles(&conn, &offers(by, way)?, 1000);
        assert_eq!(list("price", Way::Up)?, ["Emma", "Momo", "Dune"]);
        assert_eq!(list("price", Way::Down)?, ["Momo", "Dune", "Emma"]);
        assert_eq!(list("title", Way::Down)?, ["Momo", "Emma", "Dune"]);
        assert!(list("cents", Way::Up).is_err());
        Ok(())
    }

    #[test]
    fn a_bound_name_sorts_nothing() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE runners (name TEXT, seconds INTEGER);
             INSERT INTO runners VALUES ('Kim', 70), ('Ada', 90), ('Lou', 60)",
        )?;
        let mut statement = conn.prepare("SELECT name FROM runners ORDER BY ?1")?;
        let names = statement.query_map(["seconds"], |row| row.get(0))?;
        let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
        assert_eq!(names, ["Kim", "Ada", "Lou"]);
        Ok(())
    }

    #[test]
    fn songs_are_listed() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE songs (id INTEGER PRIMARY KEY, artist TEXT, title TEXT, seconds INTEGER);
             INSERT INTO songs (artist, title, seconds) VALUES
                ('Sun''s', 'Noon', 90), ('Sun''s', 'Dawn', 200), ('Moon', 'Night', 10)",
        )?;
        assert_eq!(songs(&conn, "Sun's", "longest first")?, ["Dawn", "Noon"]);
        assert_eq!(songs(&conn, "Sun's", "title")?, ["Dawn", "Noon"]);
        assert!(songs(&conn, "Sun's", "seconds").is_err());
        Ok(())
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/03_queries/01_filter_and_order.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
