//! What is read of a table, and what is said where there is nothing to read.

use get_and_all::{User, all, first, get};
use witness::prelude::*;

/// A user is found by the id.
#[test]
fn a_user_is_found_by_the_id() {
    check(|w| {
        let (db, users) = filled(w)?;
        for user in users {
            let found = db.run(|conn| get(conn, user.id))?;
            let what = format!("what `get` returns for the id {}", user.id);
            expect_same_rows(&what, rows_of(found), rows_of(Some(user)))
                .because("Ids have gaps, and names repeat. The key says which row is meant.")?;
        }
        Ok(())
    });
}

/// An id that no user has gives None.
#[test]
fn an_id_without_a_user_is_none() {
    check(|w| {
        const WHY: &str = "The database has answered, and its answer is that there is no such row.";
        for db in [w.database_with(TABLE)?, filled(w)?.0] {
            for id in [1, w.number(100..=999), -1] {
                let found = db.run(|conn| get(conn, id)).because(WHY)?;
                let what = format!("what `get` returns for the id {id}, which no user has,");
                expect_same_rows(&what, rows_of(found), rows![]).because(WHY)?;
            }
        }
        Ok(())
    });
}

/// All users come in the order that was asked for.
#[test]
fn all_users_come_in_order() {
    check(|w| {
        let none = w.database_with(TABLE)?.run(all);
        expect_equal("what `all` returns without users", none?, vec![])
            .because("No users are a list, too.")?;
        let (db, users) = filled(w)?;
        for db in [&db, &db.reversed()] {
            expect_equal(
                "the order from `all`",
                lines(db.run(all)?),
                lines(sorted(&users)),
            )
            .because("A table has no order. Only ORDER BY makes one, down to the last tie.")?;
        }
        db.prepare(MANY)?;
        expect_equal("how many users `all` returns", db.run(all)?.len(), 300)
            .because("Whoever asks for all gets all, however many there are.")
    });
}

/// The first user is the first in that order, or None.
#[test]
fn the_first_or_none() {
    check(|w| {
        const NONE: &str = "Among no users nobody is the first, and that is no error.";
        let found = w.database_with(TABLE)?.run(first).because(NONE)?;
        expect_equal("what `first` returns without users", found, None).because(NONE)?;
        let (db, users) = filled(w)?;
        for db in [&db, &db.reversed()] {
            expect_equal(
                "who is the first",
                lines(db.run(first)?),
                lines(sorted(&users).take(1)),
            )
            .because(
                "The first is whom `all` begins with: by nickname, and of equal ones by id.",
            )?;
        }
        Ok(())
    });
}

/// What cannot be read is an error, not None.
#[test]
fn an_error_is_not_none() {
    check(|w| {
        let (db, users) = filled(w)?;
        for (sql, so) in [
            ("UPDATE users SET email = x'ff'", "each email is a BLOB"),
            (NICKNAMES, "each nickname is a BLOB"),
            (FAILING, "SQLite fails at the first row (malformed JSON)"),
            ("DROP VIEW users", "there is no table users"),
        ] {
            db.prepare(sql)?;
            refused(so, "get", db.fails(|conn| get(conn, users[0].id)))?;
            refused(so, "all", db.fails(all))?;
            refused(so, "first", db.fails(first))?;
        }
        Ok(())
    });
}

/// To read one user, no other is read.
#[test]
fn no_other_user_is_read() {
    check(|w| {
        const WHY: &str = "One row is wanted. A million others may hold what they like.";
        let (db, users) = filled(w)?;
        let Some(wanted) = sorted(&users).next() else {
            return Ok(());
        };
        db.prepare(&format!(
            "UPDATE users SET email = x'ff' WHERE id <> {}",
            wanted.id
        ))?;
        let trace = w.trace();
        let found = db.run(|conn| get(conn, wanted.id)).because(WHY)?;
        expect_same_rows(
            "what `get` returns",
            rows_of(found),
            rows_of(Some(wanted.clone())),
        )?;
        for statement in trace.statements("SELECT").list() {
            let plan = db.plan(&statement.sql)?;
            if let Some(step) = plan.iter().find(|step| step.starts_with("SCAN users")) {
                return Err(
                    Failure::new("to find one user by the id, SQLite looks at all users")
                        .expected("SEARCH users USING INTEGER PRIMARY KEY")
                        .observed(step.as_str())
                        .because(WHY),
                );
            }
        }
        let found = db.run(first).because(
            "One row is wanted, here by `first`. A million others may hold what they like: \
             SQLite need not hand them over.",
        )?;
        expect_same_rows(
            "what `first` returns",
            rows_of(found),
            rows_of(Some(wanted)),
        )
    });
}

/// The index brings equal nicknames in the order of their emails, backwards.
const TABLE: &str = "
    CREATE TABLE users (id INTEGER PRIMARY KEY, nickname TEXT NOT NULL, email TEXT);
    CREATE INDEX ix_users_nickname ON users (nickname, email DESC)";

/// As many more users as make three hundred.
const MANY: &str = "
    INSERT INTO users (nickname)
    WITH n (i) AS (SELECT count(*) + 1 FROM users UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    SELECT 'Zed' FROM n";

const NICKNAMES: &str = "UPDATE users SET nickname = x'ff', email = NULL";

/// Here the statement is prepared, and the error comes with the first row.
const FAILING: &str = "
    ALTER TABLE users RENAME TO stored;
    CREATE VIEW users AS SELECT id, 'Ada' AS nickname, 'no JSON' ->> 'email' AS email FROM stored";

/// A database with users: their ids have gaps and are in another order than
/// their nicknames, some of which are the same. Among these, the emails are in
/// another order than the ids, whichever end one begins at.
fn filled(w: &Witness) -> Outcome<(Database, Vec<User>)> {
    let mut names = w.names(3);
    names.sort();
    let start = w.number(2..=9);
    let users = [
        (0, 2, Some("work")),
        (3, 0, Some("home")),
        (4, 1, Some("home")),
        (9, 0, None),
        (12, 0, Some("work")),
        (30, 2, Some("home")),
    ];
    let users = users.map(|(gap, name, place)| User {
        id: start + gap,
        nickname: names[name].clone(),
        email: place.map(|place| format!("{}@{place}", names[name])),
    });
    let db = w.database_with(TABLE)?;
    let conn = db.connect()?;
    for user in &users {
        conn.execute(
            "INSERT INTO users (id, nickname, email) VALUES (?1, ?2, ?3)",
            (user.id, &user.nickname, &user.email),
        )?;
    }
    Ok((db, users.to_vec()))
}

fn sorted(users: &[User]) -> impl Iterator<Item = User> {
    let mut users = users.to_vec();
    users.sort_by(|a, b| (&a.nickname, a.id).cmp(&(&b.nickname, b.id)));
    users.into_iter()
}

fn lines(users: impl IntoIterator<Item = User>) -> Vec<String> {
    let users = users.into_iter();
    users
        .map(|user| format!("{} {}", user.nickname, user.id))
        .collect()
}

fn rows_of(user: Option<User>) -> Rows {
    let row = |user: User| vec![user.id.into(), user.nickname.into(), user.email.into()];
    Rows::new(user.into_iter().map(row).collect()).named(&["id", "nickname", "email"])
}

fn refused(so: &str, function: &str, error: Outcome<rusqlite::Error>) -> Outcome {
    error
        .saying(format!("{so}, but `{function}` returned Ok"))
        .because(
            "None and an empty list are answers. Here nobody could look, or read what is there.",
        )?;
    Ok(())
}
