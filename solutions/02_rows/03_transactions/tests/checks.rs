//! What a second connection sees of users and posts, at every statement.

use rusqlite::Connection;
use transactions::{remove_unverified, sign_up};
use witness::prelude::*;

/// What the other connection asks: who is there, the newest first, with posts.
const EVERYBODY: &str = "SELECT username, body FROM users
    LEFT JOIN posts ON user_id = users.id ORDER BY users.id DESC";

const TOGETHER: &str = "A statement on its own is seen as soon as it has run, \
     and those of a transaction at its commit.";

const ANSWER: &str = "The caller goes by the answer: Ok means that all of it is kept, \
     an error that nothing is.";

/// A new user and the first post are seen at once.
#[test]
fn user_and_post_are_seen_at_once() {
    check(|w| {
        let db = users_and_posts(w)?;
        let name = w.name();
        let watched = db.watched(EVERYBODY, |conn| sign_up(conn, &name, "It's me!"))?;
        expect_equal("the id that `sign_up` returns", *watched.ok()?, 43)
            .because("The id is the one that the database gave the new user.")?;
        watched.changes_at_once().because(TOGETHER)?;
        db.expect_rows(
            "SELECT username, email, verified FROM users WHERE id = 43",
            rows![[&name, NULL, 0]],
        )?;
        db.expect_rows(
            "SELECT user_id, body FROM posts WHERE id > 12",
            rows![[43, "It's me!"]],
        )
    })
}

/// A refused post leaves no user behind.
#[test]
fn a_refused_post_leaves_no_user() {
    check(|w| {
        let db = users_and_posts(w)?;
        let name = w.name();
        db.watched(EVERYBODY, |conn| sign_up(conn, &name, ""))?
            .changes_never()
            .because("The table refused the empty post. Without it, there is to be no user.")?;
        db.fails_mut(|conn| sign_up(conn, &name, ""))
            .because("The caller must learn of it, and go on with a connection that is free.")?;
        Ok(())
    })
}

/// A name that is taken is refused, and stores no post.
#[test]
fn a_taken_name_stores_no_post() {
    check(|w| {
        let db = users_and_posts(w)?;
        db.fails_mut(|conn| sign_up(conn, "john", "It's me!"))
            .because(
                "john is somebody else. An error must say so, with no transaction left open.",
            )?;
        db.expect_rows("SELECT id FROM posts", rows![[10], [11], [12]])
    })
}

/// Unverified users and their posts go at once.
#[test]
fn unverified_users_and_posts_go_at_once() {
    check(|w| {
        let db = users_and_posts(w)?;
        let watched = db.watched(EVERYBODY, |conn| remove_unverified(conn, 2))?;
        expect_equal("what `remove_unverified` returns", *watched.ok()?, Some(2))
            .because("Two users are not verified, and two are not more than 2.")?;
        watched.changes_at_once().because(TOGETHER)?;
        db.expect_rows("SELECT username FROM users", rows![["john"]])?;
        db.expect_rows(
            "SELECT user_id, body FROM posts",
            rows![[7, "Bye"], [41, "Hello"]],
        )
        .because("Only the posts of those who were removed go along. User 7 was gone before.")?;
        let answer = db.run_mut(|conn| remove_unverified(conn, 0))?;
        expect_equal("what a second call returns", answer, Some(0))
            .because("Nobody was left to remove. None would say that there were too many.")
    })
}

/// If too many would go, everybody stays.
#[test]
fn too_many_are_put_back() {
    check(|w| {
        let db = users_and_posts(w)?;
        db.watched(EVERYBODY, |conn| remove_unverified(conn, 1))?
            .changes_never()
            .because("Two users would go, which is more than 1.")?;
        let answer = db.run_mut(|conn| remove_unverified(conn, 1))?;
        expect_equal("what `remove_unverified` returns", answer, None)
            .because("None says that nobody was removed, because too many would have been.")?;
        let answer = db.at_begin(
            |other| other.execute_batch("INSERT INTO users (username) VALUES ('more ads')"),
            |path| w.run(|| remove_unverified(&mut Connection::open(path)?, 2)),
        )??;
        expect_equal(
            "what `remove_unverified` returns for three users",
            answer,
            None,
        )
        .because(
            "One more signed up as your transaction began. A count from before is out of date.",
        )
    })
}

/// Whatever goes wrong, all is done, or nothing and an error.
#[test]
fn all_is_done_or_nothing() {
    check(|w| {
        let db = users_and_posts(w)?;
        w.at_every_statement(&db, |path| {
            sign_up(&mut Connection::open(path)?, "susan", "Hello!")
        })
        .because(ANSWER)?;
        w.at_every_statement(&db, |path| {
            remove_unverified(&mut Connection::open(path)?, 2)
        })
        .because(ANSWER)?;
        db.prepare(
            "CREATE TRIGGER users_stay BEFORE DELETE ON users
                 BEGIN SELECT RAISE(ABORT, 'users stay'); END",
        )?;
        db.fails_mut(|conn| remove_unverified(conn, 2))
            .because(
                "The second DELETE was refused. Whoever called goes on with this connection, \
                 so nothing may be left open.",
            )
            .hint("a_refused_post_leaves_no_user")
            .map(drop)
    })
}

/// User 7 is gone, and left a post.
fn users_and_posts(w: &Witness) -> Outcome<Database> {
    w.database_with(
        "CREATE TABLE users (
             id INTEGER PRIMARY KEY,
             username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
             email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
             verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
         );
         CREATE TABLE posts (
             id INTEGER PRIMARY KEY,
             user_id INTEGER NOT NULL,
             body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 140)
         );
         INSERT INTO users (id, username, verified)
             VALUES (40, 'spam', 0), (41, 'john', 1), (42, 'ads', 0);
         INSERT INTO posts (id, user_id, body)
             VALUES (10, 7, 'Bye'), (11, 41, 'Hello'), (12, 40, 'Buy!');",
    )
}
