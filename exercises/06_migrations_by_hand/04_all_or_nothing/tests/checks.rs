//! What becomes of a file with rows when an upgrade goes well, and when it does
//! not.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use all_or_nothing::{Stopped, upgrade};
use rusqlite::Connection;
use witness::prelude::*;

/// To version 1: users and posts, with a user who is there twice, but for the
/// size of the letters.
const START: &str = "
    CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE);
    INSERT INTO users (username) VALUES ('susan'), ('john'), ('John');
    CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), body TEXT);
    INSERT INTO posts (user_id, body) VALUES (1, 'first'), (2, 'second'), (3, 'third');
    PRAGMA user_version = 1;";

const FIRST: &[&str] = &["CREATE TABLE never (id INTEGER)"];

/// To version 2.
const TITLES: &[&str] = &[
    "ALTER TABLE posts ADD COLUMN title TEXT",
    "UPDATE posts SET title = upper(body)",
];

/// To version 3, if no two names differ in the size of letters only.
const NAMES: &[&str] = &[
    "CREATE TABLE names (user_id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "INSERT INTO names SELECT id, lower(username) FROM users",
    "CREATE UNIQUE INDEX uq_names_name ON names (name)",
    "CREATE INDEX ix_posts_user_id ON posts (user_id)",
];

/// Fails at its second statement, with an error that ends the transaction.
const ENDED: &[&str] = &[
    "CREATE TABLE words (word TEXT)",
    "INSERT OR ROLLBACK INTO users (id) VALUES (9)",
];

/// To version 4.
const TAGS: &[&str] = &["CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT)"];

const PLACE: &str =
    "Who puts it right needs the place. The first step, and the first statement, is 1.";

const AHEAD: &str = "A newer program took steps here that this one does not know.";

const STEPS: &[&[&str]] = &[FIRST, TITLES, NAMES, TAGS];

/// Every step that is pending is taken, once.
#[test]
fn every_pending_step_is_taken() {
    check(|w| {
        let db = w.database_with(START)?;
        db.prepare("DELETE FROM posts WHERE user_id = 3; DELETE FROM users WHERE id = 3")?;
        db.run_mut(|conn| upgrade(conn, STEPS))
            .because("Each of these steps can be taken on this database, in this order.")?;
        expect_all_taken(&db)?;
        let before = db.snapshot()?;
        db.run_mut(|conn| upgrade(conn, STEPS))?;
        db.expect_unchanged(&before)
            .because("A database that has taken all steps has nothing to do.")?;
        let with_empty = [STEPS, &[&[]]].concat();
        db.run_mut(|conn| upgrade(conn, &with_empty))?;
        let found: i64 = db.value("PRAGMA user_version")?;
        expect_equal("user_version after a step without statements", found, 5).because(
            "A step whose statements were taken out is a step. The one after it leads to 6.",
        )?;
        let ahead = w.number(6..=9);
        db.prepare(&format!("PRAGMA user_version = {ahead}"))?;
        let before = db.snapshot()?;
        let mut conn = db.open()?;
        // An error is as good as Ok here; only a panic is not.
        if catch_unwind(AssertUnwindSafe(|| upgrade(&mut conn, STEPS))).is_err() {
            return Err(Failure::new(format!(
                "your code panicked at version {ahead}, with {} steps",
                STEPS.len()
            ))
            .expected("nothing done: Ok, or an error")
            .observed("a panic")
            .because(AHEAD)
            .hint("ahead"));
        }
        db.expect_unchanged(&before).because(AHEAD)
    });
}

/// A step that fails leaves nothing behind.
#[test]
fn a_step_that_fails_leaves_nothing_behind() {
    check(|w| {
        let reached = w.database_with(START)?;
        reached.prepare(&TITLES.join(";"))?;
        reached.prepare("PRAGMA user_version = 2")?;
        let reached = reached.snapshot()?;
        for (third, why) in [
            (
                NAMES,
                "Half of a step fits no step: the next try fails at what is there already.",
            ),
            (
                ENDED,
                "This error ended the transaction. Version 2 was reached before it, and stays.",
            ),
        ] {
            let db = w.database_with(START)?;
            let stopped = stops(w, &db, &[FIRST, TITLES, third, TAGS]);
            db.expect_unchanged(&reached)
                .saying("the step to version 3 failed, and this is not version 2")
                .because(why)?;
            stopped?;
        }
        Ok(())
    });
}

/// The error says which statement of which step it was.
#[test]
fn the_error_says_where() {
    check(|w| {
        let slip: &[&str] = &["CREATE TABLE tags (word TEXT)", "DROP TABLE tag"];
        for (steps, place, words) in [
            (STEPS, "version 3, statement 3", "UNIQUE constraint failed"),
            (
                &[FIRST, slip, TAGS],
                "version 2, statement 2",
                "no such table",
            ),
            (
                &[FIRST, TAGS, TITLES, &slip[1..]],
                "version 4, statement 1",
                "no such table",
            ),
        ] {
            let db = w.database_with(START)?;
            expect_stopped(&stops(w, &db, steps)?, place, words).because(PLACE)?;
        }
        let db = w.database_with(START)?;
        let stopped = stops(w, &db, &[FIRST, ENDED])?;
        expect_stopped(&stopped, "version 2, statement 2", "NOT NULL constraint")
            .because("This error ended the transaction, so a ROLLBACK after it is an error, too.")
            .hint("error_covered")?;
        let db = w.database_with(START)?;
        let reader = db.connect()?;
        reader.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")?;
        let mut conn = impatient(&db)?;
        match upgrade(&mut conn, &[FIRST, TITLES]) {
            Err(stopped @ Stopped::At { statement: 2.., .. }) => Err(Failure::new(
                "a COMMIT that failed is said to be a statement",
            )
            .expected("Elsewhere")
            .observed(place(&stopped))
            .because("Somebody is reading, so COMMIT fails. It is no statement of the step.")),
            _ => Ok(()),
        }
    });
}

/// After the cause is put right, the same connection goes on.
#[test]
fn the_same_connection_goes_on() {
    check(|w| {
        let db = w.database_with(START)?;
        db.with(|conn| {
            let first = upgrade(conn, STEPS);
            expect_that(first.is_err(), "a step failed, but `upgrade` returned Ok")?;
            conn.execute_batch(
                "DELETE FROM posts WHERE user_id = 3; DELETE FROM users WHERE id = 3",
            )?;
            w.run(|| upgrade(conn, STEPS)).because(
                "What made the step fail is gone. Only what the first try left can be in the way.",
            )
        })??;
        expect_all_taken(&db)?;
        let db = w.database_with(START)?;
        let before = db.snapshot()?;
        let reader = db.connect()?;
        reader.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")?;
        let mut conn = impatient(&db)?;
        w.fails(|| upgrade(&mut conn, STEPS))?;
        drop(reader);
        if !conn.is_autocommit() {
            conn.execute_batch("COMMIT")?;
        }
        db.expect_unchanged(&before)
            .saying("your COMMIT failed and is an error, but a later COMMIT kept the step")
            .because("A COMMIT can fail because somebody is reading. The transaction is open then.")
    });
}

/// A file that somebody left half way is refused.
#[test]
fn a_file_that_is_half_way_is_refused() {
    check(|w| {
        // The first of these came from a draft of the step.
        for half in [
            "CREATE TABLE names (user_id INTEGER, name TEXT)",
            NAMES[0],
            &NAMES[..2].join(";"),
            NAMES[3],
        ] {
            let db = w.database_with(START)?;
            db.prepare(&TITLES.join(";"))?;
            db.prepare("PRAGMA user_version = 2; DELETE FROM users WHERE id = 3")?;
            db.prepare(half)?;
            let before = db.snapshot()?;
            let stopped = stops(w, &db, STEPS);
            db.expect_unchanged(&before)
                .saying("a file that was half way to version 3 has changed")
                .because(format!(
                    "This was there already, and nobody knows from which draft: {half}."
                ))?;
            stopped
                .map(drop)
                .because("Somebody has to look at this file.")?;
        }
        Ok(())
    });
}

/// Whatever goes wrong, at any statement: old or new.
#[test]
fn old_or_new_whatever_goes_wrong() {
    check(|w| {
        let db = w.database_with(START)?;
        db.prepare(
            "DELETE FROM users WHERE id = 3;
             WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
             INSERT INTO users (id, username) SELECT i, printf('%.200c', char(i + 60)) FROM n",
        )?;
        let long = "INSERT INTO posts (user_id, body) VALUES (1, printf('%.9000c', 'x'))";
        // So that rows that were there are written to the file before the COMMIT.
        let early = [
            "PRAGMA cache_size = 1 -- as if memory were short",
            "UPDATE users SET username = lower(username)",
        ];
        let step = [&early, NAMES, &[long]].concat();
        w.at_every_statement(&db, |path| {
            upgrade(&mut Connection::open(path)?, &[FIRST, &step])
        })
        .because("A step and its number are written together, or not at all.")
    });
}

/// The error of an upgrade that must stop. Its connection is closed.
fn stops(w: &Witness, db: &Database, steps: &[&[&str]]) -> Outcome<Stopped> {
    let mut conn = db.open()?;
    w.fails(|| upgrade(&mut conn, steps))
}

/// A connection that does not wait for somebody else.
fn impatient(db: &Database) -> Outcome<Connection> {
    let conn = db.open()?;
    conn.busy_timeout(Duration::from_millis(50))?;
    Ok(conn)
}

fn place(stopped: &Stopped) -> String {
    match stopped {
        Stopped::At {
            version, statement, ..
        } => format!("version {version}, statement {statement}"),
        Stopped::Elsewhere(_) => "Elsewhere".to_owned(),
    }
}

/// Whether the upgrade stopped at this place, for a reason in these words.
fn expect_stopped(stopped: &Stopped, expected: &str, words: &str) -> Outcome {
    let found = match stopped {
        Stopped::At { .. } => place(stopped),
        Stopped::Elsewhere(cause) => format!("Elsewhere: {cause}"),
    };
    expect_equal("where the upgrade stopped", found.as_str(), expected)?;
    let (Stopped::At { cause, .. } | Stopped::Elsewhere(cause)) = stopped;
    let said = cause.to_string();
    if said.contains(words) {
        return Ok(());
    }
    Err(Failure::new("the cause is not what SQLite said")
        .expected(words)
        .observed(said)
        .because(
            "The place says where to look. What SQLite said is the reason, and belongs to it.",
        ))
}

fn expect_all_taken(db: &Database) -> Outcome {
    db.expect_tables(&["users", "posts", "names", "tags"])?;
    db.expect_rows(
        "SELECT id, title FROM posts",
        rows![[1, "FIRST"], [2, "SECOND"]],
    )?;
    db.expect_rows(
        "SELECT user_id, name FROM names",
        rows![[1, "susan"], [2, "john"]],
    )?;
    let found: i64 = db.value("PRAGMA user_version")?;
    expect_equal("user_version in the file", found, 4)
}
