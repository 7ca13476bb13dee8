//! Every message that does not come from a page's own SQL: of files, of
//! rusqlite, of `mini_orm`. Each run makes its error, and prints what it says.

use std::error::Error;
use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use mini_orm::{Column, ColumnType, Location, MetaData, Model, Table, UtcTime};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Row};

use crate::Run;

/// What prints each message.
pub(crate) const RUNS: &[(&str, Run)] = &[
    ("appendix/error_messages/cannot_open", cannot_open),
    ("appendix/error_messages/not_a_database", not_a_database),
    ("appendix/error_messages/locked", locked),
    ("appendix/error_messages/read_only", read_only),
    ("appendix/error_messages/place", place),
    ("appendix/error_messages/no_rows", no_rows),
    ("appendix/error_messages/two_rows", two_rows),
    ("appendix/error_messages/column_type", column_type),
    ("appendix/error_messages/column_name", column_name),
    ("appendix/error_messages/column_index", column_index),
    ("appendix/error_messages/conversion", conversion),
    ("appendix/error_messages/out_of_range", out_of_range),
    ("appendix/error_messages/parameters", parameters),
    ("appendix/error_messages/parameter_name", parameter_name),
    ("appendix/error_messages/two_statements", two_statements),
    ("appendix/error_messages/results", results),
    ("appendix/error_messages/model", model),
    ("appendix/error_messages/definition", definition),
    ("appendix/error_messages/registered_twice", registered_twice),
    ("appendix/error_messages/url", url),
];

/// What a run returns.
pub type Done = Result<(), Box<dyn Error>>;

/// Prints the error; to have none is one.
fn says<T, E: Display>(out: &mut dyn Write, result: Result<T, E>) -> Done {
    match result {
        Ok(_) => Err("there is no error to print".into()),
        Err(error) => Ok(writeln!(out, "{error}")?),
    }
}

/// The same with a path that is another on every machine as `folder`.
fn says_in<T, E: Display>(out: &mut dyn Write, folder: &Path, result: Result<T, E>) -> Done {
    let folder = folder.display().to_string();
    says(
        out,
        result.map_err(|error| {
            error
                .to_string()
                .replace(&folder, "folder")
                .replace('\\', "/")
        }),
    )
}

/// Two users; the second has no email.
fn users() -> rusqlite::Result<Connection> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL, email TEXT);
         INSERT INTO users (username, email) VALUES ('Ada', 'ada@example.com');
         INSERT INTO users (username) VALUES ('Olga');",
    )?;
    Ok(conn)
}

/// # Errors
/// When there is no error to print; so for all that follow.
pub fn cannot_open(out: &mut dyn Write) -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("missing/app.db");
    // ANCHOR: cannot_open
    let opened = Connection::open(&path);
    // ANCHOR_END: cannot_open
    says_in(out, folder.path(), opened)
}

/// # Errors
/// See [`cannot_open`].
pub fn not_a_database(out: &mut dyn Write) -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "These are notes, and no database. ".repeat(40))?;
    // ANCHOR: not_a_database
    let conn = Connection::open(&path)?;
    let read = conn.query_one("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    // ANCHOR_END: not_a_database
    says_in(out, folder.path(), read)
}

/// # Errors
/// See [`cannot_open`].
pub fn locked(out: &mut dyn Write) -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("app.db");
    // ANCHOR: locked
    let first = Connection::open(&path)?;
    first.execute_batch("CREATE TABLE pets (name TEXT); BEGIN IMMEDIATE")?;
    let second = Connection::open(&path)?;
    second.busy_timeout(Duration::ZERO)?;
    let written = second.execute_batch("INSERT INTO pets (name) VALUES ('Rex')");
    // ANCHOR_END: locked
    says(out, written)
}

/// # Errors
/// See [`cannot_open`].
pub fn read_only(out: &mut dyn Write) -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("app.db");
    Connection::open(&path)?.execute_batch("CREATE TABLE pets (name TEXT)")?;
    // ANCHOR: read_only
    let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let written = conn.execute_batch("INSERT INTO pets (name) VALUES ('Rex')");
    // ANCHOR_END: read_only
    says(out, written)
}

/// # Errors
/// See [`cannot_open`].
pub fn place(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: place
    let prepared = conn.prepare("SELECT usrname FROM users");
    // ANCHOR_END: place
    says(out, prepared)
}

/// # Errors
/// See [`cannot_open`].
pub fn no_rows(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: no_rows
    let id = conn.query_one("SELECT id FROM users WHERE username = 'Rex'", [], |row| {
        row.get::<_, i64>("id")
    });
    // ANCHOR_END: no_rows
    says(out, id)
}

/// # Errors
/// See [`cannot_open`].
pub fn two_rows(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: two_rows
    let id = conn.query_one("SELECT id FROM users", [], |row| row.get::<_, i64>("id"));
    // ANCHOR_END: two_rows
    says(out, id)
}

/// # Errors
/// See [`cannot_open`].
pub fn column_type(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: column_type
    let email = conn.query_one("SELECT email FROM users WHERE id = 2", [], |row| {
        row.get::<_, String>("email")
    });
    // ANCHOR_END: column_type
    says(out, email)
}

/// # Errors
/// See [`cannot_open`].
pub fn column_name(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: column_name
    let email = conn.query_one("SELECT id, username FROM users WHERE id = 2", [], |row| {
        row.get::<_, Option<String>>("email")
    });
    // ANCHOR_END: column_name
    says(out, email)
}

/// # Errors
/// See [`cannot_open`].
pub fn column_index(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: column_index
    let name = conn.query_one("SELECT username FROM users WHERE id = 2", [], |row| {
        row.get::<_, String>(1)
    });
    // ANCHOR_END: column_index
    says(out, name)
}

/// # Errors
/// See [`cannot_open`].
pub fn conversion(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: conversion
    let seen_at = conn.query_one("SELECT '1 March 2026'", [], |row| row.get::<_, UtcTime>(0));
    // ANCHOR_END: conversion
    says(out, seen_at)
}

/// # Errors
/// See [`cannot_open`].
pub fn out_of_range(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: out_of_range
    let small = conn.query_one("SELECT 5000000000", [], |row| row.get::<_, i32>(0));
    // ANCHOR_END: out_of_range
    says(out, small)
}

/// # Errors
/// See [`cannot_open`].
pub fn parameters(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: parameters
    let inserted = conn.execute("INSERT INTO users (username) VALUES ('?1')", ["Rex"]);
    // ANCHOR_END: parameters
    says(out, inserted)
}

/// # Errors
/// See [`cannot_open`].
pub fn parameter_name(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: parameter_name
    let inserted = conn.execute(
        "INSERT INTO users (username) VALUES (:username)",
        &[("username", "Rex")],
    );
    // ANCHOR_END: parameter_name
    says(out, inserted)
}

/// # Errors
/// See [`cannot_open`].
pub fn two_statements(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: two_statements
    let made = conn.execute("CREATE TABLE a (x TEXT); CREATE TABLE b (x TEXT)", []);
    // ANCHOR_END: two_statements
    says(out, made)
}

/// # Errors
/// See [`cannot_open`].
pub fn results(out: &mut dyn Write) -> Done {
    let conn = users()?;
    // ANCHOR: results
    let asked = conn.execute("SELECT username FROM users", []);
    // ANCHOR_END: results
    says(out, asked)
}

/// A model of nothing but its table.
macro_rules! model {
    ($name:ident, $table:expr) => {
        struct $name;
        impl Model for $name {
            const TABLE: &'static str = "rooms";
            fn table() -> Table {
                $table
            }
            fn from_row(_: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self)
            }
            fn values(&self) -> Vec<(&'static str, Value)> {
                Vec::new()
            }
        }
    };
}

model!(Room, rooms());
model!(WithoutKey, Table::new("rooms").column(id()));
model!(
    OtherName,
    Table::new("room").column(id()).primary_key(&["id"])
);
model!(
    TextKey,
    Table::new("rooms")
        .column(Column::new("code", ColumnType::Text))
        .primary_key(&["code"])
);

fn id() -> Column {
    Column::new("id", ColumnType::Integer)
}

fn rooms() -> Table {
    Table::new("rooms").column(id()).primary_key(&["id"])
}

/// # Errors
/// See [`cannot_open`].
pub fn model(out: &mut dyn Write) -> Done {
    says(out, mini_orm::table_of::<WithoutKey>())?;
    says(out, mini_orm::table_of::<TextKey>())?;
    says(out, mini_orm::table_of::<OtherName>())
}

/// # Errors
/// See [`cannot_open`].
pub fn definition(out: &mut dyn Write) -> Done {
    let number = || Column::new("number", ColumnType::Text);
    says(out, Table::new("rooms").create_sql())?;
    says(out, rooms().column(number()).column(number()).create_sql())?;
    says(
        out,
        rooms().column(number()).unique(&["numbr"]).create_sql(),
    )
}

/// # Errors
/// See [`cannot_open`].
pub fn registered_twice(out: &mut dyn Write) -> Done {
    // ANCHOR: registered_twice
    let metadata = MetaData::new().register::<Room>()?.register::<Room>();
    // ANCHOR_END: registered_twice
    says(out, metadata)
}

/// # Errors
/// See [`cannot_open`].
pub fn url(out: &mut dyn Write) -> Done {
    says(out, mini_orm::database_url(|_| None))?;
    says(out, "app.db".parse::<Location>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(conn: &Connection, sql: &str) -> rusqlite::Result<i64> {
        conn.query_one(sql, [], |row| row.get(0))
    }

    #[test]
    fn or_fail_keeps_the_rows_before_the_wrong_one() -> Done {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE codes (code TEXT UNIQUE)")?;
        let insert = |or| {
            let sql = format!("INSERT {or} INTO codes VALUES ('a'), ('b'), ('a')");
            assert!(conn.execute_batch(&sql).is_err(), "{sql}");
            count(&conn, "SELECT count(*) FROM codes")
        };
        assert_eq!(insert("")?, 0);
        assert_eq!(insert("OR FAIL")?, 2);
        Ok(())
    }

    #[test]
    fn a_key_takes_what_can_become_a_whole_number() -> Done {
        let conn = users()?;
        conn.execute_batch("INSERT INTO users (id, username) VALUES ('7', 'Rex'), (NULL, 'Tom')")?;
        assert_eq!(
            count(&conn, "SELECT id FROM users WHERE username = 'Tom'")?,
            8
        );
        Ok(())
    }

    #[test]
    fn a_strict_table_converts_what_it_can() -> Done {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE visits (grams INTEGER) STRICT; INSERT INTO visits VALUES ('7')",
        )?;
        assert_eq!(count(&conn, "SELECT grams FROM visits")?, 7);
        Ok(())
    }

    /// Ordinary tables allow it, STRICT ones and those without a rowid do not.
    #[test]
    fn where_a_key_may_be_null() -> Done {
        let conn = Connection::open_in_memory()?;
        for (end, stored) in [("", true), ("STRICT", false), ("WITHOUT ROWID", false)] {
            let sql = format!(
                "CREATE TABLE codes (code TEXT PRIMARY KEY) {end};
                 INSERT INTO codes VALUES (NULL);"
            );
            assert_eq!(conn.execute_batch(&sql).is_ok(), stored, "{end}");
            conn.execute_batch("DROP TABLE codes")?;
        }
        Ok(())
    }

    #[test]
    fn a_reader_that_is_not_done_locks_out_a_writer() -> Done {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("app.db");
        let writer = Connection::open(&path)?;
        assert_eq!(count(&writer, "PRAGMA busy_timeout")?, 5000);
        writer.execute_batch(
            "CREATE TABLE pets (name TEXT); INSERT INTO pets VALUES ('Rex'), ('Tom')",
        )?;
        writer.busy_timeout(Duration::ZERO)?;
        let reader = Connection::open(&path)?;
        let mut names = reader.prepare("SELECT name FROM pets")?;
        let mut rows = names.query([])?;
        assert!(rows.next()?.is_some());
        let written = writer.execute_batch("DELETE FROM pets");
        assert!(written.is_err_and(|error| error.to_string() == "database is locked"));
        while rows.next()?.is_some() {}
        writer.execute_batch("DELETE FROM pets")?;
        Ok(())
    }

    #[test]
    fn a_folder_cannot_be_opened() -> Done {
        let folder = tempfile::tempdir()?;
        let opened = Connection::open(folder.path());
        assert!(opened.is_err_and(|error| error.to_string().starts_with("unable to open")));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_deleted_file_is_not_written() -> Done {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("app.db");
        let conn = Connection::open(&path)?;
        conn.execute_batch("CREATE TABLE pets (name TEXT)")?;
        std::fs::remove_file(&path)?;
        let written = conn.execute_batch("INSERT INTO pets VALUES ('Rex')");
        assert!(
            written.is_err_and(|error| error.to_string() == "attempt to write a readonly database")
        );
        Ok(())
    }

    #[test]
    fn of_two_statements_none_has_run_and_a_returned_row_is_stored() -> Done {
        let conn = users()?;
        let two = "DELETE FROM users; DELETE FROM users";
        assert!(conn.execute(two, []).is_err());
        assert_eq!(count(&conn, "SELECT count(*) FROM users")?, 2);
        let returning = "INSERT INTO users (username) VALUES ('Rex') RETURNING id";
        assert!(conn.execute(returning, []).is_err());
        assert_eq!(count(&conn, "SELECT count(*) FROM users")?, 3);
        Ok(())
    }

    #[test]
    fn a_place_is_counted_in_bytes() -> Done {
        let conn = users()?;
        let error = conn
            .prepare("SELECT '\u{e9}\u{e9}', nick FROM users")
            .unwrap_err();
        assert!(error.to_string().ends_with("offset 15"), "{error}");
        Ok(())
    }
}
