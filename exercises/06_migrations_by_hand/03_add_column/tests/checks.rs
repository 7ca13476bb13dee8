//! What becomes of users who are there when their table gets a column, and of
//! those who come later.

use add_column::STEPS;
use mini_orm::migrate_to;
use witness::prelude::*;

/// Version 1, as every database has it.
const START: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
        email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
        verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
    );
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY,
        user_id INTEGER NOT NULL REFERENCES users (id),
        body TEXT NOT NULL,
        created_at DATETIME NOT NULL
    );
    CREATE INDEX ix_posts_user_id ON posts (user_id);
    CREATE TRIGGER users_stay BEFORE DELETE ON users
    BEGIN
        SELECT raise(ABORT, 'a user is never deleted');
    END;
    PRAGMA user_version = 1;";

/// The first post of a user is neither the one of the lowest id nor the same
/// for all. Mia wrote nothing, and the last name holds what SQL is made of.
const ROWS: &str = "
    INSERT INTO users (id, username, email, verified) VALUES
        (1, 'john', 'john@example.com', 1), (2, 'susan', NULL, 0), (7, 'mia', NULL, 1),
        (4000000000, 'o''brien; -- é', '', 0);
    INSERT INTO posts (user_id, body, created_at) VALUES
        (2, 'second', '2026-02-01 10:00:00'), (1, 'hello', '2025-12-24 18:30:00'),
        (2, 'first', '2025-05-05 05:05:05'), (4000000000, ' x ', '2026-01-01 00:00:00'),
        (2, 'third', '2026-03-01 10:00:00');";

const POSTS: &str = "SELECT id, user_id, body, created_at FROM posts ORDER BY id";

const KEPT: &str = "A step that adds a column changes no other column, and no row.";

/// Users get a bio, and those who are there have none.
#[test]
fn users_get_a_bio() {
    check(|w| {
        let db = taken(w, 2)?;
        db.expect_table("users", version(2).as_str()).because(
            "Nobody has to write a bio: NULL is allowed, with no default. All else stays.",
        )?;
        db.expect_rows(
            "SELECT bio, count(*) FROM users GROUP BY 1",
            rows![[NULL, 4]],
        )
        .because("Of the users who are there, nothing is known yet. NULL says that.")?;
        db.accepts("INSERT INTO users (username, bio) VALUES ('ada', 'I count.'), ('ben', NULL)")
            .map(drop)
    });
}

/// Everyone is active, unless it is said otherwise.
#[test]
fn everyone_is_active_unless_said_otherwise() {
    check(|w| {
        let db = taken(w, 3)?;
        db.expect_rows(
            "SELECT is_active, count(*) FROM users GROUP BY 1",
            rows![[1, 4]],
        )
        .because("All users who are there are active.")?;
        db.expect_table("users", version(3).as_str())
            .because("NOT NULL, and a default for whoever names no value.")?;
        db.accepts("INSERT INTO users (username) VALUES ('ada')")?
            .leaves(
                "SELECT is_active FROM users WHERE username = 'ada'",
                rows![[1]],
            )?;
        db.accepts("UPDATE users SET is_active = 0 WHERE id = 2")?;
        for value in ["2", "-1", "0.5", "'yes'"] {
            let sql = format!("UPDATE users SET is_active = {value} WHERE id = 2");
            db.refuses(Violation::Check, &sql)
                .because("BOOLEAN is a name only: what is allowed, a CHECK says.")?;
        }
        Ok(())
    });
}

/// The moment is true of those who are there.
#[test]
fn created_at_is_true_of_those_who_are_there() {
    check(|w| {
        let db = taken(w, 4)?;
        let expected = rows![
            [1, "2025-12-24 18:30:00"],
            [2, "2025-05-05 05:05:05"],
            [7, "2024-09-01 08:00:00"],
            [4_000_000_000_i64, "2026-01-01 00:00:00"]
        ];
        db.expect_rows("SELECT id, created_at FROM users", expected)
            .because("A user's first post is the earliest one. User 7 wrote none.")
    });
}

/// Who adds a user must say the moment.
#[test]
fn who_adds_a_user_must_say_the_moment() {
    check(|w| {
        let db = taken(w, 4)?;
        for sql in [
            "INSERT INTO users (username) VALUES ('ada')",
            "INSERT INTO users (username, created_at) VALUES ('ada', NULL)",
            "UPDATE users SET created_at = NULL WHERE id = 2",
        ] {
            db.refuses(Violation::NotNull, sql).because(
                "`NOT NULL` and no default: a default would be a moment that nobody wrote down.",
            )?;
        }
        db.expect_table("users", version(4).as_str())?;
        db.accepts("INSERT INTO users (username, created_at) VALUES ('ada', '2026-05-01 12:00:00')")
            .map(drop)
    });
}

/// Each step has its way back, and can be taken again.
#[test]
fn each_step_has_its_way_back() {
    check(|w| {
        let db = w.database_with(&[START, ROWS].concat())?;
        let posts = db.remember(POSTS)?;
        for (target, later) in [
            (2, "UPDATE users SET bio = 'I count.' WHERE id = 2"),
            (3, "UPDATE users SET is_active = 0 WHERE id = 2"),
            (4, ""),
        ] {
            let users = db.remember(&users(target - 1))?;
            let before = db.snapshot()?;
            db.run_mut(|conn| migrate_to(conn, STEPS, target))?;
            users.still_there().because(KEPT)?;
            db.run_mut(|conn| migrate_to(conn, STEPS, target - 1))?;
            users.still_there().because(KEPT)?;
            posts.still_there().because(KEPT)?;
            db.expect_unchanged(&before)
                .saying(format!(
                    "to version {target} and back again: not what it was"
                ))
                .because("The way back undoes what the step did, and nothing else.")?;
            db.run_mut(|conn| migrate_to(conn, STEPS, target))
                .because("What was taken back can be taken again.")?;
            db.prepare(later)?;
        }
        for (violation, sql) in [
            (
                Violation::Check,
                "UPDATE users SET username = printf('%81s', 'a') WHERE id = 2",
            ),
            (
                Violation::Check,
                "UPDATE users SET email = printf('%121s', 'a') WHERE id = 2",
            ),
            (
                Violation::Check,
                "UPDATE users SET verified = 2 WHERE id = 2",
            ),
            (
                Violation::Check,
                "UPDATE users SET is_active = 2 WHERE id = 2",
            ),
            (Violation::Any, "DELETE FROM users WHERE id = 7"),
        ] {
            db.refuses(violation, sql)
                .because("What was a rule before is a rule at version 4.")?;
        }
        Ok(())
    });
}

/// An empty database, a full one and a new one get the same.
#[test]
fn empty_full_and_new_get_the_same() {
    const OTHERWISE: &str =
        "SELECT count(*) FROM users WHERE created_at IS NOT '2025-01-01 00:00:00'";
    check(|w| {
        let full = "
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO users (username) SELECT 'user ' || i FROM n;
            INSERT INTO posts (user_id, body, created_at)
                SELECT id, 'x', '2025-01-01 00:00:00' FROM users;";
        for (what, sql) in [
            ("an empty database", START),
            ("2 000 users", &[START, full].concat()),
            ("a new file", ""),
        ] {
            let db = w.database_with(sql)?;
            db.run_mut(|conn| migrate_to(conn, STEPS, STEPS.len()))?;
            db.expect_schema(version(4).as_str())
                .saying(format!("{what}: another schema than that of version 4"))
                .because("Whichever way a database came to a version, it looks the same there.")?;
            db.expect_rows(OTHERWISE, rows![[0]])
                .saying(format!(
                    "{what}: users with another moment than their post's"
                ))
                .because("Each of them has one post, of that moment, and so came then.")?;
        }
        Ok(())
    });
}

/// A database with rows, brought from version 1 to this one. What was there
/// before is still there.
fn taken(w: &Witness, target: usize) -> Outcome<Database> {
    let db = w.database_with(&[START, ROWS].concat())?;
    let (users, posts) = (db.remember(&users(1))?, db.remember(POSTS)?);
    db.run_mut(|conn| migrate_to(conn, STEPS, target)).because(
        "This database has rows. Not each step that works without rows works with them.",
    )?;
    users.still_there().because(KEPT)?;
    posts.still_there().because(KEPT)?;
    Ok(db)
}

/// What users have at a version.
fn users(version: usize) -> String {
    let later = [", bio", ", is_active", ", created_at"][..version - 1].concat();
    format!("SELECT id, username, email, verified{later} FROM users ORDER BY id")
}

/// The schema of a version.
fn version(number: usize) -> String {
    let columns = [
        "bio TEXT",
        "is_active BOOLEAN NOT NULL DEFAULT TRUE",
        "created_at DATETIME NOT NULL",
    ];
    let columns = columns[..number - 1].join(", ");
    START.replace("(0, 1))\n", &format!("(0, 1)),\n{columns}\n"))
}
