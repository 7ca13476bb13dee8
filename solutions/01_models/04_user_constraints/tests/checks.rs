//! What the table of users accepts and refuses, whoever writes to it.

use user_constraints::create;
use witness::prelude::*;

/// A username must be given; an id and an email need not.
#[test]
fn only_the_username_must_be_given() {
    check(|w| {
        let db = created(w)?;
        let [one, two, three] = [1, 2, 3].map(|number| format!("{}{number}", w.name()));
        db.accepts(&format!(
            "INSERT INTO users (username, email, verified)
             VALUES ('{one}', NULL, 0), ('{two}', NULL, 0), ('{three}', NULL, 0)"
        ))
        .saying("users without an email are refused")
        .because("UNIQUE lets any number of them in: NULL is never the same as another NULL.")?
        .leaves(
            "SELECT id, username FROM users",
            rows![[1, one], [2, two], [3, three]],
        )
        .saying("users inserted without an id did not get one")
        .because("SQLite assigns the one key that is declared INTEGER PRIMARY KEY.")
        .hint("an_id_is_assigned")?;
        for columns in [
            "(username, email, verified) VALUES (NULL,",
            "(email, verified) VALUES (",
        ] {
            db.refuses(
                Violation::Any,
                &format!("INSERT INTO users {columns} 'a@example.com', 0)"),
            )
            .saying("a user without a username is stored")
            .because("`String` keeps None out of this program. Other programs never read it.")?;
        }
        Ok(())
    });
}

/// No two users have the same username, or the same email.
#[test]
fn a_username_and_an_email_occur_once() {
    check(|w| {
        let [one, two] = [1, 2].map(|number| format!("{}{number}", w.name()));
        let there = |w| created(w)?.accepts(&user(&one, "one@example.com"));
        there(w)?
            .accepts(&user(&two, "two@example.com"))
            .saying("a user who shares nothing with another is refused")?;
        for (what, name, email) in [
            ("username", &one, "two@example.com"),
            ("email", &two, "one@example.com"),
        ] {
            there(w)?
                .refuses(Violation::Unique, &user(name, email))
                .saying(format!("two users with the same {what} are stored"))
                .because(
                    "Each of the two must be unique on its own: the pair of them is another rule.",
                )?;
        }
        Ok(())
    });
}

/// A user whose `verified` is left out is not verified.
#[test]
fn verified_is_false_unless_said() {
    const WHY: &str = "This INSERT never met `User::new`: only the table's own default serves it.";
    check(|w| {
        let name = w.name();
        created(w)?
            .accepts(&format!(
                "INSERT INTO users (username, email) VALUES ('{name}', 'a@example.com')"
            ))
            .saying("a user whose `verified` is left out is refused")
            .because(WHY)?
            .leaves(
                "SELECT username, verified FROM users",
                rows![[&name, false]],
            )
            .saying("a user whose `verified` is left out is not false")
            .because(WHY)
    });
}

/// Verified is true or false, and nothing else.
#[test]
fn verified_is_true_or_false() {
    check(|w| {
        let db = created(w)?;
        let insert = |value: &str| {
            format!(
                "INSERT INTO users (username, email, verified) VALUES ('Ada', 'a@b.c', {value})"
            )
        };
        for value in ["0", "1", "FALSE", "TRUE"] {
            db.accepts(&insert(value))
                .saying(format!("`verified` cannot be {value}"))
                .because("To SQL, FALSE is another word for 0 and TRUE for 1.")?;
        }
        for (value, why) in [
            (
                "'false'",
                "SQLite has no type BOOLEAN. This text is stored where nothing forbids it.",
            ),
            (
                "'true'",
                "SQLite has no type BOOLEAN. This text is stored where nothing forbids it.",
            ),
            (
                "2",
                "A number that is neither 0 nor 1 is stored where nothing forbids it.",
            ),
            (
                "NULL",
                "A CHECK whose condition comes to NULL holds, and a DEFAULT replaces no NULL.",
            ),
        ] {
            db.refuses(Violation::Any, &insert(value))
                .saying(format!("`verified` can be {value}"))
                .because(why)?;
        }
        Ok(())
    });
}

/// Username and email have at most 80 and 120 characters.
#[test]
fn what_is_too_long_is_refused() {
    check(|w| {
        let db = created(w)?;
        let letter = w.pick(&["é", "ñ", "ß", "ж"]);
        let named = |length| user(&letter.repeat(length), "a@example.com");
        let mailed = |length: usize| {
            const HOST: &str = "@example.com";
            user(
                "Ada",
                &format!("{}{HOST}", letter.repeat(length - HOST.len())),
            )
        };
        for (what, sql) in [
            ("a username of 80", named(80)),
            ("an email of 120", mailed(120)),
        ] {
            db.accepts(&sql)
                .saying(format!("{what} characters is refused"))
                .because("The limit is of characters, and may be reached.")?;
        }
        for (what, sql) in [
            ("a username of 81", named(81)),
            ("an email of 121", mailed(121)),
        ] {
            db.refuses(Violation::Any, &sql)
                .saying(format!("{what} characters is stored"))
                .because("To SQLite VARCHAR(80) is TEXT: only a CHECK limits a length.")?;
        }
        Ok(())
    });
}

/// Username and email have one index each, that of UNIQUE.
#[test]
fn nothing_is_indexed_twice() {
    check(|w| {
        created(w)?
            .expect_rows(
                "SELECT lower(part.name) AS column, count(*) AS indexes
                 FROM pragma_index_list('users') AS list
                 JOIN pragma_index_info(list.name) AS part
                 WHERE part.seqno = 0 AND lower(part.name) IN ('username', 'email')
                 GROUP BY lower(part.name)",
                rows![["username", 1], ["email", 1]],
            )
            .saying("username and email do not have one index each")
            .because("UNIQUE is kept by an index, which finds rows, too. A second one costs every write.")
    });
}

fn created(w: &Witness) -> Outcome<Database> {
    let db = w.database()?;
    db.run(create)?;
    Ok(db)
}

/// SQL that any other program might send.
fn user(name: &str, email: &str) -> String {
    format!("INSERT INTO users (username, email, verified) VALUES ('{name}', '{email}', 0)")
}
