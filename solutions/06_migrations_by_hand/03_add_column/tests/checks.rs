//! What becomes of users who were there before their columns.

use add_column::{STEPS, downgrade, upgrade};
use witness::prelude::*;

/// Version 2, as it is found on a server: some users have posts, and the first
/// post is not the one with the lowest id.
const IN_USE: &str = "
    INSERT INTO users (id, username, email, verified) VALUES
        (1, 'susan', 'susan@example.com', 1),
        (2, 'john', NULL, 0),
        (5, 'o''brien; --', NULL, 1),
        (9, 'Zoë', 'zoe@example.com', 0);
    INSERT INTO posts (id, user_id, title, body, created_at) VALUES
        (2, 1, 'Second', 'Again.', '2025-06-02 08:00:00.000000'),
        (5, 1, 'First', 'Hello!', '2025-03-01 12:30:00.000000'),
        (7, 9, 'Only', 'Bonjour.', '2025-05-05 05:05:05.000000');";

/// What users were before these steps.
const WHO: &str = "SELECT id, username, email, verified FROM users";

const LATEST: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
        email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
        verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1)),
        bio TEXT,
        is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
        created_at DATETIME NOT NULL
    );";

/// Everybody is still there, and has no bio yet.
#[test]
fn everybody_has_room_for_a_bio() {
    check(|w| {
        let db = database(w, 2, IN_USE)?;
        let kept = db.remember(WHO)?;
        take_up_to(&db, 3)?;
        kept.still_there()?;
        db.expect_rows(
            "SELECT username, bio FROM users",
            rows![
                ["susan", NULL],
                ["john", NULL],
                ["o'brien; --", NULL],
                ["Zoë", NULL]
            ],
        )
        .because("Nobody wrote a bio yet. NULL says so, and an empty text would not.")?;
        db.accepts("INSERT INTO users (username) VALUES ('new')")?
            .leaves(
                "SELECT bio FROM users WHERE username = 'new'",
                rows![[NULL]],
            )
    })
}

/// Everybody is active, the old and the new.
#[test]
fn everybody_is_active() {
    check(|w| {
        let db = database(w, 2, IN_USE)?;
        let kept = db.remember(WHO)?;
        take_up_to(&db, 4)?;
        kept.still_there()?;
        db.expect_rows("SELECT is_active FROM users", rows![[1], [1], [1], [1]])
            .because("These users were there before the column.")?;
        db.accepts("INSERT INTO users (username) VALUES ('new')")?
            .leaves(
                "SELECT is_active FROM users WHERE username = 'new'",
                rows![[1]],
            )
            .because("A program that knows nothing of the column adds users, too.")?;
        db.accepts("UPDATE users SET is_active = FALSE WHERE id = 2")?
            .refuses(
                Violation::NotNull,
                "UPDATE users SET is_active = NULL WHERE id = 1",
            )?
            .refuses(
                Violation::Check,
                "UPDATE users SET is_active = 'no' WHERE id = 1",
            )
    })
}

/// Everybody has a time: the first post's, or the first day.
#[test]
fn everybody_has_a_time() {
    check(|w| {
        let db = database(w, 2, IN_USE)?;
        let kept = db.remember(WHO)?;
        take_up_to(&db, 5)?;
        kept.still_there()?;
        db.expect_rows(
            "SELECT username, created_at FROM users",
            rows![
                ["susan", "2025-03-01 12:30:00.000000"],
                ["john", "2024-01-01 00:00:00.000000"],
                ["o'brien; --", "2024-01-01 00:00:00.000000"],
                ["Zoë", "2025-05-05 05:05:05.000000"]
            ],
        )?;
        db.refuses(
            Violation::NotNull,
            "INSERT INTO users (username) VALUES ('new')",
        )
        .because("Whoever adds a user says since when. A default would answer for them.")?;
        db.accepts(
            "INSERT INTO users (username, created_at) VALUES ('new', '2026-02-03 04:05:06.000000')",
        )
        .map(drop)
    })
}

/// A new file and one in use get the same table.
#[test]
fn every_file_gets_the_same_table() {
    check(|w| {
        for rows in ["", IN_USE] {
            let db = database(w, 2, rows)?;
            take_up_to(&db, 5)?;
            db.expect_table("users", LATEST)
                .because("From here on, the next step begins with this table in every file.")?;
        }
        Ok(())
    })
}

/// What hangs on the table stays: posts, triggers, views.
#[test]
fn what_hangs_on_the_table_stays() {
    check(|w| {
        w.foreign_keys(ForeignKeys::On);
        let db = database(w, 2, &format!("{IN_USE} {MORE}"))?;
        let kept = [
            db.remember(WHO)?,
            db.remember("SELECT id, user_id, title, body, created_at FROM posts")?,
            db.remember("SELECT user_id, word FROM tags")?,
            db.remember("SELECT name, type, sql FROM sqlite_schema WHERE name <> 'users'")?,
        ];
        take_up_to(&db, 5)?;
        for rows in kept {
            rows.still_there().because(
                "Others hang on this table. Who makes it anew has to care for all of them.",
            )?;
        }
        db.expect_rows("SELECT what FROM diary", rows![])
            .because("No user has come or gone, which is what the triggers would write down.")?;
        db.expect_rows("SELECT count(*) FROM everybody", rows![[10_004]])
    })
}

/// Each step back leads to what was there before it.
#[test]
fn each_step_back_leads_to_what_was() {
    check(|w| {
        let db = database(w, 2, IN_USE)?;
        for version in [3, 4, 5] {
            let before = db.snapshot()?;
            take_up_to(&db, version)?;
            db.run_mut(|conn| downgrade(conn, STEPS))?;
            db.expect_unchanged(&before)
                .saying(format!(
                    "from version {} to {version} and back: not what it was before",
                    version - 1
                ))
                .because("The way back takes away what the step brought, and nothing else.")?;
            take_up_to(&db, version)?;
        }
        Ok(())
    })
}

/// What others have built around the users, and ten thousand more of them.
const MORE: &str = "
    CREATE TABLE tags (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        word TEXT NOT NULL
    );
    INSERT INTO tags (user_id, word) VALUES (1, 'poet'), (9, 'cook');
    CREATE TABLE diary (what TEXT NOT NULL);
    CREATE TRIGGER comes AFTER INSERT ON users BEGIN
        INSERT INTO diary (what) VALUES (new.username || ' came');
    END;
    CREATE TRIGGER goes AFTER DELETE ON users BEGIN
        INSERT INTO diary (what) VALUES (old.username || ' went');
    END;
    CREATE VIEW everybody AS SELECT username, verified FROM users;
    CREATE INDEX ix_users_verified ON users (verified) WHERE verified = 0;
    WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 10009)
    INSERT INTO users (id, username) SELECT i, 'user ' || i FROM n;
    DELETE FROM diary;";

/// A database that took the first steps, and then got rows.
fn database(w: &Witness, version: usize, rows: &str) -> Outcome<Database> {
    let db = w.database()?;
    take_up_to(&db, version)?;
    db.prepare(rows)?;
    Ok(db)
}

fn take_up_to(db: &Database, version: usize) -> Outcome {
    let steps = STEPS.get(..version).unwrap_or(STEPS);
    db.run_mut(|conn| upgrade(conn, steps))
}
