//! 1.2 Rows of the first table: visitors go into a table and come back, plants
//! are read, and both ways to print a value.

use std::error::Error;
use std::fmt;
use std::io::Write;

use rusqlite::{Connection, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("01_models/02_subject_group_rows/signed_in", signed_in)];

/// The table and its first row, as the page makes them.
pub const VISITORS: &str = "
    CREATE TABLE visitors (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        company TEXT
    );
    INSERT INTO visitors (name, company) VALUES ('Ada Blum', 'Acme');";

/// Plants, whose columns stand in another order than the fields of `Thirsty`.
pub const PLANTS: &str = "
    CREATE TABLE plants (id INTEGER PRIMARY KEY, dry_days INTEGER NOT NULL, name TEXT NOT NULL);
    INSERT INTO plants (name, dry_days) VALUES ('fern', 2), ('moss', 9), ('ivy', 5);";

// ANCHOR: sign_in
/// One row of the table `visitors`.
#[derive(Debug)]
pub struct Visitor {
    pub id: Option<i64>, // None until SQLite has assigned it
    pub name: String,
    pub company: Option<String>,
}

/// Stores a new visitor, and writes the id into `visitor`.
pub fn sign_in(conn: &Connection, visitor: &mut Visitor) -> Result<()> {
    conn.execute(
        "INSERT INTO visitors (name, company) VALUES (?1, ?2)", // 1 name the columns
        (&visitor.name, &visitor.company),                      // 2 bind the values
    )?;
    visitor.id = Some(conn.last_insert_rowid()); // 3 take the id back
    Ok(())
}
// ANCHOR_END: sign_in

// ANCHOR: badges
/// What stands on the badges of all visitors: number and name.
pub fn badges(conn: &Connection) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT id, name FROM visitors"; // 1 name the columns
    let mut statement = conn.prepare(sql)?;
    let badges = statement.query_map([], |row| {
        Ok((row.get("id")?, row.get("name")?)) // 4 map each row
    })?;
    badges.collect() // 5 collect the results
}
// ANCHOR_END: badges

// ANCHOR: display
impl fmt::Display for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "visitor {}", self.name)
    }
}
// ANCHOR_END: display

// ANCHOR: bring
/// Stores a plant that was watered today, and returns its id.
pub fn bring(conn: &Connection, name: &str) -> Result<i64> {
    // 1 name the columns
    let sql = "INSERT INTO plants (name, dry_days) VALUES (?1, 0)";
    // 2 bind the values
    conn.execute(sql, [name])?;
    // 3 take the id back
    Ok(conn.last_insert_rowid())
}
// ANCHOR_END: bring

// ANCHOR: thirsty
/// What the list of thirsty plants says of one of them.
#[derive(Debug, PartialEq)]
pub struct Thirsty {
    pub name: String,
    pub days: i64,
}

/// The plants that have had no water for more than `days`.
pub fn thirsty(conn: &Connection, days: i64) -> Result<Vec<Thirsty>> {
    // 1 name the columns
    let sql = "SELECT name, dry_days FROM plants WHERE dry_days > ?1";
    let mut statement = conn.prepare(sql)?;
    // 2 bind the values
    let plants = statement.query_map([days], |row| {
        // 4 map each row
        Ok(Thirsty {
            name: row.get("name")?,
            days: row.get("dry_days")?,
        })
    })?;
    // 5 collect the results
    plants.collect()
}
// ANCHOR_END: thirsty

fn visitor(name: &str) -> Visitor {
    Visitor {
        id: None,
        name: name.to_owned(),
        company: None,
    }
}

/// # Errors
/// When SQLite refuses a statement, or the output is not taken.
pub fn signed_in(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(VISITORS)?;
    let mut mary = visitor("Mary O'Brien");
    writeln!(out, "before, by {{:?}}  {mary:?}")?;
    sign_in(&conn, &mut mary)?;
    writeln!(out, "after,  by {{:?}}  {mary:?}")?;
    writeln!(out, "after,  by {{}}    {mary}")?;
    sign_in(&conn, &mut visitor("Zoe'), ('Eve"))?;
    writeln!(out, "badges:")?;
    for badge in badges(&conn)? {
        writeln!(out, "    {badge:?}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Error;

    use super::*;

    #[test]
    fn visitors_come_back_as_they_were_and_with_ids() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(VISITORS)?;
        let mut zoe = visitor("Zoe'), ('Eve");
        sign_in(&conn, &mut zoe)?;
        assert_eq!(zoe.id, Some(2));
        let expected = [(1, "Ada Blum".to_owned()), (2, "Zoe'), ('Eve".to_owned())];
        assert_eq!(badges(&conn)?, expected);
        Ok(())
    }

    #[test]
    fn a_refused_row_is_an_error_and_its_id_stays_none() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(VISITORS)?;
        conn.execute_batch("CREATE UNIQUE INDEX ux_visitors_name ON visitors (name)")?;
        let mut ada = visitor("Ada Blum");
        assert!(sign_in(&conn, &mut ada).is_err());
        assert_eq!(ada.id, None);
        Ok(())
    }

    #[test]
    fn thirsty_plants_are_read_whatever_the_order_of_columns() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(PLANTS)?;
        let moss = Thirsty {
            name: "moss".to_owned(),
            days: 9,
        };
        assert_eq!(thirsty(&conn, 5)?, [moss]);
        assert_eq!(thirsty(&conn, 9)?, []);
        Ok(())
    }

    #[test]
    fn a_plant_that_is_brought_has_the_id_of_its_row() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(PLANTS)?;
        conn.execute_batch("DELETE FROM plants WHERE name = 'fern'")?;
        let id = bring(&conn, "maiden's hair")?;
        let sql = "SELECT name FROM plants WHERE id = ?1 AND dry_days = 0";
        let name: String = conn.query_one(sql, [id], |row| row.get("name"))?;
        assert_eq!((id, name.as_str()), (4, "maiden's hair"));
        Ok(())
    }

    /// Each row gives a `Result`, and the first error is the result of all.
    #[test]
    fn a_row_that_cannot_be_read_makes_an_error_of_the_list() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(VISITORS)?;
        let mut statement = conn.prepare("SELECT company FROM visitors")?;
        conn.execute_batch("INSERT INTO visitors (name) VALUES ('Ida')")?;
        let companies: Result<Vec<String>> = statement.query_map([], |row| row.get(0))?.collect();
        assert!(matches!(companies, Err(Error::InvalidColumnType(..))));
        let companies: Result<Vec<Option<String>>> =
            statement.query_map([], |row| row.get(0))?.collect();
        assert_eq!(companies?, [Some("Acme".to_owned()), None]);
        Ok(())
    }

    #[test]
    fn a_placeholder_in_quotes_is_a_text() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE tools (id INTEGER PRIMARY KEY, name TEXT)")?;
        let told = conn.execute("INSERT INTO tools (name) VALUES ('?1')", ["saw"]);
        assert!(
            matches!(told, Err(Error::InvalidParameterCount(1, 0))),
            "{told:?}"
        );
        let rows: i64 = conn.query_one("SELECT count(*) FROM tools", [], |row| row.get(0))?;
        assert_eq!(rows, 0);
        Ok(())
    }

    #[test]
    fn the_debug_form_shows_what_the_display_form_hides() {
        let ada = visitor("Ada Blum ");
        assert_eq!(ada.to_string(), "visitor Ada Blum ");
        assert_eq!(
            format!("{ada:?}"),
            "Visitor { id: None, name: \"Ada Blum \", company: None }"
        );
        // `{:#?}` is the same on several lines, and a list prints its elements
        // in the debug form.
        assert!(format!("{:?}", [ada]).starts_with("[Visitor {"));
    }

    #[test]
    fn returning_gives_the_id_too() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(VISITORS)?;
        let id: i64 = conn.query_one(
            "INSERT INTO visitors (name) VALUES (?1) RETURNING id",
            ["Ida"],
            |row| row.get("id"),
        )?;
        assert_eq!(id, conn.last_insert_rowid());
        Ok(())
    }

    #[test]
    fn a_name_of_a_column_cannot_be_bound() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(VISITORS)?;
        let found: String =
            conn.query_one("SELECT ?1 FROM visitors", ["name"], |row| row.get(0))?;
        assert_eq!(found, "name");
        Ok(())
    }

    /// The closure of `query_map` is called when the rows are collected.
    #[test]
    fn rows_are_read_when_they_are_collected() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(VISITORS)?;
        let mut calls = 0;
        let mut statement = conn.prepare("SELECT name FROM visitors")?;
        let names = statement.query_map([], |row| {
            calls += 1;
            row.get::<_, String>("name")
        })?;
        drop(names);
        assert_eq!(calls, 0);
        Ok(())
    }

    /// `execute` sends a single statement, `execute_batch` whatever the text holds.
    #[test]
    fn a_name_in_the_sql_can_delete_the_table() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(VISITORS)?;
        let name = "Eve'); DROP TABLE visitors; --";
        let sql = format!("INSERT INTO visitors (name) VALUES ('{name}')");
        let told = conn.execute(&sql, []);
        assert!(matches!(told, Err(Error::MultipleStatement)), "{told:?}");
        conn.execute_batch(&sql)?;
        assert!(conn.prepare("SELECT name FROM visitors").is_err());
        Ok(())
    }
}
