//! 6.3 Columns for a table that has rows.
//!
//! The program is in use. Its steps 1 and 2 were taken long ago, on many files,
//! and there are users and posts in them. Three columns are to come, each by a
//! step of its own, and nobody may be lost on the way.

use rusqlite::{Connection, Result};

/// A step, and the way back.
pub struct Step {
    pub up: &'static str,
    pub down: &'static str,
}

/// All steps. The first leads to version 1, the second to version 2, and so on.
pub const STEPS: &[Step] = &[USERS, POSTS, BIO, IS_ACTIVE, CREATED_AT];

/// To version 1.
const USERS: Step = Step {
    up: "
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
            email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
            verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
        )",
    down: "DROP TABLE users",
};

/// To version 2.
const POSTS: Step = Step {
    up: "
        CREATE TABLE posts (
            id INTEGER PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users (id),
            title VARCHAR(200) NOT NULL CHECK (length(title) <= 200),
            body TEXT NOT NULL,
            created_at DATETIME NOT NULL
        );
        CREATE INDEX ix_posts_user_id ON posts (user_id)",
    down: "DROP TABLE posts",
};

/// To version 3: `bio`, a `TEXT` that users write about themselves. Nobody has
/// to, and so far nobody did.
//: answer
const BIO: Step = Step {
    up: "ALTER TABLE users ADD COLUMN bio TEXT",
    down: "ALTER TABLE users DROP COLUMN bio",
};
//: starter
//| const BIO: Step = Step { up: "", down: "" };
//: end

/// To version 4: `is_active`, a `BOOLEAN`, which is 0 or 1 and never missing.
/// All users who are there are active, and so is a new one unless the `INSERT`
/// says otherwise.
//: answer
const IS_ACTIVE: Step = Step {
    up: "
        ALTER TABLE users
        ADD COLUMN is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1))",
    down: "ALTER TABLE users DROP COLUMN is_active",
};
//: starter
//| const IS_ACTIVE: Step = Step { up: "", down: "" };
//: end

/// To version 5: `created_at`, a `DATETIME`, which is never missing and has no
/// default: whoever adds a user says since when.
///
/// Nobody wrote it down for the users who are there. They get the time of their
/// first post; who has none gets the day on which the program began,
/// `2024-01-01 00:00:00.000000`.
//: answer
const CREATED_AT: Step = Step {
    up: "
        ALTER TABLE users ADD COLUMN created_at DATETIME;
        UPDATE users SET created_at = coalesce(
            (SELECT min(posts.created_at) FROM posts WHERE posts.user_id = users.id),
            '2024-01-01 00:00:00.000000'
        );
        ALTER TABLE users ALTER COLUMN created_at SET NOT NULL",
    down: "ALTER TABLE users DROP COLUMN created_at",
};
//: starter
//| const CREATED_AT: Step = Step { up: "", down: "" };
//: end

/// Takes the steps that the database has not taken yet, in order.
pub fn upgrade(conn: &mut Connection, steps: &[Step]) -> Result<()> {
    let found = version(conn)?;
    for (to, step) in (1..).zip(steps) {
        if to > found {
            take(conn, step.up, to)?;
        }
    }
    Ok(())
}

/// Takes the last step back that the database has taken.
pub fn downgrade(conn: &mut Connection, steps: &[Step]) -> Result<()> {
    let found = version(conn)?;
    for (from, step) in (1..).zip(steps) {
        if from == found {
            take(conn, step.down, from - 1)?;
        }
    }
    Ok(())
}

fn version(conn: &Connection) -> Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// A step and its number, in one transaction.
fn take(conn: &mut Connection, sql: &str, version: i64) -> Result<()> {
    let tx = conn.transaction()?;
    tx.execute_batch(sql)?;
    tx.pragma_update(None, "user_version", version)?;
    tx.commit()
}
