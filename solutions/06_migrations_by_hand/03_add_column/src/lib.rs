//! 6.3 A column for a table that has rows.
//!
//! The program has run for two years, and its databases are at version 1. Now
//! `users` gets three columns, in three steps. Each step has its way back.
//!
//! `migrate_to` of `mini_orm` takes the steps, up or back: each with its number,
//! in one transaction, as in 6.1 and 6.4. What you write is the SQL. A step may
//! have several statements, with a semicolon after each.

use mini_orm::Step;

/// All steps, in order: the first leads to version 1.
pub const STEPS: &[Step] = &[USERS_AND_POSTS, BIO, IS_ACTIVE, CREATED_AT];

/// To version 1. It was taken on every database long ago, and so must stay as
/// it is. What it made stays there at every version, also the trigger: SQL that
/// runs before a user is deleted, and refuses.
const USERS_AND_POSTS: Step = Step {
    up: "
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
        END;",
    down: Some("DROP TABLE posts; DROP TABLE users;"),
};

/// To version 2: `bio`, of type `TEXT`, is what users write about themselves.
///
/// Nobody has to. Of the users who are there, nothing is known yet.
const BIO: Step = Step {
    //: answer
    up: "ALTER TABLE users ADD COLUMN bio TEXT;",
    down: Some("ALTER TABLE users DROP COLUMN bio;"),
    //: starter
    //| up: "",
    //| down: Some(""),
    //: end
};

/// To version 3: `is_active`, of type `BOOLEAN`, says who may log in.
///
/// It is 0 or 1 in every row. All users who are there are active, and so is a
/// new one of whom nothing else is said.
const IS_ACTIVE: Step = Step {
    //: answer
    up: "
        ALTER TABLE users ADD COLUMN is_active BOOLEAN NOT NULL DEFAULT TRUE
            CHECK (is_active IN (0, 1));",
    down: Some("ALTER TABLE users DROP COLUMN is_active;"),
    //: starter
    //| up: "",
    //| down: Some(""),
    //: end
};

/// To version 4: `created_at`, of type `DATETIME`, is when the user came.
///
/// Nobody wrote it down for the users who are there. Who has posts gets the
/// moment of the earliest one. Who has none gets `2024-09-01 08:00:00`: on that day
/// the program began, and all of them were there.
///
/// From now on, whoever adds a user must say the moment: without one, or with
/// `NULL`, the row is refused.
const CREATED_AT: Step = Step {
    //: answer
    up: "
        ALTER TABLE users ADD COLUMN created_at DATETIME;
        UPDATE users SET created_at = coalesce(
            (SELECT min(created_at) FROM posts WHERE posts.user_id = users.id),
            '2024-09-01 08:00:00'
        );
        ALTER TABLE users ALTER COLUMN created_at SET NOT NULL;",
    down: Some("ALTER TABLE users DROP COLUMN created_at;"),
    //: starter
    //| up: "",
    //| down: Some(""),
    //: end
};
