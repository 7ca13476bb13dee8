//! What becomes of errors that real databases gave.

use rusqlite::{Error, ffi};
use violations::{Violation, classify, sign_up};
use witness::prelude::*;

/// A value that is there already is Unique.
#[test]
fn a_taken_value_is_unique() {
    const WHY: &str = "Three codes say it: …_UNIQUE, …_PRIMARYKEY and …_ROWID.";
    check(|w| {
        let value = w.name();
        for (table, columns) in [
            ("CREATE TABLE rooms (code TEXT UNIQUE)", "code"),
            ("CREATE TABLE rooms (code TEXT PRIMARY KEY)", "code"),
            ("CREATE TABLE rooms (code TEXT)", "rowid, code"),
            (
                r#"CREATE TABLE rooms ("NOT NULL" TEXT UNIQUE)"#,
                r#""NOT NULL""#,
            ),
        ] {
            let row = match columns {
                "rowid, code" => format!("(7, '{value}')"),
                _ => format!("('{value}')"),
            };
            let insert = format!("INSERT INTO rooms ({columns}) VALUES {row}");
            classified(w, &format!("{table}; {insert}"), &insert, Violation::Unique)
                .because(WHY)?;
        }
        Ok(())
    });
}

/// A missing value is NotNull, whatever the column is called.
#[test]
fn a_missing_value_is_not_null() {
    check(|w| {
        const NAMED: &str =
            "The text of an error names the column, and a column can be called anything.";
        let odd = w.pick(&["UNIQUE floor", "CHECK constraint"]);
        for (column, why) in [
            ("guest", "One code says it: …_NOTNULL."),
            ("UNIQUE", NAMED),
            ("CHECK", NAMED),
            (odd, NAMED),
        ] {
            classified(
                w,
                &format!(r#"CREATE TABLE rooms (number INTEGER, "{column}" TEXT NOT NULL)"#),
                "INSERT INTO rooms (number) VALUES (12)",
                Violation::NotNull,
            )
            .because(why)?;
        }
        Ok(())
    });
}

/// A broken condition is Check, whatever it is called.
#[test]
fn a_broken_condition_is_check() {
    check(|w| {
        const QUOTED: &str =
            "The text of an error quotes the condition, or names it, as someone wrote it.";
        let name = w.pick(&["beds", "UNIQUE beds", "NOT NULL constraint"]);
        let named = format!(r#"CONSTRAINT "UNIQUE constraint failed: {name}" CHECK (beds > 0)"#);
        for (rule, why) in [
            ("CHECK (beds > 0)", "One code says it: …_CHECK."),
            ("CHECK (beds IS NOT NULL AND beds > 0)", QUOTED),
            (&named, QUOTED),
        ] {
            classified(
                w,
                &format!("CREATE TABLE rooms (beds INTEGER, {rule})"),
                "INSERT INTO rooms (beds) VALUES (0)",
                Violation::Check,
            )
            .because(why)?;
        }
        Ok(())
    });
}

/// Every other error is Other, whatever its text sounds like.
#[test]
fn every_other_error_is_other() {
    check(|w| {
        const ROOMS: &str = "CREATE TABLE rooms (number INTEGER PRIMARY KEY, beds INTEGER) STRICT";
        for (setup, sql, why) in [
            (
                ROOMS,
                r#"INSERT INTO "NOT NULL" VALUES (1)"#,
                "No rule is broken where there is no table.",
            ),
            (
                ROOMS,
                "INSERT INTO rooms (beds) VALUES ('two')",
                "A value of the wrong type in a STRICT table is a fourth kind of constraint.",
            ),
            (
                "CREATE TABLE rooms (beds INTEGER);
                 CREATE TRIGGER no_rooms BEFORE INSERT ON rooms BEGIN
                     SELECT RAISE(ABORT, 'UNIQUE constraint failed: rooms.beds');
                 END",
                "INSERT INTO rooms VALUES (2)",
                "Whoever writes a trigger chooses the text. The code stays that of a trigger.",
            ),
        ] {
            classified(w, setup, sql, Violation::Other).because(why)?;
        }
        let conn = w.database_with(ROOMS)?.connect()?;
        let error = w.fails(|| conn.query_one("SELECT * FROM rooms", [], |_| Ok(())))?;
        judged(&error, Violation::Other)
            .because("This error is rusqlite's own: SQLite gave no code.")
    });
}

/// A taken username is no error: nobody is signed up.
#[test]
fn a_taken_username_is_no_error() {
    check(|w| {
        let db = users(w)?;
        let name = w.name();
        let (quoted, loud) = (format!("{name}'s"), name.to_uppercase());
        let id = db.run(|conn| sign_up(conn, &name))?;
        expect_equal("the id of a new user", id, Some(41))
            .because("The id is the one that the database gave the new row.")?;
        for (username, id, why) in [
            (
                &quoted,
                42,
                "A name is a value, whatever is in it: bind it.",
            ),
            (
                &loud,
                43,
                "To this table, names that differ in case are two names.",
            ),
        ] {
            let found = db.run(|conn| sign_up(conn, username)).because(why)?;
            expect_equal(
                &format!("the id of a new user, {username},"),
                found,
                Some(id),
            )
            .because(why)?;
        }
        let expect_users = |why: &str| {
            db.expect_rows(
                "SELECT id, username, email, verified FROM users",
                rows![
                    [40, "first", "first@example.com", 0],
                    [41, &name, NULL, 0],
                    [42, &quoted, NULL, 0],
                    [43, &loud, NULL, 0]
                ],
            )
            .because(why)
        };
        expect_users("A new user has a name, as it was given, and nothing else.")?;
        let again = db
            .run(|conn| sign_up(conn, &quoted))
            .because("That a name is taken is an answer that the caller waits for.")?;
        expect_equal("what `sign_up` returns for a taken name", again, None)
            .because("Nobody was signed up, so there is no id.")?;
        expect_users("The user who was there stays as before.")
    });
}

/// Every other refusal is still an error.
#[test]
fn every_other_refusal_stays_an_error() {
    const WHY: &str = "None means one thing: taken. Whoever gets it would offer another name.";
    check(|w| {
        let error = users(w)?
            .fails(|conn| sign_up(conn, &"a".repeat(81)))
            .saying("a name of 81 characters was refused, but `sign_up` returned Ok")
            .because(WHY)?;
        judged(&error, Violation::Check)
            .because("The error of the database is what the caller can act upon.")?;
        let error = w
            .database()?
            .fails(|conn| sign_up(conn, &w.name()))
            .saying("there is no table users, but `sign_up` returned Ok")
            .because(WHY)?;
        judged(&error, Violation::Other)
    });
}

fn users(w: &Witness) -> Outcome<Database> {
    w.database_with(
        "CREATE TABLE users (
             id INTEGER PRIMARY KEY,
             username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
             email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
             verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
         );
         INSERT INTO users (id, username, email) VALUES (40, 'first', 'first@example.com')",
    )
}

/// Whether the error that `sql` gives in such a database is told for what it is.
fn classified(w: &Witness, setup: &str, sql: &str, expected: Violation) -> Outcome {
    let conn = w.database_with(setup)?.connect()?;
    let error = w.fails(|| conn.execute_batch(sql))?;
    judged(&error, expected)
}

fn judged(error: &Error, expected: Violation) -> Outcome {
    let found = classify(error);
    if found == expected {
        return Ok(());
    }
    let code = error
        .sqlite_extended_error_code()
        .map_or("no code", name_of);
    Err(Failure::new(format!(
        "an error is taken for {found:?}: {code}, \"{error}\""
    ))
    .expected(format!("{expected:?}"))
    .observed(format!("{found:?}")))
}

/// As `rusqlite::ffi` calls it.
fn name_of(code: i32) -> &'static str {
    match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE => "SQLITE_CONSTRAINT_UNIQUE",
        ffi::SQLITE_CONSTRAINT_PRIMARYKEY => "SQLITE_CONSTRAINT_PRIMARYKEY",
        ffi::SQLITE_CONSTRAINT_ROWID => "SQLITE_CONSTRAINT_ROWID",
        ffi::SQLITE_CONSTRAINT_NOTNULL => "SQLITE_CONSTRAINT_NOTNULL",
        ffi::SQLITE_CONSTRAINT_CHECK => "SQLITE_CONSTRAINT_CHECK",
        ffi::SQLITE_CONSTRAINT_TRIGGER => "SQLITE_CONSTRAINT_TRIGGER",
        ffi::SQLITE_CONSTRAINT_DATATYPE => "SQLITE_CONSTRAINT_DATATYPE",
        ffi::SQLITE_ERROR => "SQLITE_ERROR",
        _ => "another code",
    }
}
