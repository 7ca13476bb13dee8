//! What becomes of databases that take the step, and of those that must not.

use std::fs;
use std::path::Path;
use std::time::Duration;

use first_migration::{downgrade, upgrade, version};
use rusqlite::Connection;
use witness::prelude::*;

const PETS: &str = "
    CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO pets (name) VALUES ('Rex'), ('Mia');";

const USERS: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
        email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
        verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
    );";

/// The version is read from the database.
#[test]
fn the_version_is_read() {
    check(|w| {
        let db = w.database_with(PETS)?;
        for number in [0, w.number(2..=9), 4100] {
            db.prepare(&format!("PRAGMA user_version = {number}"))?;
            let found = db.run(version)?;
            expect_equal("what `version` returns", found, number)
                .because("The number is in the file, and whoever wrote it last decides.")?;
        }
        let letter = w.future_database("letter.txt");
        fs::write(letter.path(), "Dear Ada, the bikes are back. ".repeat(40))?;
        letter
            .fails(version)
            .map(drop)
            .saying("a file that is no database was given a version")
            .because("0 means a new database. Who makes 0 of an error takes steps where none fits.")
            .hint("error_as_number")
    });
}

/// An upgrade makes the table and sets version 1.
#[test]
fn an_upgrade_makes_users_and_sets_the_version() {
    check(|w| {
        let db = w.database_with(PETS)?;
        db.run_mut(upgrade)?;
        db.expect_table("users", USERS)
            .because("`UP` says what version 1 has. It is SQL that somebody has to run.")?;
        expect_version(
            &db,
            1,
            "Without the number nobody knows that the step is taken.",
        )?;
        db.refuses(
            Violation::Check,
            "INSERT INTO users (username) VALUES (printf('%81s', 'a'))",
        )?
        .refuses(
            Violation::Check,
            "INSERT INTO users (username, email) VALUES ('ada', printf('%121s', 'a'))",
        )?
        .refuses(
            Violation::Check,
            "INSERT INTO users (username, verified) VALUES ('ada', 2)",
        )?;
        db.expect_rows("SELECT id, name FROM pets", rows![[1, "Rex"], [2, "Mia"]])
            .because("A step changes what it is about, and nothing else.")
    });
}

/// A downgrade takes the step back.
#[test]
fn a_downgrade_takes_the_step_back() {
    check(|w| {
        let db = w.database_with(PETS)?;
        let before = db.snapshot()?;
        for username in w.names(2) {
            db.run_mut(upgrade)
                .because("What was taken back can be taken again.")?;
            db.prepare(&format!(
                "INSERT INTO users (username) VALUES ('{username}')"
            ))?;
            db.run_mut(downgrade)
                .because("At version 1, the step is taken back whether `users` has rows or not.")?;
            expect_version(
                &db,
                0,
                "After the step back, the database is at version 0 again.",
            )?;
            db.expect_unchanged(&before)
                .saying("up and down again is not what it was before")
                .because("The step back undoes all that the step did, and nothing else.")?;
        }
        Ok(())
    });
}

/// A step refuses a database that it was not made for.
#[test]
fn a_step_refuses_another_database() {
    const WHY: &str = "The number says which steps were taken. A step that does not fit destroys.";
    check(|w| {
        let taken = format!("{USERS} INSERT INTO users (username) VALUES ('susan'), ('john');");
        let no_users = PETS.to_owned();
        let ahead = w.number(2..=9);
        for (what, sql, number, step) in [
            ("an upgrade at version 1", &taken, 1, Step::Up),
            ("an upgrade at a later version", &taken, ahead, Step::Up),
            ("a downgrade at a later version", &taken, ahead, Step::Down),
            ("a downgrade at version 0", &taken, 0, Step::Down),
            ("an upgrade at version -1", &no_users, -1, Step::Up),
        ] {
            let db = w.database_with(&format!("{sql} PRAGMA user_version = {number}"))?;
            expect_refused(&db, step, what).because(WHY)?;
        }
        let db = w.database_with("CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);")?;
        expect_refused(
            &db,
            Step::Up,
            "an upgrade where there is another table users",
        )
        .because("The table that is there is not that of version 1, and nobody would notice.")
    });
}

/// Whatever goes wrong in an upgrade: all of it or nothing.
#[test]
fn an_upgrade_is_all_or_nothing() {
    check(|w| {
        let db = w.database_with(PETS)?;
        w.at_every_statement(&db, |path| at(path, Step::Up))
            .because(ALL_OR_NOTHING)?;
        expect_undone_if_not_kept(&db, Step::Up)?;
        expect_asked_in_time(w)
    });
}

/// Whatever goes wrong in a downgrade: all of it or nothing.
#[test]
fn a_downgrade_is_all_or_nothing() {
    check(|w| {
        let db = w.database_with(&format!(
            "{USERS}
             INSERT INTO users (username) VALUES ('susan'), ('john');
             PRAGMA user_version = 1"
        ))?;
        w.at_every_statement(&db, |path| at(path, Step::Down))
            .because(ALL_OR_NOTHING)?;
        expect_undone_if_not_kept(&db, Step::Down)
    });
}

const ALL_OR_NOTHING: &str =
    "The table without its number, or the number without its table: no step fits such a file.";

#[derive(Clone, Copy)]
enum Step {
    Up,
    Down,
}

impl Step {
    /// Takes the step. Its error as a text, whatever its type is.
    fn take(self, conn: &mut Connection) -> Result<(), String> {
        match self {
            Self::Up => upgrade(conn).map_err(|error| error.to_string()),
            Self::Down => downgrade(conn).map_err(|error| error.to_string()),
        }
    }
}

fn at(path: &Path, step: Step) -> Result<(), String> {
    let mut conn = Connection::open(path).map_err(|error| error.to_string())?;
    step.take(&mut conn)
}

fn expect_version(db: &Database, number: i64, why: &str) -> Outcome {
    let found: i64 = db.value("PRAGMA user_version")?;
    expect_equal("user_version in the file", found, number).because(why)
}

/// Whether the step is an error, and leaves the database as it was.
fn expect_refused(db: &Database, step: Step, what: &str) -> Outcome {
    let before = db.snapshot()?;
    let (answer, is_ended) = db.with(|conn| (step.take(conn), conn.is_autocommit()))?;
    db.expect_unchanged(&before)
        .saying(format!("{what}: the database has changed"))?;
    if answer.is_ok() {
        return Err(Failure::new(format!("{what}: your code returned Ok"))
            .expected("an error")
            .observed("Ok"));
    }
    expect_ended(is_ended, what)
}

/// Whether a step whose COMMIT fails, since somebody is reading, is undone: a
/// later COMMIT on the same connection must not keep it.
fn expect_undone_if_not_kept(db: &Database, step: Step) -> Outcome {
    let before = db.snapshot()?;
    let reader = db.connect()?;
    reader.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")?;
    let mut conn = db.open()?;
    conn.busy_timeout(Duration::from_millis(50))?;
    let answer = step.take(&mut conn);
    drop(reader);
    if answer.is_ok() {
        return Ok(());
    }
    if !conn.is_autocommit() {
        conn.execute_batch("COMMIT")?;
    }
    db.expect_unchanged(&before)
        .saying("your COMMIT failed and is an error, but a later COMMIT kept the step")
        .because("A COMMIT can fail because somebody is reading. The transaction is open then.")
        .hint("left_open")
}

/// Another program is quicker, at the moment at which the transaction begins.
fn expect_asked_in_time(w: &Witness) -> Outcome {
    let db = w.database_with(PETS)?;
    let is_taken = db.at_begin(
        |other| other.execute_batch("PRAGMA user_version = 4"),
        |path| Ok::<_, rusqlite::Error>(upgrade(&mut Connection::open(path)?).is_ok()),
    )??;
    let number = db.run(version)?;
    expect_that(
        !is_taken && number == 4,
        "an upgrade was taken at version 4, which another program had just written",
    )
    .because("What was read before the transaction can be out of date in it.")
    .hint("asked_too_early")
}

fn expect_ended(is_ended: bool, what: &str) -> Outcome {
    if is_ended {
        return Ok(());
    }
    Err(Failure::new(format!("{what}: a transaction is left open"))
        .expected("a ROLLBACK before the error is returned")
        .observed("an error, and the transaction is still open")
        .because("BEGIN without an end: whatever this connection writes next waits for a COMMIT.")
        .hint("left_open"))
}
