//! Errors of real databases, told apart by their codes.

use mini_orm::{Column, ColumnType, Model, Table, Violation, create, insert, violation};
use rusqlite::types::Value;
use rusqlite::{Connection, Error, Row, ffi};

struct Group(String);

impl Model for Group {
    const TABLE: &'static str = "groups";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::String(60)).not_null())
            .primary_key(&["id"])
            .unique(&["name"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        row.get("name").map(Self)
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("name", self.0.clone().into())]
    }
}

/// The error of the last of several statements.
#[track_caller]
fn error_of(setup: &str, sql: &str) -> Error {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(setup).unwrap();
    conn.execute_batch(sql).unwrap_err()
}

#[track_caller]
fn assert_violation(expected: Violation, setup: &str, sql: &str) {
    let error = error_of(setup, sql);
    assert_eq!(violation(&error), expected, "{error}");
}

#[test]
fn what_occurs_twice_is_unique() {
    for (setup, sql) in [
        ("CREATE TABLE t (a UNIQUE)", "INSERT INTO t VALUES (1), (1)"),
        (
            "CREATE TABLE t (a, b, UNIQUE (a, b))",
            "INSERT INTO t VALUES (1, 2), (1, 2)",
        ),
        (
            "CREATE TABLE t (a); CREATE UNIQUE INDEX u ON t (abs(a))",
            "INSERT INTO t VALUES (1), (-1)",
        ),
        (
            "CREATE TABLE t (a); INSERT INTO t VALUES (1), (1)",
            "CREATE UNIQUE INDEX u ON t (a)",
        ),
        (
            "CREATE TABLE t (id INTEGER PRIMARY KEY)",
            "INSERT INTO t VALUES (1), (1)",
        ),
        (
            "CREATE TABLE t (id TEXT PRIMARY KEY) WITHOUT ROWID",
            "INSERT INTO t VALUES ('x'), ('x')",
        ),
        (
            "CREATE TABLE t (a)",
            "INSERT INTO t (rowid, a) VALUES (1, 'x'), (1, 'y')",
        ),
        (
            "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1), (2)",
            "UPDATE t SET a = 1",
        ),
        (
            r#"CREATE TABLE t ("NOT NULL constraint failed" UNIQUE)"#,
            "INSERT INTO t VALUES (1), (1)",
        ),
    ] {
        assert_violation(Violation::Unique, setup, sql);
    }
}

#[test]
fn what_is_missing_is_not_null() {
    for (setup, sql) in [
        (
            "CREATE TABLE t (a NOT NULL)",
            "INSERT INTO t DEFAULT VALUES",
        ),
        (
            "CREATE TABLE t (id TEXT PRIMARY KEY) WITHOUT ROWID",
            "INSERT INTO t VALUES (NULL)",
        ),
        (
            r#"CREATE TABLE "UNIQUE" ("CHECK" NOT NULL)"#,
            r#"INSERT INTO "UNIQUE" VALUES (NULL)"#,
        ),
    ] {
        assert_violation(Violation::NotNull, setup, sql);
    }
}

#[test]
fn what_breaks_a_condition_is_check() {
    for setup in [
        "CREATE TABLE t (a CHECK (a > 0))",
        r#"CREATE TABLE t (a CONSTRAINT "UNIQUE constraint failed: t.a" CHECK (a > 0))"#,
        "CREATE TABLE t (a, CHECK (a > 0 AND a IS NOT NULL))",
    ] {
        assert_violation(Violation::Check, setup, "INSERT INTO t VALUES (0)");
    }
}

#[test]
fn what_refers_to_nothing_is_foreign_key() {
    let setup = "PRAGMA foreign_keys = ON; CREATE TABLE users (id INTEGER PRIMARY KEY);
        CREATE TABLE posts (user_id REFERENCES users DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO users VALUES (1); INSERT INTO posts VALUES (1)";
    for sql in [
        "INSERT INTO posts VALUES (2)",
        "DELETE FROM users",
        "BEGIN; INSERT INTO posts VALUES (2); COMMIT",
    ] {
        assert_violation(Violation::ForeignKey, setup, sql);
    }
}

/// SQLite gives RESTRICT the code of a trigger.
#[test]
fn what_is_restricted_is_foreign_key() {
    let setup = "PRAGMA foreign_keys = ON; CREATE TABLE users (id INTEGER PRIMARY KEY);
        CREATE TABLE posts (user_id REFERENCES users ON DELETE RESTRICT ON UPDATE RESTRICT);
        INSERT INTO users VALUES (1); INSERT INTO posts VALUES (1)";
    for sql in ["DELETE FROM users", "UPDATE users SET id = 2"] {
        let code = error_of(setup, sql).sqlite_extended_error_code();
        assert_eq!(code, Some(ffi::SQLITE_CONSTRAINT_TRIGGER));
        assert_violation(Violation::ForeignKey, setup, sql);
    }
}

#[test]
fn all_else_is_other() {
    for (setup, sql) in [
        ("", "INSERT INTO \"UNIQUE\" VALUES (1)"),
        ("", "INSERT CHECK NOT NULL"),
        (
            "CREATE TABLE t (a INTEGER) STRICT",
            "INSERT INTO t VALUES ('x')",
        ),
        (
            "CREATE TABLE t (id INTEGER PRIMARY KEY)",
            "INSERT INTO t VALUES ('x')",
        ),
        (
            "CREATE TABLE t (a); CREATE TRIGGER tr BEFORE INSERT ON t
             BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: t.a'); END",
            "INSERT INTO t VALUES (1)",
        ),
        (
            "CREATE TABLE t (a); INSERT INTO t VALUES (1)",
            "ALTER TABLE t ADD COLUMN b TEXT NOT NULL",
        ),
        ("PRAGMA query_only = ON", "CREATE TABLE t (a)"),
    ] {
        assert_violation(Violation::Other, setup, sql);
    }
    assert_eq!(violation(&Error::QueryReturnedNoRows), Violation::Other);
    let busy = Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None);
    assert_eq!(violation(&busy), Violation::Other);
}

#[test]
fn an_error_of_this_crate_tells_it_too() {
    let conn = Connection::open_in_memory().unwrap();
    let of = |name: String| {
        insert(&conn, &Group(name))
            .err()
            .map(|error| error.violation())
    };
    assert_eq!(of("Arts".into()), Some(Violation::Other));
    create::<Group>(&conn).unwrap();
    assert_eq!(of("Arts".into()), None);
    assert_eq!(of("Arts".into()), Some(Violation::Unique));
    assert_eq!(of("a".repeat(61)), Some(Violation::Check));
    let nothing = mini_orm::Error::NoColumns { table: "t".into() };
    assert_eq!(nothing.violation(), Violation::Other);
}
