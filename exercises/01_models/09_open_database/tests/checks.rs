//! What becomes of a variable, a URL and a file, right ones and wrong ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use open_database::{IfMissing, Location, database_url, open, parse_url};
use witness::prelude::*;

/// The variable is read, and named when it is missing.
#[test]
fn the_variable_is_named() {
    check(|w| {
        let url = format!("sqlite:///{}.db", w.name());
        let environment = |name: &str| (name == "DATABASE_URL").then(|| url.clone());
        let found = w
            .run(|| database_url(environment))
            .because("Ask `get` for DATABASE_URL: only it knows the environment that is meant.")?;
        expect_equal("what `database_url` returns", found, url.clone())?;
        for (value, state) in [(None, "not set"), (Some(String::new()), "empty")] {
            let error = w
                .fails(|| database_url(|_| value.clone()))
                .saying(format!(
                    "DATABASE_URL is {state}, but `database_url` returned Ok"
                ))
                .because("A database that nobody chose is one that nobody finds again.")?;
            expect_named(&error.to_string(), "DATABASE_URL")
                .because("Whoever starts the program must learn what to set.")?;
        }
        Ok(())
    });
}

/// A URL names a file, or memory.
#[test]
fn a_url_names_a_file_or_memory() {
    check(|w| {
        let name = w.name();
        for (url, expected) in [
            (format!("sqlite:///{name}.db"), file(&format!("{name}.db"))),
            (
                format!("sqlite:///my data/{name}.db"),
                file(&format!("my data/{name}.db")),
            ),
            (
                format!("sqlite:////var/lib/{name}.db"),
                file(&format!("/var/lib/{name}.db")),
            ),
            ("sqlite::memory:".to_owned(), Location::Memory),
        ] {
            let found = w.run(|| parse_url(&url))?;
            expect_equal(&format!("what {url} means"), found, expected).because(
                "What follows `sqlite:///` is the path; an absolute one brings its slash.",
            )?;
        }
        Ok(())
    });
}

/// A URL of anything else is refused and quoted.
#[test]
fn any_other_url_is_refused() {
    check(|w| {
        let name = w.name();
        for url in [
            format!("postgres://localhost/{name}"),
            "postgres::memory:".to_owned(),
            format!("{name}.db"),
            format!("sqlite://{name}.db"),
            format!("/{name}/sqlite:///app.db"),
            "sqlite:///".to_owned(),
        ] {
            let error = w
                .fails(|| parse_url(&url))
                .saying(format!("`{url}` is taken for the URL of a database"))
                .because("A mistake in a URL is noticed here, or as a file in an odd place.")?;
            expect_named(&error.to_string(), &url)
                .because("A mistake is soon found by whoever sees what was read.")?;
        }
        Ok(())
    });
}

/// Foreign keys are on, whatever SQLite was built with.
#[test]
fn foreign_keys_are_on() {
    check(|w| {
        let db = w.database_with("CREATE TABLE pets (id INTEGER PRIMARY KEY)")?;
        let future = w.future_database("new");
        w.foreign_keys(ForeignKeys::Off);
        for (what, location, if_missing) in [
            ("a file", at(db.path()), IfMissing::Refuse),
            ("the same file, again", at(db.path()), IfMissing::Create),
            ("a new file", at(future.path()), IfMissing::Create),
            ("memory", Location::Memory, IfMissing::Refuse),
        ] {
            let conn = w.run(|| open(&location, if_missing)).because(
                "`Create` and `Refuse` are about a file that is missing. Memory never is.",
            )?;
            let on = conn.pragma_query_value(None, "foreign_keys", |row| row.get::<_, bool>(0))?;
            expect_that(
                on,
                format!("foreign keys are off on a connection to {what}"),
            )
            .map_err(|failure| {
                failure
                    .expected("`PRAGMA foreign_keys` answers 1")
                    .observed("it answers 0")
            })
            .because(
                "They belong to the connection, and here SQLite was built to leave them off.",
            )?;
        }
        Ok(())
    });
}

/// A file is made only when that is asked for.
#[test]
fn a_file_is_made_only_when_asked() {
    check(|w| {
        let db = w.future_database("school");
        let refused = w.run(|| match open(&at(db.path()), IfMissing::Refuse) {
            Ok(_) => Err("Ok, though there is no such file"),
            Err(error) => Ok(error.to_string()),
        });
        expect_that(
            !db.path().exists(),
            "a file was made, though `IfMissing::Refuse` was said",
        )
        .map_err(|failure| {
            failure
                .expected("an error, and no file")
                .observed(format!("a file {}", db.path().display()))
        })
        .because("After a slip in a path the program works, and all data seems to be gone.")?;
        let error = refused.saying("`open` returned Ok, though there is no such file")?;
        expect_named(&error, &db.path().display().to_string())
            .because("The path is what must be put right.")?;
        for number in 1..=2 {
            let conn = w.run(|| open(&at(db.path()), IfMissing::Create))?;
            conn.execute_batch(&format!(
                "CREATE TABLE IF NOT EXISTS starts (number INTEGER);
                 INSERT INTO starts VALUES ({number})"
            ))?;
        }
        let conn = w.run(|| open(&at(db.path()), IfMissing::Refuse))?;
        conn.execute_batch("INSERT INTO starts VALUES (3)")
            .map_err(|error| {
                Failure::new("a connection with `IfMissing::Refuse` cannot write")
                    .expected("accepted: INSERT INTO starts VALUES (3)")
                    .observed(error.to_string())
                    .because("`Refuse` is about a file that is missing. This one is there.")
            })?;
        db.expect_rows("SELECT number FROM starts", rows![[1], [2], [3]])
            .because("`Create` is about a file that is missing. One that is there stays.")?;
        db.expect_tables(&["starts"])
            .saying("there is a table that nobody asked for")
            .because("`open` looks into a database. What is in it is not its business.")?;
        drop(conn);
        let before = files(w)?;
        w.run(|| open(&Location::Memory, IfMissing::Create))?;
        let made: Vec<_> = files(w)?.difference(&before).cloned().collect();
        expect_that(made.is_empty(), "a file was made for a database in memory").map_err(
            |failure| {
                failure
                    .expected("no new file")
                    .observed(made.join(", "))
                    .because("What is in memory is gone when the connection closes.")
            },
        )
    });
}

/// A file that is no database is refused and named.
#[test]
fn what_is_no_database_is_refused() {
    check(|w| {
        let path = w.folder().join(format!("{}.db", w.name()));
        fs::write(&path, NOTES)?;
        for if_missing in [IfMissing::Refuse, IfMissing::Create] {
            let error = w
                .fails(|| open(&at(&path), if_missing))
                .saying("a file that is no database was opened without an error")
                .because("SQLite opens any file, and looks into it when it has to.")?;
            expect_named(&error.to_string(), &path.display().to_string())
                .because("\"file is not a database\" leaves it open which file.")?;
        }
        expect_that(
            fs::read_to_string(&path)? == NOTES,
            "a file that is no database was overwritten",
        )
        .because("It was somebody's.")
    });
}

const NOTES: &str = "Feed the cat. Walk the dog.\n";

/// The names of the files in the folder of the check.
fn files(w: &Witness) -> Outcome<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(w.folder())? {
        names.insert(entry?.file_name().display().to_string());
    }
    Ok(names)
}

fn file(path: &str) -> Location {
    Location::File(path.into())
}

fn at(path: &Path) -> Location {
    Location::File(path.to_owned())
}

fn expect_named(error: &str, what: &str) -> Outcome {
    if error.contains(what) {
        return Ok(());
    }
    Err(Failure::new("an error does not say what it is about")
        .expected(format!("an error with {what} in it"))
        .observed(error.to_owned()))
}
