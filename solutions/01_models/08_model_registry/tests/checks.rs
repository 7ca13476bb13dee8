//! What becomes of registered models, and of tables that were there before.

use mini_orm::{Column, ColumnType, Error, Model, Table};
use model_registry::{MetaData, Report, metadata};
use rusqlite::Row;
use rusqlite::types::Value;
use witness::prelude::*;

/// A registered model gets its table, with its index.
#[test]
fn a_registered_model_gets_its_table() {
    const WHY: &str = "`create_all` makes what the registered models describe, and nothing else.";
    check(|w| {
        let db = w.database_with("CREATE TABLE other (id INTEGER PRIMARY KEY)")?;
        let registry = w
            .run(harbor)
            .because("boats and piers are two tables: both can be registered.")?;
        let report = db
            .run(|conn| registry.create_all(conn))
            .because("`create_sql` is a script: the table first, then its indexes.")?;
        db.expect_schema(
            "CREATE TABLE other (id INTEGER PRIMARY KEY);
             CREATE TABLE boats (id INTEGER PRIMARY KEY, number INTEGER);
             CREATE TABLE piers (id INTEGER PRIMARY KEY, number INTEGER);
             CREATE INDEX ix_boats_number ON boats (number);
             CREATE INDEX ix_piers_number ON piers (number);",
        )
        .because(WHY)?;
        expect_report(report, &[("boats", CREATED), ("piers", CREATED)])
            .because("The report is all that the caller learns.")
    });
}

/// Every model of the program is registered.
#[test]
fn every_model_is_registered() {
    check(|w| {
        let db = w.database()?;
        db.run(|conn| metadata()?.create_all(conn))?;
        db.expect_tables(&["subject_groups", "pets", "users"])
            .saying("the database does not hold the tables of all three models")
            .because("A model that is not registered does not exist for `create_all`.")
    });
}

/// A table name is registered only once.
#[test]
fn a_name_is_registered_once() {
    check(|w| {
        for (name, twice) in [
            ("boats", harbor().and_then(|known| known.register::<Ship>())),
            ("BOATS", harbor().and_then(|known| known.register::<Loud>())),
        ] {
            let error = w
                .fails(|| twice)
                .saying(format!(
                    "a second model with the table {name} is registered beside boats"
                ))
                .because("One table cannot be two. SQLite reads upper and lower case alike.")?;
            if !matches!(error, Error::DuplicateTable { .. }) {
                return Err(
                    Failure::new("the second model is refused for another reason")
                        .expected(format!("DuplicateTable {{ table: {name} }}"))
                        .observed(format!("{error:?}"))
                        .because("The error tells the caller what to put right."),
                );
            }
        }
        Ok(())
    });
}

/// A table that exists is left alone, and said to exist.
#[test]
fn an_existing_table_is_left_alone() {
    check(|w| {
        let db = w.database()?;
        let name = w.name();
        db.prepare(&format!(
            "CREATE TABLE boats (id INTEGER PRIMARY KEY, name TEXT);
             INSERT INTO boats VALUES (7, '{name}')"
        ))?;
        let report = db.run(|conn| harbor()?.create_all(conn)).because(
            "That a table exists is no error: it is the usual case from the second day on.",
        )?;
        db.expect_table(
            "boats",
            "CREATE TABLE boats (id INTEGER PRIMARY KEY, name TEXT)",
        )
        .because("`create_all` creates. To change a table that holds rows takes a migration.")?;
        db.expect_rows("SELECT id, name FROM boats", rows![[7, name]])
            .because("The rows of others are not ours to delete.")?;
        db.rows("SELECT * FROM piers")
            .saying("the table piers was not created, though only boats existed")
            .because("The tables that are missing are still wanted.")?;
        expect_report(report, &[("boats", EXISTING), ("piers", CREATED)])
            .because("What exists may lack columns. Only the report says where to look.")
    });
}

/// What SQLite refuses is an error, not a table.
#[test]
fn what_is_refused_is_an_error() {
    check(|w| {
        let db = w.database()?;
        db.fails(|conn| harbor()?.register::<Wreck>()?.create_all(conn))
            .saying("SQLite refused the table wrecks, but `create_all` returned Ok")
            .because("An error that nobody hears of comes back as a table that is missing.")?;
        let db = w.database_with(
            "CREATE TABLE other (id INTEGER PRIMARY KEY, number INTEGER);
             CREATE INDEX piers ON other (number)",
        )?;
        db.fails(|conn| harbor()?.create_all(conn))
            .saying("there is an index piers and no table piers, but `create_all` returned Ok")
            .because("`sqlite_schema` lists indexes, too: `type` says what a name belongs to.")?;
        Ok(())
    });
}

/// A second run changes nothing.
#[test]
fn a_second_run_changes_nothing() {
    check(|w| {
        let (db, number) = (w.database()?, w.number(1..=99));
        db.run(|conn| harbor()?.create_all(conn))?;
        db.prepare(&format!("INSERT INTO boats (number) VALUES ({number})"))?;
        let before = db.snapshot()?;
        let report = db.run(|conn| harbor()?.create_all(conn))?;
        db.expect_unchanged(&before)
            .because("A program runs `create_all` each time it starts.")?;
        expect_report(report, &[("boats", EXISTING), ("piers", EXISTING)])
            .because("Nothing is new, and all that was made is still there.")
    });
}

/// A table can have any name.
#[test]
fn a_table_can_have_any_name() {
    const WHY: &str = "A name is a value to `sqlite_schema`: bind it.";
    check(|w| {
        let db = w.database()?;
        for state in [CREATED, EXISTING] {
            let odd = || MetaData::new().register::<Quote>()?.register::<Keyword>();
            let report = db.run(|conn| odd()?.create_all(conn)).because(WHY)?;
            db.expect_tables(&["captain's \"log\"", "order"])
                .because(WHY)?;
            expect_report(report, &[("captain's \"log\"", state), ("order", state)])
                .because(WHY)?;
        }
        let db = w.database_with("CREATE TABLE dry1docks (id INTEGER PRIMARY KEY)")?;
        db.run(|conn| MetaData::new().register::<Dock>()?.create_all(conn))?;
        db.expect_tables(&["dry1docks", "dry_docks"])
            .because("LIKE takes _ for any character, and = for what it is.")?;
        let db = w.database_with(r#"CREATE TABLE "ORDER" (id INTEGER PRIMARY KEY)"#)?;
        let report = db
            .run(|conn| MetaData::new().register::<Keyword>()?.create_all(conn))
            .because("SQLite takes ORDER and order for one name: `COLLATE NOCASE` does, too.")?;
        expect_report(report, &[("order", EXISTING)])
            .because("SQLite takes ORDER and order for one name: `COLLATE NOCASE` does, too.")
    });
}

const CREATED: &str = "created";
const EXISTING: &str = "existing";

fn harbor() -> mini_orm::Result<MetaData> {
    MetaData::new().register::<Boat>()?.register::<Pier>()
}

/// Whether the report names each of these tables once, where it belongs.
fn expect_report(report: Report, expected: &[(&str, &str)]) -> Outcome {
    let lists = [(report.created, CREATED), (report.existing, EXISTING)];
    let found = lists.into_iter().flat_map(|(names, list)| {
        let row = move |name: String| {
            vec![
                Value::from(name.to_ascii_lowercase()),
                Value::from(list.to_owned()),
            ]
        };
        names.into_iter().map(row)
    });
    let expected = expected.iter();
    let expected = expected
        .map(|(name, list)| vec![Value::from(name.to_string()), Value::from(list.to_string())]);
    expect_same_rows(
        "the report of `create_all`",
        Rows::new(found.collect()).named(&["table", "list"]),
        Rows::new(expected.collect()).named(&["table", "list"]),
    )
}

/// A table with an id and a number, and an index on the number.
fn numbered(name: &str) -> Table {
    Table::new(name)
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("number", ColumnType::Integer))
        .primary_key(&["id"])
        .index(&["number"])
}

/// A table of another shape.
fn named(name: &str) -> Table {
    Table::new(name)
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("name", ColumnType::Text))
        .primary_key(&["id"])
}

/// A table that SQLite refuses: its rule is about a column that is not there.
fn broken(name: &str) -> Table {
    numbered(name).check("depth", "depth > 0")
}

macro_rules! model {
    ($model:ident, $table:expr, $name:literal) => {
        struct $model;

        impl Model for $model {
            const TABLE: &'static str = $name;

            fn table() -> Table {
                $table(Self::TABLE)
            }

            fn from_row(_: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self)
            }

            fn values(&self) -> Vec<(&'static str, Value)> {
                Vec::new()
            }
        }
    };
}

model!(Boat, numbered, "boats");
model!(Pier, numbered, "piers");
model!(Ship, named, "boats");
model!(Loud, numbered, "BOATS");
model!(Quote, numbered, "captain's \"log\"");
model!(Keyword, numbered, "order");
model!(Dock, named, "dry_docks");
model!(Wreck, broken, "wrecks");
