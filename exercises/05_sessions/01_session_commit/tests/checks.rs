//! What a second connection sees of a session, and what each end of it leaves.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use mini_orm::{Column, ColumnType, Error, Model, Result, Table};
use rusqlite::Row;
use rusqlite::types::Value;
use session_commit::Session;
use witness::prelude::*;

/// What the other connection asks: who is there, with posts.
const EVERYBODY: &str = "SELECT username, title FROM users
    LEFT JOIN posts ON user_id = users.id ORDER BY users.id, posts.id";

/// Others see it all at the commit, and nothing before.
#[test]
fn others_see_it_all_at_the_commit() {
    check(|w| {
        let db = microblog(w)?;
        let name = w.name();
        let watched = db.watched(EVERYBODY, |conn| {
            let mut session = Session::new(conn);
            let user = session.add(&User::named(&name))?;
            let post = session.add(&Post::by(user.id, "My first post"))?;
            session.commit()?;
            Ok::<_, Error>((user, post))
        })?;
        let (user, post) = watched.ok()?;
        expect_equal(
            "the ids that `add` returns",
            (user.id, post.id),
            (Some(42), Some(8)),
        )
        .because("The post needs the id of its user, long before the commit.")?;
        watched.changes_at_once().because(
            "Without BEGIN, each row is kept on its own; with it, COMMIT keeps all of them.",
        )?;
        db.expect_rows("SELECT username FROM users WHERE id > 41", rows![[&name]])
    })
}

/// A session that is dropped keeps nothing.
#[test]
fn a_dropped_session_keeps_nothing() {
    const WHY: &str = "Whoever leaves without a commit, by an error or a panic, keeps nothing.";
    check(|w| {
        w.foreign_keys(ForeignKeys::On);
        for end in [
            End::OfTheBlock,
            End::RefusedRow,
            End::RefusedCommit,
            End::Panic,
        ] {
            let db = microblog(w)?;
            let watched = db.watched(EVERYBODY, |conn| {
                leave(Session::new(conn), end);
                conn.is_autocommit()
            })?;
            watched.changes_never().because(WHY)?;
            expect_that(
                watched.result,
                format!("dropped by {}: the transaction is still open", end.name()),
            )
            .because(
                "Whatever this connection does next belongs to it, and others cannot write.",
            )?;
        }
        Ok(())
    })
}

/// After a commit or a rollback the session goes on.
#[test]
fn the_session_goes_on() {
    check(|w| {
        let db = microblog(w)?;
        let trace = w.trace();
        db.run_mut(|conn| {
            let mut session = Session::new(conn);
            session.commit()?;
            session.rollback()?;
            session.add(&User::named("ada"))?;
            session.commit()?;
            session.add(&User::named("spam"))?;
            session.rollback()?;
            session.add(&User::named("bo"))?;
            session.commit()
        })?;
        db.expect_rows(
            "SELECT username FROM users WHERE id > 41",
            rows![["ada"], ["bo"]],
        )
        .because("Two commits, with a rollback between them.")?;
        expect_that(
            trace.statements("BEGIN").count() <= 3,
            "a transaction was begun where no row was added",
        )
        .because("It begins with the first row: a session at rest has none.")?;
        let mut conn = db.open()?;
        let mut session = Session::new(&mut conn);
        expect_nobody_waits(&db, "a session that is new")?;
        session.add(&User::named("cleo")).ok();
        session.commit().ok();
        expect_nobody_waits(&db, "a session after its commit")
    })
}

/// After a refused row, nothing is kept until a rollback.
#[test]
fn after_a_refused_row_nothing_is_kept() {
    check(|w| {
        for refused in ["john", "never"] {
            let db = microblog(w)?;
            let watched = db.watched(EVERYBODY, |conn| -> Outcome {
                let mut session = Session::new(conn);
                w.run(|| session.add(&User::named("ada")))?;
                let answer = session.add(&User::named(refused));
                expect_that(
                    answer.is_err(),
                    format!("the database refused the user {refused}, and `add` returned Ok"),
                )?;
                expect_that(
                    !matches!(answer, Err(Error::NeedsRollback)),
                    format!("`add` does not say why the database refused the user {refused}"),
                )
                .because(
                    "The first error is the cause. `NeedsRollback` is for what comes after.",
                )?;
                expect_broken("a refused row", &mut session)
            })?;
            watched.changes_never().because(
                "They were to be kept together. One is missing, so none of them is kept.",
            )?;
            watched.result?;
            expect_goes_on(w, &db, |session| {
                session.add(&User::named(refused)).err().map(drop)
            })?;
        }
        Ok(())
    })
}

/// A refused commit is an error, and nothing is kept.
#[test]
fn a_refused_commit_keeps_nothing() {
    check(|w| {
        w.foreign_keys(ForeignKeys::On);
        let db = microblog(w)?;
        let watched = db.watched(EVERYBODY, |conn| -> Outcome {
            conn.commit_hook(Some(|| true))?;
            let mut session = Session::new(conn);
            w.run(|| session.add(&User::named("ada")))?;
            let answer = session.commit();
            expect_that(
                answer.is_err(),
                "the commit was vetoed, and `commit` returned Ok",
            )?;
            expect_that(
                !matches!(answer, Err(Error::NeedsRollback)),
                "`commit` does not say why it was refused",
            )
            .because("The first error is the cause. `NeedsRollback` is for what comes after.")?;
            expect_broken("a vetoed commit", &mut session)
        })?;
        watched.changes_never()?;
        watched.result?;
        expect_goes_on(w, &db, |session| {
            // Nobody has the id 99, which SQLite asks at the COMMIT.
            session.add(&Post::by(Some(99), "Hello")).ok()?;
            session.commit().err().map(drop)
        })
    })
}

#[derive(Clone, Copy)]
enum End {
    OfTheBlock,
    RefusedRow,
    RefusedCommit,
    Panic,
}

impl End {
    fn name(self) -> &'static str {
        match self {
            Self::OfTheBlock => "the end of a block",
            Self::RefusedRow => "a `?` after a refused row",
            Self::RefusedCommit => "a `?` after a refused commit",
            Self::Panic => "a panic",
        }
    }
}

/// Adds two rows, and leaves without a commit.
fn leave(session: Session<'_>, end: End) {
    fn work(mut session: Session<'_>, end: End) -> Result<()> {
        let user = session.add(&User::named("spam"))?;
        session.add(&Post::by(user.id, "Buy!"))?;
        match end {
            End::OfTheBlock => Ok(()),
            End::RefusedRow => session.add(&User::named("john")).map(drop),
            End::RefusedCommit => {
                // Nobody has the id 99, which SQLite asks at the COMMIT.
                session.add(&Post::by(Some(99), "Hello"))?;
                session.commit()
            }
            End::Panic => resume_unwind(Box::new("the program panics here")),
        }
    }
    catch_unwind(AssertUnwindSafe(|| work(session, end))).ok();
}

/// Whether the session takes nothing any more.
fn expect_broken(after: &str, session: &mut Session<'_>) -> Outcome {
    let answers = [
        ("`add`", session.add(&User::named("bo")).map(drop)),
        ("`commit`", session.commit()),
        ("a second `add`", session.add(&User::named("bo")).map(drop)),
    ];
    for (method, answer) in answers {
        let found = answer.map_or_else(|error| error.to_string(), |()| "Ok".to_owned());
        expect_equal(
            &format!("what {method} returns after {after}"),
            found,
            Error::NeedsRollback.to_string(),
        )
        .because("The session is broken: `NeedsRollback`, until there is a `rollback`.")?;
    }
    Ok(())
}

/// Whether a session that `breaks` can go on after a rollback, and keeps nothing
/// from before it.
fn expect_goes_on(
    w: &Witness,
    db: &Database,
    breaks: impl FnOnce(&mut Session<'_>) -> Option<()>,
) -> Outcome {
    let mut conn = db.open()?;
    let mut session = Session::new(&mut conn);
    w.run(|| session.add(&User::named("spam")))?;
    expect_that(
        breaks(&mut session).is_some(),
        "your code returned Ok for what was refused",
    )?;
    w.run(|| session.rollback())
        .because("A broken session can be rolled back.")?;
    w.run(|| {
        session
            .add(&User::named("susan"))
            .and_then(|_| session.commit())
    })
    .because(
        "After the rollback it is as good as new, also where the error had ended the \
         transaction, so that there was nothing left to roll back.",
    )?;
    db.expect_rows("SELECT username FROM users WHERE id > 41", rows![["susan"]])
        .because("What was added before the rollback is undone, what came after it is kept.")
}

/// Whether another connection can write.
fn expect_nobody_waits(db: &Database, who: &str) -> Outcome {
    let other = db.connect()?;
    other.busy_timeout(std::time::Duration::ZERO)?;
    let answer = other.execute_batch("UPDATE users SET username = 'john' WHERE id = 41");
    expect_that(answer.is_ok(), format!("{who} keeps others from writing"))
        .because("A transaction begins with the first row, and ends with the commit.")
}

struct User {
    id: Option<i64>,
    username: String,
}

impl User {
    fn named(username: &str) -> Self {
        let username = username.to_owned();
        Self { id: None, username }
    }
}

impl Model for User {
    const TABLE: &'static str = "users";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("username", ColumnType::String(80)).not_null())
            .primary_key(&["id"])
            .unique(&["username"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (id, username) = (row.get("id")?, row.get("username")?);
        Ok(Self { id, username })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("username", self.username.clone().into()),
        ]
    }
}

struct Post {
    id: Option<i64>,
    user_id: Option<i64>,
    title: String,
}

impl Post {
    fn by(user_id: Option<i64>, title: &str) -> Self {
        let title = title.to_owned();
        Self {
            id: None,
            user_id,
            title,
        }
    }
}

impl Model for Post {
    const TABLE: &'static str = "posts";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("user_id", ColumnType::Integer).not_null())
            .column(Column::new("title", ColumnType::String(200)).not_null())
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            title: row.get("title")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("user_id", self.user_id.into()),
            ("title", self.title.clone().into()),
        ]
    }
}

/// Users and posts, with one of each. A user of the name `never` ends the
/// transaction.
fn microblog(w: &Witness) -> Outcome<Database> {
    w.database_with(
        "CREATE TABLE users (
             id INTEGER PRIMARY KEY,
             username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80)
         );
         CREATE TABLE posts (
             id INTEGER PRIMARY KEY,
             user_id INTEGER NOT NULL
                 REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED,
             title VARCHAR(200) NOT NULL CHECK (length(title) <= 200)
         );
         CREATE TRIGGER nobody BEFORE INSERT ON users WHEN new.username = 'never'
         BEGIN
             SELECT raise(ROLLBACK, 'never say never');
         END;
         INSERT INTO users (id, username) VALUES (41, 'john');
         INSERT INTO posts (id, user_id, title) VALUES (7, 41, 'Beautiful day');",
    )
}
