//! Which users are found, and in which order, whichever way SQLite reads.

use filter_and_order::Direction::{Down, Up};
use filter_and_order::{Direction, search, usernames};
use witness::prelude::*;

/// The last name of the alphabet comes first.
#[test]
fn the_last_name_comes_first() {
    check(|w| {
        let db = users(w)?;
        for (db, how) in both_ways(&db) {
            let names = db.run(usernames)?;
            expect_names(
                &format!("what `usernames` returns{how}"),
                &names,
                "susan, o'brien, mia, john, ann_lee, ann-lee, Abe",
            )
            .because(
                "Only ORDER BY with a column decides the order, and DESC behind it turns it round. \
                 A text in quotes is no column.",
            )?;
        }
        db.prepare(CROWD)?;
        expect_equal(
            "how many names `usernames` returns",
            db.run(usernames)?.len(),
            307,
        )
        .because(ALL)
    })
}

/// A text is found as it is, and nothing else.
#[test]
fn a_text_is_found_as_it_is() {
    const VALUE: &str = "What a visitor types is a value, and never part of the SQL.";
    const GLOB: &str = "To GLOB, `*`, `?` and `[` have a meaning. Here they are themselves.";
    check(|w| {
        let db = users(w)?;
        for (text, expected, why) in [
            ("ann", "ann-lee, ann_lee", "Two names contain it."),
            (
                "br",
                "o'brien",
                "A text is found wherever it stands in the name.",
            ),
            ("'b", "o'brien", VALUE),
            (
                "n_l",
                "ann_lee",
                "To LIKE, `_` is any character. Here it is itself.",
            ),
            (
                "%",
                "nobody",
                "To LIKE, `%` is any text. Here it is itself.",
            ),
            (
                "ANN",
                "nobody",
                "To LIKE, A and a are the same. Here they are not.",
            ),
            (
                "ab",
                "nobody",
                "In the name Abe it is Ab, which is another text.",
            ),
            ("*", "nobody", GLOB),
            ("n?l", "nobody", GLOB),
            ("[n]", "nobody", GLOB),
            ("ann ", "nobody", "A space is a sign like any other."),
            ("zoe", "nobody", "It is in an email, but in no name."),
            (
                "",
                "Abe, ann-lee, ann_lee, john, mia, o'brien, susan",
                "Each name contains the empty text.",
            ),
            ("' OR '1'='1", "nobody", VALUE),
        ] {
            let mut names = db.run(|conn| search(conn, text, "id", Up)).because(why)?;
            names.sort();
            let what = format!("what a search for {text:?} finds");
            expect_names(&what, &names, expected).because(why)?;
        }
        let (trace, text) = (w.trace(), w.name());
        db.run(|conn| search(conn, &text, "id", Up))?;
        trace
            .no_text_built_in(&text)
            .because("SQLite is to find the names. For that it gets the text, as a value.")?;
        db.prepare(CROWD)?;
        let crowd = db.run(|conn| search(conn, "guest", "username", Down))?;
        expect_equal("how many of 300 guests are found", crowd.len(), 300).because(ALL)
    })
}

/// A list is sorted by the column and the direction given.
#[test]
fn a_list_is_sorted_as_asked() {
    check(|w| {
        let db = users(w)?;
        for (sort_by, direction, expected) in [
            ("id", Up, "susan, john, ann_lee, o'brien, ann-lee"),
            ("id", Down, "ann-lee, o'brien, ann_lee, john, susan"),
            ("username", Up, "ann-lee, ann_lee, john, o'brien, susan"),
            ("username", Down, "susan, o'brien, john, ann_lee, ann-lee"),
            ("email", Up, "ann_lee, o'brien, john, susan, ann-lee"),
            ("email", Down, "ann-lee, susan, john, o'brien, ann_lee"),
        ] {
            let names = db.run(|conn| search(conn, "n", sort_by, direction))?;
            let why = match (sort_by, direction) {
                ("email", _) => "The one without an email counts as smaller than all others.",
                (_, Down) => "Down is from the largest value to the smallest.",
                _ => {
                    "The name of a column is part of the SQL. A value that is bound sorts nothing."
                }
            };
            expect_names(&asked(sort_by, direction), &names, expected).because(why)?;
        }
        Ok(())
    })
}

/// Users who are equal come in the order of their ids.
#[test]
fn equal_users_come_by_id() {
    check(|w| {
        let db = users(w)?;
        for (sort_by, direction, expected) in [
            (
                "verified",
                Up,
                "mia, ann_lee, ann-lee, susan, john, o'brien, Abe",
            ),
            (
                "verified",
                Down,
                "susan, john, o'brien, Abe, mia, ann_lee, ann-lee",
            ),
            (
                "email",
                Up,
                "mia, ann_lee, Abe, o'brien, john, susan, ann-lee",
            ),
            (
                "email",
                Down,
                "ann-lee, susan, john, o'brien, mia, ann_lee, Abe",
            ),
        ] {
            for (db, how) in both_ways(&db) {
                let names = db.run(|conn| search(conn, "", sort_by, direction))?;
                let what = format!("{}{how}", asked(sort_by, direction));
                expect_names(&what, &names, expected)
                    .because("ORDER BY leaves it open which of two equal rows comes first.")?;
            }
        }
        Ok(())
    })
}

/// A column that is not known is refused, and named.
#[test]
fn an_unknown_column_is_refused() {
    check(|w| {
        let db = users(w)?;
        let odd = w.pick(&["length(username)", "verified, username", "id + 1"]);
        for sort_by in [
            "nickname",
            odd,
            "random()",
            "rowid",
            "email IS NULL",
            "username, email",
            "Email",
            " id",
            "'id'",
            "",
        ] {
            let error = db
                .fails(|conn| search(conn, "n", sort_by, Up))
                .saying(format!(
                    "`{sort_by}` is none of the four columns, but `search` returned Ok"
                ))
                .because("What stands in the SQL is run. Let only words of your own into it.")?;
            expect_that(
                error.to_string().contains(sort_by),
                format!("`{sort_by}` is refused, but the error does not quote it: {error}"),
            )
            .because("Whoever asked for it must learn what was wrong.")?;
        }
        Ok(())
    })
}

/// Three hundred more.
const CROWD: &str = "
    INSERT INTO users (username)
    WITH n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    SELECT 'guest ' || i FROM n";

const ALL: &str = "All are asked for, however many there are.";

fn users(w: &Witness) -> Outcome<Database> {
    w.database_with(
        "CREATE TABLE users (
             id INTEGER PRIMARY KEY,
             username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
             email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
             verified BOOLEAN NOT NULL DEFAULT FALSE CHECK (verified IN (0, 1))
         );
         INSERT INTO users (id, username, email, verified) VALUES
             (1, 'susan', 'susan@example.org', 1), (2, 'mia', NULL, 0),
             (3, 'john', 'jo@example.org', 1), (4, 'ann_lee', NULL, 0),
             (5, 'o''brien', 'brien@example.org', 1), (6, 'ann-lee', 'zoe@example.org', 0),
             (7, 'Abe', NULL, 1);",
    )
}

/// The same database, read as usual and the other way round.
fn both_ways(db: &Database) -> [(Database, &'static str); 2] {
    [
        (db.clone(), ""),
        (db.reversed(), ", when SQLite reads its tables backwards,"),
    ]
}

fn asked(sort_by: &str, direction: Direction) -> String {
    format!("the list by {sort_by}, {direction:?}")
}

fn expect_names(what: &str, names: &[String], expected: &str) -> Outcome {
    let names = match names {
        [] => "nobody".to_owned(),
        names => names.join(", "),
    };
    expect_equal(what, names.as_str(), expected)
}
