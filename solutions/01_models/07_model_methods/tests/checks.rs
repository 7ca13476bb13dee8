//! What users say of themselves, next to what the database holds.

use mini_orm::{all, create, insert};
use model_methods::User;
use witness::prelude::*;

/// What can be worked out from a row is not stored in it.
#[test]
fn the_profile_is_not_stored() {
    const WHY: &str =
        "Whatever is stored twice will differ one day, and nobody knows which is right.";
    check(|w| {
        let db = w.database()?;
        db.run(create::<User>)?;
        db.expect_table("users", USERS).because(
            "Only the profile goes: what is stored twice will differ one day. All else stays.",
        )?;
        let names = w.names(2);
        let new = User::new(&names[0], Some("a@example.com"));
        let known = User {
            id: Some(7),
            verified: true,
            ..User::new(&names[1], None)
        };
        for user in [&new, &known] {
            db.run(|conn| insert(conn, user)).because(WHY)?;
        }
        db.expect_rows(
            "SELECT id, username, email, verified FROM users",
            rows![[1, &names[0], "a@example.com", 0], [7, &names[1], NULL, 1]],
        )
        .because("Only the profile goes. All else still comes into its column.")
    });
}

/// The profile is the username, and the email in parentheses.
#[test]
fn a_profile_is_name_and_email() {
    check(|w| {
        let db = w.database_with(USERS)?;
        db.prepare(&format!(
            r#"INSERT INTO users (username, email) VALUES ('{}', 'One@Example.com'),
               ('O''Brien "Bob"', 'o''b@example.com'), ('Zoë Ünal', 'zoë@example.com')"#,
            w.name()
        ))?;
        expect_same_rows(
            "what `full_profile` returns",
            profiles(&db)?,
            db.rows("SELECT username, username || ' (' || email || ')' AS profile FROM users")?,
        )
        .because("It reads Ada (ada@example.com), with both texts as they are in the row.")
    });
}

/// Without an email the profile is the username alone.
#[test]
fn without_an_email_it_is_the_name() {
    check(|w| {
        let db = w.database_with(USERS)?;
        db.prepare(&format!(
            "INSERT INTO users (username, email) VALUES ('{}', NULL), ('Some (one)', NULL)",
            w.name()
        ))?;
        expect_same_rows(
            "what `full_profile` returns",
            profiles(&db)?,
            db.rows("SELECT username, username AS profile FROM users")?,
        )
        .because("None and NULL are words for programmers. Readers see that there is nothing.")
    });
}

/// The profile follows what it is made of.
#[test]
fn the_profile_follows_the_row() {
    const WHY: &str = "An answer that is kept is an answer to an older question.";
    check(|w| {
        let (db, name) = (w.database_with(USERS)?, w.name());
        let user = User::new(&name, Some("old@example.com"));
        let mut user = db.run(|conn| insert(conn, &user))?;
        db.prepare("UPDATE users SET email = 'new@example.com'")?;
        expect_same_rows(
            "the profile after another program changed the email",
            profiles(&db)?,
            rows![[&name, format!("{name} (new@example.com)")]],
        )
        .because(WHY)?;
        user.email = None;
        expect_equal(
            "the profile after `email` was set to None in Rust",
            user.full_profile().to_string(),
            name,
        )
        .because(WHY)?;
        let shown = format!("{user:?}");
        expect_that(
            !shown.contains("profile"),
            format!("a user still has a field for the profile: {shown}"),
        )
        .because("It answers nothing any more, but has to be filled in wherever a user is made.")
    });
}

/// Readers see the username, programmers every field.
#[test]
fn readers_and_programmers_are_served() {
    check(|w| {
        let db = w.database_with(USERS)?;
        db.prepare(&format!(
            r#"INSERT INTO users (id, username, email, verified)
               VALUES (7, '{} "the cat" O''Brien', 'a@example.com', 1)"#,
            w.name()
        ))?;
        let found = db.run(all::<User>)?;
        let shown = found.iter().map(|user| vec![user.to_string().into()]);
        expect_same_rows(
            "what {} shows of a user",
            Rows::new(shown.collect()).named(&["shown"]),
            db.rows("SELECT username FROM users")?,
        )
        .because("{} is for readers: here the username, as it is.")?;
        for user in found {
            for (field, other) in [
                (
                    "id",
                    User {
                        id: Some(8),
                        ..user.clone()
                    },
                ),
                (
                    "username",
                    User {
                        username: "Bob".to_owned(),
                        ..user.clone()
                    },
                ),
                (
                    "email",
                    User {
                        email: None,
                        ..user.clone()
                    },
                ),
                (
                    "verified",
                    User {
                        verified: false,
                        ..user.clone()
                    },
                ),
            ] {
                expect_that(
                    format!("{user:?}") != format!("{other:?}"),
                    format!("two users who differ in `{field}` look the same in {{:?}}: {user:?}"),
                )
                .because("{:?} is for whoever looks for a mistake, in any of the fields.")
                .hint("debug_shows_every_field")?;
            }
        }
        Ok(())
    });
}

/// Mail may be sent to an email of a verified user only.
#[test]
fn reachable_are_the_verified_with_an_email() {
    check(|w| {
        let (db, names) = (w.database_with(USERS)?, w.names(4));
        for (name, rest) in names.iter().zip([
            "'one@example.com', 1",
            "'two@example.com', 0",
            "NULL, 1",
            "NULL, 0",
        ]) {
            db.prepare(&format!(
                "INSERT INTO users (username, email, verified) VALUES ('{name}', {rest})"
            ))?;
        }
        let users = db.run(all::<User>)?;
        let found = users.iter().map(|user| {
            vec![
                user.username.clone().into(),
                user.email.clone().into(),
                user.verified.into(),
                user.is_reachable().into(),
            ]
        });
        expect_same_rows(
            "what `is_reachable` returns",
            Rows::new(found.collect()).named(&["username", "email", "verified", "reachable"]),
            db.rows("SELECT username, email, verified, verified AND email IS NOT NULL FROM users")?,
        )
        .because("The database, asked the same in SQL, gives the other answer.")
    });
}

const USERS: &str = "CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
    email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
    verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
)";

/// Every user's name and profile.
fn profiles(db: &Database) -> Outcome<Rows> {
    let users = db.run(all::<User>)?;
    let rows = users.iter().map(|user| {
        let profile = user.full_profile().to_string();
        vec![user.username.clone().into(), profile.into()]
    });
    Ok(Rows::new(rows.collect()).named(&["username", "profile"]))
}
