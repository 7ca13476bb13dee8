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
            db.expect_rows(&format!("SELECT * FROM {table}"), rows![])
                .saying(format!("the new table {table} is not empty"))
                .because("The diagram says what may be stored, not what is.")?;
        }
        Ok(())
    });
}

/// What breaks no rule is stored as it is, with an id.
#[test]
fn rows_are_stored_as_they_are() {
    const FREE: &str = "Nothing in the diagram forbids it.";
    const WHY: &str = "A code is text, even if it looks like a number. Seats are a number.";
    check(|w| {
        let (name, code) = (w.name(), format!("{}042", w.pick(&LETTERS)));
        let (named, coded) = (("name", &*text(&name)), ("staff_code", &*text(&code)));
        let mut copy = created(w)?.probe()?;
        for (base, changes, what, why) in [
            (
                TEACHER,
                &[named, ("full_time", "FALSE")][..],
                "a teacher with the code 0042",
                "These are 4 characters, unless something makes the number 42 of them.",
            ),
            (
                TEACHER,
                &[named, ("staff_code", "'0043'"), ("email", "NULL")],
                "a second teacher of the same name, without an email,",
                FREE,
            ),
            (
                TEACHER,
                &[coded, ("email", "NULL")],
                &format!("a teacher with the code {code}"),
                "These are 4 characters. The diagram says neither digits nor bytes.",
            ),
            (ROOM, &[("seats", "1")], "a room with one seat", FREE),
            (
                ROOM,
                &[
                    ("building", "'South'"),
                    ("number", "'12'"),
                    ("seats", "1200"),
                    ("has_projector", "FALSE"),
                ],
                "a room with 1200 seats",
                FREE,
            ),
            (TERM, &[], "a term", FREE),
            (TERM, &[named], "a term at the time of another", FREE),
            (
                TERM,
                &[
                    ("name", "'First day'"),
                    ("ends_at", "'2026-02-02 09:00:00.000000'"),
                ],
                "a term of one hour",
                FREE,
            ),
        ] {
            copy = copy
                .accepts(&row(base, changes))
                .saying(format!("{what} is refused"))
                .because(why)?;
        }
        for (table, ids) in [
            ("teachers", rows![[1], [2], [3]]),
            ("rooms", rows![[1], [2]]),
            ("terms", rows![[1], [2], [3]]),
        ] {
            copy = copy
                .leaves(&format!("SELECT id FROM {table}"), ids)
                .saying(format!("nobody gives new rows of {table} an id"))
                .because("`id` is the key. Whoever inserts a row leaves it to the database.")?;
        }
        copy.leaves(
            "SELECT staff_code, name, email, full_time FROM teachers",
            rows![
                ["0042", &name, "ada@example.com", 0],
                ["0043", name, NULL, 1],
                [code, "Ada", NULL, 1]
            ],
        )
        .saying("a teacher is not stored as given")
        .because(WHY)?
        .leaves(
            "SELECT building, number, seats, has_projector FROM rooms",
            rows![["North", "007", 1, 1], ["South", "12", 1200, 0]],
        )
        .saying("a room is not stored as given")
        .because(WHY)?
        .leaves(
            "SELECT starts_at, ends_at FROM terms WHERE id = 1",
            rows![["2026-02-02 08:00:00.000000", "2026-07-17 14:00:00.000000"]],
        )
        .saying("a term is not stored as given")
        .because("`UtcTime` reads the text that it wrote.")
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
        for (base, same) in [
            (TEACHER, &["staff_code"][..]),
            (TEACHER, &["email"]),
            (ROOM, &["building", "number"]),
            (TERM, &["name"]),
        ] {
            let others = OTHERS
                .iter()
                .filter(|(column, _)| !same.contains(column))
                .copied();
            let others: Vec<_> = others.collect();
            db.accepts(&row(base, &[]))?
                .refuses(Violation::Unique, &row(base, &others))
                .saying(format!(
                    "a second row of {} with the same {} is not refused",
                    base.table,
                    same.join(" and ")
                ))
                .because("The diagram says: no two the same.")?;
        }
        for (column, value) in [("building", "'South'"), ("number", "'008'")] {
            db.accepts(&row(ROOM, &[]))?
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
    const CODE: &str = "The diagram says: exactly 4 characters.";
    const TRUTH: &str = "The diagram says: true or false. BOOLEAN alone refuses nothing.";
    const SEATS: &str = "The diagram says: at least 1.";
    const LATER: &str = "The diagram says: a later moment.";
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
                    "The limit itself is allowed, and {letter} is one character of two bytes."
                ))?;
            db.refuses(Violation::Any, &of(limit + 1))
                .saying(format!(
                    "`{column}` of {table} takes {} characters",
                    limit + 1
                ))
                .because(format!(
                    "The diagram says: at most {limit}. A number in a type limits nothing."
                ))?;
        }
        for (base, column, value, what, why) in [
            (
                TEACHER,
                "staff_code",
                "'042'",
                "a code of 3 characters",
                CODE,
            ),
            (
                TEACHER,
                "staff_code",
                "'00042'",
                "a code of 5 characters",
                CODE,
            ),
            (TEACHER, "full_time", "2", "2 in `full_time`", TRUTH),
            (TEACHER, "full_time", "-1", "-1 in `full_time`", TRUTH),
            (ROOM, "has_projector", "2", "2 in `has_projector`", TRUTH),
            (
                ROOM,
                "has_projector",
                "'no'",
                "'no' in `has_projector`",
                TRUTH,
            ),
            (ROOM, "seats", "0", "a room without a seat", SEATS),
            (ROOM, "seats", "-1", "a room with -1 seats", SEATS),
            (
                TERM,
                "ends_at",
                "'2026-02-02 08:00:00.000000'",
                "a term that ends as it starts",
                LATER,
            ),
            (
                TERM,
                "ends_at",
                "'2025-12-31 08:00:00.000000'",
                "a term that ends before it starts",
                LATER,
            ),
        ] {
            db.refuses(Violation::Any, &row(base, &[(column, value)]))
                .saying(format!("{what} is stored"))
                .because(why)?;
        }
        Ok(())
    });
}

/// What is left out is filled in.
#[test]
fn what_is_left_out_is_filled_in() {
    const WHY: &str = "The diagram says what holds unless something else is given.";
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

/// Other values for all columns of a teacher, a room and a term.
const OTHERS: [(&str, &str); 10] = [
    ("staff_code", "'0043'"),
    ("name", "'Autumn 2026'"),
    ("email", "'eve@example.com'"),
    ("full_time", "FALSE"),
    ("building", "'South'"),
    ("number", "'008'"),
    ("seats", "12"),
    ("has_projector", "FALSE"),
    ("starts_at", "'2026-02-09 08:00:00.000000'"),
    ("ends_at", "'2026-07-10 14:00:00.000000'"),
];

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
