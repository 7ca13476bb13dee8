//! What becomes of subject groups on their way into the database and back.

use subject_group_rows::{SubjectGroup, all, insert};
use witness::prelude::*;

/// A group is stored, and a second of its name is an error.
#[test]
fn a_group_is_stored_once() {
    check(|w| {
        let (db, name) = (w.database_with(TABLE)?, w.name());
        db.run(|conn| insert(conn, &mut group(&name)))?;
        db.expect_rows("SELECT name FROM subject_groups", rows![[&name]])
            .saying("the database does not hold the one group that was inserted")
            .because("To its caller, Ok from `insert` means that the row is stored.")?;
        db.fails(|conn| insert(conn, &mut group(&name)))
            .saying("`insert` returned Ok for a second group of the same name")
            .because("The table has room for one of them, and the caller believes in both.")
            .hint("the_second_is_an_error")
    });
}

/// The id from SQLite is written back into the group.
#[test]
fn the_id_is_written_back() {
    check(|w| {
        let db = w.database_with(TABLE)?;
        db.prepare("INSERT INTO subject_groups (id, name) VALUES (3, 'x'), (40, 'y')")?;
        for name in w.names(2) {
            let mut new = group(&name);
            db.run(|conn| insert(conn, &mut new))?;
            let stored = db.value_for("SELECT id FROM subject_groups WHERE name = ?1", [&name])?;
            expect_equal(
                "the id in the group after `insert`",
                new.id,
                Some::<i64>(stored),
            )
            .because("Without its id nobody can tell which row the group is.")?;
        }
        Ok(())
    });
}

/// Any name is stored as it is, since it is bound.
#[test]
fn a_quote_in_the_name_survives() {
    check(|w| {
        let db = w.database_with(TABLE)?;
        let name = format!("{}'s \"group\"; --", w.name());
        let trace = w.trace();
        db.run(|conn| insert(conn, &mut group(&name)))
            .because("No name that a user types may stop the program, or do worse.")?;
        db.expect_rows("SELECT name FROM subject_groups", rows![[&name]])
            .saying("a name with quotes is not stored as it is")
            .because("O'Brien looks for her name as she wrote it, with the quote.")?;
        trace
            .no_text_built_in(&name)
            .because("Quotes doubled by hand are forgotten once, and once is enough.")
    });
}

/// All groups are read, each with its id.
#[test]
fn all_groups_are_read() {
    check(|w| {
        let db = w.database_with(TABLE)?;
        db.run(all)
            .because("A table without rows is no error: it holds no groups.")?;
        let expected = stored(w, &db)?;
        expect_same_rows("what `all` returns", rows_of(&db.run(all)?), expected)
            .because("One row, one group.")
    });
}

/// The columns of the table may stand in any order.
#[test]
fn the_order_of_columns_does_not_matter() {
    check(|w| {
        const WHY: &str = "A table that others altered has its columns in another order.";
        let db = w.database_with(
            "CREATE TABLE subject_groups (name TEXT NOT NULL UNIQUE, id INTEGER PRIMARY KEY)",
        )?;
        let expected = stored(w, &db)?;
        let found = db.run(all).because(WHY)?;
        expect_same_rows("what `all` returns", rows_of(&found), expected).because(WHY)?;
        db.run(|conn| insert(conn, &mut group("new")))
            .because(WHY)?;
        db.expect_rows(
            "SELECT name FROM subject_groups WHERE name = 'new'",
            rows![["new"]],
        )
        .because(WHY)
    });
}

/// A group is printed as its name.
#[test]
fn a_group_prints_as_its_name() {
    check(|w| {
        let name = w.name();
        let printed = group(&name).to_string();
        if printed == name {
            return Ok(());
        }
        let shown = match printed.trim() {
            text if text.is_empty() || text != printed => format!("{printed:?}"),
            text => text.to_owned(),
        };
        Err(Failure::new("a group is not printed as its name")
            .expected(name)
            .observed(shown)
            .because("In a list, readers want the name, and nothing around it."))
    });
}

const TABLE: &str = "CREATE TABLE subject_groups (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) <= 60)
)";

fn group(name: &str) -> SubjectGroup {
    SubjectGroup {
        id: None,
        name: name.to_owned(),
    }
}

/// Three groups that are in the table from now on.
fn stored(w: &Witness, db: &Database) -> Outcome<Rows> {
    for (name, id) in w.names(3).iter().zip([3, 17, 40]) {
        db.prepare(&format!(
            "INSERT INTO subject_groups (id, name) VALUES ({id}, '{name}')"
        ))?;
    }
    db.rows("SELECT id, name FROM subject_groups")
}

fn rows_of(groups: &[SubjectGroup]) -> Rows {
    let rows = groups.iter();
    let rows = rows.map(|group| vec![group.id.into(), group.name.clone().into()]);
    Rows::new(rows.collect()).named(&["id", "name"])
}
