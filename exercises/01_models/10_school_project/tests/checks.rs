//! What the tables of the school accept, refuse and fill in.

use school_project::create_school;
use witness::prelude::*;

/// Every box is a table with its columns.
#[test]
fn every_box_is_a_table() {
    check(|w| {
        let db = created(w)?;
        db.expect_tables(&["teachers", "rooms", "terms"])
            .saying("the database does not hold the three tables of the diagram")
            .because("One box, one table, and nothing that the diagram does not show.")?;
        for (table, columns) in [
            (
                "teachers",
                &["id", "staff_code", "name", "email", "full_time"][..],
            ),
            (
                "rooms",
                &["id", "building", "number", "seats", "has_projector"],
            ),
            ("terms", &["id", "name", "starts_at", "ends_at"]),
        ] {
            db.expect_columns(table, columns)
                .saying(format!(
                    "the table {table} does not have the columns of its box"
                ))
                .because("Whoever draws the next diagram relies on this one.")?;
        }
        Ok(())
    });
}

/// What breaks no rule is stored as it is, with an id.
#[test]
fn rows_are_stored_as_they_are() {
    const WHY: &str = "Everything here keeps to the diagram, so it is stored and not changed.";
    check(|w| {
        let name = w.name();
        created(w)?
            .accepts(&row(
                TEACHER,
                &[("name", &text(&name)), ("full_time", "FALSE")],
            ))
            .because(WHY)?
            .accepts(&row(
                TEACHER,
                &[
                    ("staff_code", "'0007'"),
                    ("name", &text(&name)),
                    ("email", "NULL"),
                ],
            ))
            .because("Two teachers may have the same name. An email is optional.")?
            .accepts(&row(
                TEACHER,
                &[("staff_code", "'1e12'"), ("email", "NULL")],
            ))
            .because("Any number of teachers may be without an email.")?
            .leaves(
                "SELECT id, staff_code, name, email, full_time FROM teachers",
                rows![
                    [1, "0042", &name, "ada@example.com", 0],
                    [2, "0007", &name, NULL, 1],
                    [3, "1e12", "Ada", NULL, 1]
                ],
            )
            .because(WHY)?
            .accepts(&row(ROOM, &[("seats", "1")]))
            .because(WHY)?
            .accepts(&row(
                ROOM,
                &[
                    ("building", "'South'"),
                    ("number", "'12'"),
                    ("has_projector", "FALSE"),
                ],
            ))
            .because(WHY)?
            .leaves(
                "SELECT id, building, number, seats, has_projector FROM rooms",
                rows![[1, "North", "007", 1, 1], [2, "South", "12", 30, 0]],
            )
            .because(WHY)?
            .accepts(&row(TERM, &[("name", &text(&name))]))
            .because(WHY)?
            .leaves(
                "SELECT id, name, starts_at, ends_at FROM terms",
                rows![[
                    1,
                    &name,
                    "2026-02-02 08:00:00.000000",
                    "2026-07-17 14:00:00.000000"
                ]],
            )
            .because(WHY)
    });
}

/// What is required must be given.
#[test]
fn what_is_required_must_be_given() {
    check(|w| {
        let db = created(w)?;
        for (base, column) in [
            (TEACHER, "staff_code"),
            (TEACHER, "name"),
            (TEACHER, "full_time"),
            (ROOM, "building"),
            (ROOM, "number"),
            (ROOM, "seats"),
            (ROOM, "has_projector"),
            (TERM, "name"),
            (TERM, "starts_at"),
            (TERM, "ends_at"),
        ] {
            let table = base.table;
            db.refuses(Violation::Any, &row(base, &[(column, "NULL")]))
                .saying(format!("`{column}` of {table} may be NULL"))
                .because("The diagram calls one column optional: the email.")?;
            if !["full_time", "has_projector"].contains(&column) {
                db.refuses(Violation::Any, &row(base, &[(column, "")]))
                    .saying(format!("`{column}` of {table} may be left out"))
                    .because("The diagram does not say what it would be then.")?;
            }
        }
        Ok(())
    });
}

/// What may occur once cannot occur twice.
#[test]
fn what_occurs_once_cannot_repeat() {
    check(|w| {
        let db = created(w)?;
        let there = |base: Row| db.accepts(&row(base, &[]));
        for (base, same, changes) in [
            (
                TEACHER,
                "staff_code",
                &[("email", "'x@example.com'"), ("name", "'Eve'")][..],
            ),
            (
                TEACHER,
                "email",
                &[("staff_code", "'0043'"), ("name", "'Eve'")],
            ),
            (ROOM, "number in one building", &[("seats", "12")]),
            (
                TERM,
                "name",
                &[("starts_at", "'2025-01-01 08:00:00.000000'")],
            ),
        ] {
            there(base)?
                .refuses(Violation::Unique, &row(base, changes))
                .saying(format!(
                    "two {} with the same {same} are stored",
                    base.table
                ))
                .because("The diagram says: no two the same.")?;
        }
        for (column, value) in [("building", "'South'"), ("number", "'008'")] {
            there(ROOM)?
                .accepts(&row(ROOM, &[(column, value)]))
                .saying(format!("two rooms that differ in `{column}` are refused"))
                .because("Every building may have a 007, and more rooms than one.")?;
        }
        Ok(())
    });
}

/// Values keep to their limits.
#[test]
fn values_keep_to_their_limits() {
    check(|w| {
        let (db, letter) = (created(w)?, w.pick(&LETTERS));
        for (base, column, limit) in [
            (TEACHER, "name", 80),
            (TEACHER, "email", 120),
            (ROOM, "building", 30),
            (ROOM, "number", 6),
            (TERM, "name", 40),
        ] {
            let table = base.table;
            let end = if column == "email" { "@b.c" } else { "" };
            let of = |length: usize| {
                let letters = letter.repeat(length - end.len());
                row(base, &[(column, &text(&(letters + end)))])
            };
            db.accepts(&of(limit))
                .saying(format!(
                    "`{column}` of {table} has no room for {limit} characters"
                ))
                .because(format!(
                    "{letter} is one character, though it takes two bytes."
                ))?;
            db.refuses(Violation::Any, &of(limit + 1))
                .saying(format!(
                    "`{column}` of {table} takes {} characters",
                    limit + 1
                ))
                .because("A number in a type limits nothing; a CHECK does.")?;
        }
        for (base, column, value, why) in [
            (
                TEACHER,
                "staff_code",
                "'042'",
                "Exactly 4 characters are not fewer.",
            ),
            (
                TEACHER,
                "staff_code",
                "'00042'",
                "Exactly 4 characters are not more.",
            ),
            (
                TEACHER,
                "full_time",
                "'false'",
                "A text is neither true nor false.",
            ),
            (ROOM, "has_projector", "2", "2 is neither true nor false."),
            (ROOM, "seats", "0", "A room has at least one seat."),
            (ROOM, "seats", "-1", "A room has at least one seat."),
            (
                TERM,
                "ends_at",
                "'2026-02-02 08:00:00.000000'",
                "A term that ends as it starts is none.",
            ),
            (
                TERM,
                "ends_at",
                "'2025-12-31 08:00:00.000000'",
                "A term ends after it starts.",
            ),
        ] {
            db.refuses(Violation::Any, &row(base, &[(column, value)]))
                .saying(format!("{value} is stored in `{column}` of {}", base.table))
                .because(why)?;
        }
        Ok(())
    });
}

/// What is left out is filled in.
#[test]
fn what_is_left_out_is_filled_in() {
    const WHY: &str = "The diagram says what is true unless it is said. Other programs rely on it.";
    check(|w| {
        let db = created(w)?;
        for (base, column, value) in [(TEACHER, "full_time", 1), (ROOM, "has_projector", 0)] {
            let table = base.table;
            db.accepts(&row(base, &[(column, "")]))
                .saying(format!("`{column}` of {table} cannot be left out"))
                .because(WHY)?
                .leaves(&format!("SELECT {column} FROM {table}"), rows![[value]])
                .saying(format!(
                    "`{column}` of {table} is filled in with something else"
                ))
                .because(WHY)?;
        }
        Ok(())
    });
}

/// One character, two bytes.
const LETTERS: [&str; 4] = ["é", "ñ", "ß", "ж"];

/// A row that keeps to the diagram: each column with its value in SQL.
#[derive(Clone, Copy)]
struct Row {
    table: &'static str,
    values: &'static [(&'static str, &'static str)],
}

const TEACHER: Row = Row {
    table: "teachers",
    values: &[
        ("staff_code", "'0042'"),
        ("name", "'Ada'"),
        ("email", "'ada@example.com'"),
        ("full_time", "TRUE"),
    ],
};

const ROOM: Row = Row {
    table: "rooms",
    values: &[
        ("building", "'North'"),
        ("number", "'007'"),
        ("seats", "30"),
        ("has_projector", "TRUE"),
    ],
};

const TERM: Row = Row {
    table: "terms",
    values: &[
        ("name", "'Spring 2026'"),
        ("starts_at", "'2026-02-02 08:00:00.000000'"),
        ("ends_at", "'2026-07-17 14:00:00.000000'"),
    ],
};

fn created(w: &Witness) -> Outcome<Database> {
    let db = w.database()?;
    db.run(create_school).hint("sql_is_refused")?;
    Ok(db)
}

/// An INSERT of the row with other values in some columns; a column without a
/// value is left out.
fn row(base: Row, changes: &[(&str, &str)]) -> String {
    let value_of = |(column, value): &(&'static str, &'static str)| {
        let changed = changes.iter().find(|(name, _)| name == column);
        (
            *column,
            changed.map_or(*value, |(_, value)| value).to_owned(),
        )
    };
    let values = base.values.iter().map(value_of);
    let (columns, values): (Vec<_>, Vec<_>) = values.filter(|(_, value)| !value.is_empty()).unzip();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        base.table,
        columns.join(", "),
        values.join(", ")
    )
}

fn text(text: &str) -> String {
    format!("'{text}'")
}
