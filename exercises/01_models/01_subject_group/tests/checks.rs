//! What must be true of the table that `create_table` leaves behind.

use subject_group::create_table;
use witness::prelude::*;

/// The table is called subject_groups and has the columns id and name.
#[test]
fn the_table_is_there() {
    check(|w| {
        let db = created(w)?;
        db.expect_rows(
            r"SELECT lower(name) AS tables FROM sqlite_schema
              WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'",
            rows![["subject_groups"]],
        )
        .saying("the database does not hold the one table subject_groups")
        .because("SQL knows a table by its name only, and the name is yours to choose.")?;
        db.expect_rows(
            "SELECT lower(name) AS columns FROM pragma_table_info('subject_groups')",
            rows![["id"], ["name"]],
        )
        .saying("the table does not have the two columns id and name")
        .because("A column is to a table what a field is to a struct.")
    });
}

/// A group that is inserted without an id gets one.
#[test]
fn an_id_is_assigned() {
    const WHY: &str = "SQLite assigns a key only if it is declared exactly INTEGER PRIMARY KEY.";
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
                "Unless it is declared otherwise, a column may stay empty: NULL.",
            ),
            (
                "INSERT INTO subject_groups (id) VALUES (7)",
                "A DEFAULT fills in what an INSERT leaves out.",
            ),
        ] {
            db.refuses(Violation::Any, sql)
                .saying("a group without a name is stored")
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
            .saying("a second group of the same name is stored")
            .because("SQLite refuses what occurs twice only where UNIQUE says so, of that column.")
    });
}

/// A name of sixty characters is stored.
#[test]
fn sixty_characters_fit() {
    check(|w| {
        let db = created(w)?;
        for (letter, why) in [
            ("a", "At most 60 characters are allowed, so 60 are."),
            (
                *w.pick(&LETTERS),
                "The limit is of characters. é is one, though it takes two bytes.",
            ),
        ] {
            db.accepts(&insert_name(&letter.repeat(60)))
                .saying(format!("a name of 60 times {letter} is refused"))
                .because(why)?;
        }
        Ok(())
    });
}

/// A name of sixty-one characters is refused.
#[test]
fn sixty_one_do_not() {
    check(|w| {
        let db = created(w)?;
        for letter in ["a", *w.pick(&LETTERS)] {
            db.refuses(Violation::Any, &insert_name(&letter.repeat(61)))
                .saying(format!("a name of 61 times {letter} is stored"))
                .because(
                    "Only a rule that SQLite checks limits a length: to it VARCHAR(60) is TEXT.",
                )?;
        }
        Ok(())
    });
}

/// One character, two bytes.
const LETTERS: [&str; 4] = ["é", "ñ", "ß", "ж"];

fn created(w: &Witness) -> Outcome<Database> {
    let db = w.database()?;
    db.run(create_table)?;
    Ok(db)
}

fn insert_name(name: &str) -> String {
    format!("INSERT INTO subject_groups (id, name) VALUES (7, '{name}')")
}
