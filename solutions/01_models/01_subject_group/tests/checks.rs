//! What must be true of the table that `create_table` leaves behind.

use subject_group::create_table;
use witness::prelude::*;

/// The table subject_groups has the columns id and name.
#[test]
fn the_table_is_there() {
    check(|w| {
        let db = created(w)?;
        db.expect_tables(&["subject_groups"])
            .saying("the database does not hold the one table subject_groups")
            .because("Whoever opens the file later asks for the table by this name.")?;
        db.expect_columns("subject_groups", &["id", "name"])
            .saying("the table does not have the two columns id and name")
            .because("A column is to a table what a field is to a struct.")
    });
}

/// A group is stored as it is given, and no other.
#[test]
fn a_group_is_stored_as_it_is() {
    check(|w| {
        let (db, name) = (created(w)?, w.name());
        db.expect_rows("SELECT id, name FROM subject_groups", rows![])
            .saying("the new table is not empty")
            .because("To create a table is one thing, to fill it another.")?;
        db.accepts(&format!(
            "INSERT INTO subject_groups (id, name) VALUES (7, '{name}'), (8, '007')"
        ))
        .saying("a group that breaks no rule is refused")
        .because("A rule must let through every row that is allowed, with a short name, too.")?
        .leaves("SELECT name FROM subject_groups", rows![[name], ["007"]])
        .saying("a name is not stored as it was given")
        .because("TEXT and VARCHAR keep '007'. Many other types make the number 7 of it.")
    });
}

/// A group that is inserted without an id gets one.
#[test]
fn an_id_is_assigned() {
    const WHY: &str = "SQLite assigns a key only to a column whose type is the word INTEGER and which alone is the PRIMARY KEY.";
    check(|w| {
        let [first, second] = [1, 2].map(|number| format!("{} {number}", w.name()));
        created(w)?
            .accepts(&format!(
                "INSERT INTO subject_groups (name) VALUES ('{first}'), ('{second}')"
            ))
            .saying("a group cannot be inserted without an id")
            .because(WHY)?
            .leaves(
                "SELECT id, name FROM subject_groups",
                rows![[1, first], [2, second]],
            )
            .saying("a group inserted without an id did not get one")
            .because(WHY)
    });
}

/// A group without a name is refused.
#[test]
fn a_name_must_be_given() {
    check(|w| {
        let db = created(w)?;
        for (sql, why) in [
            (
                "INSERT INTO subject_groups (id, name) VALUES (7, NULL)",
                "In a list of all groups, this one would be an empty line.",
            ),
            (
                "INSERT INTO subject_groups (id) VALUES (7)",
                "A DEFAULT fills in what an INSERT leaves out.",
            ),
        ] {
            db.refuses(Violation::Any, sql)
                .saying("a group without a name is not refused")
                .because(why)?;
        }
        Ok(())
    });
}

/// Two groups cannot have the same name.
#[test]
fn a_name_occurs_once() {
    check(|w| {
        let name = w.name();
        let insert = |id| format!("INSERT INTO subject_groups (id, name) VALUES ({id}, '{name}')");
        created(w)?
            .accepts(&insert(7))?
            .accepts("INSERT INTO subject_groups (id, name) VALUES (8, 'another')")?
            .refuses(Violation::Unique, &insert(9))
            .saying("a second group of the same name is not refused")
            .because("With two groups of one name, nobody can tell which of them is meant.")
    });
}

/// A name of sixty characters is stored.
#[test]
fn sixty_characters_fit() {
    check(|w| {
        let db = created(w)?;
        db.accepts(&insert_name(&"a".repeat(60)))
            .saying("a name of 60 times a is refused")
            .because("At most 60 characters are allowed, so 60 are.")?;
        let letter = w.pick(&LETTERS);
        db.accepts(&insert_name(&letter.repeat(60)))
            .saying(format!("a name of 60 times {letter} is refused"))
            .because(format!(
                "The limit is of characters. {letter} is one, though it takes two bytes."
            ))
    });
}

/// A name of sixty-one characters is refused.
#[test]
fn sixty_one_do_not() {
    check(|w| {
        let (db, letter) = (created(w)?, w.pick(&LETTERS));
        let why = match db.accepts(&insert_name(&"a".repeat(1000))) {
            Ok(_) => "Nothing limits the length yet: to SQLite VARCHAR(60) is the same as TEXT.",
            Err(_) => "There is a limit, but not of 60 characters, each counted as one.",
        };
        for (name, what) in [
            ("a".repeat(61), "61 times a"),
            (letter.repeat(61), &format!("61 times {letter}")),
            ("a".repeat(60) + " ", "60 times a and a space"),
        ] {
            db.refuses(Violation::Any, &insert_name(&name))
                .saying(format!("a name of {what} is not refused"))
                .because(why)?;
        }
        Ok(())
    });
}

/// One character, two bytes.
const LETTERS: [&str; 4] = ["é", "ñ", "ß", "ж"];

fn created(w: &Witness) -> Outcome<Database> {
    let db = w.database()?;
    db.run(create_table).hint("sql_is_refused")?;
    Ok(db)
}

fn insert_name(name: &str) -> String {
    format!("INSERT INTO subject_groups (id, name) VALUES (7, '{name}')")
}
