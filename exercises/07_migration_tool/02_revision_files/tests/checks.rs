//! What must be true of 7.2 `revision_files`.

use revision_files::create_table;
use witness::prelude::*;

/// A thing without an id gets one.
#[test]
fn an_id_is_assigned() {
    check(|w| {
        let db = w.database()?;
        db.run(create_table)?;
        db.accepts("INSERT INTO things (name) VALUES ('lamp')")?
            .leaves("SELECT id, name FROM things", rows![[1, "lamp"]])
            .because("Only an INTEGER PRIMARY KEY gets an id by itself; INT is another type.")
    })
}

/// A thing without a name is refused.
#[test]
fn a_name_is_required() {
    check(|w| {
        let db = w.database()?;
        db.run(create_table)?;
        db.refuses(
            Violation::NotNull,
            "INSERT INTO things (name) VALUES (NULL)",
        )
        .because("A column may be NULL unless it says NOT NULL.")
    })
}

/// No two things have the same name.
#[test]
fn a_name_is_unique() {
    check(|w| {
        let db = w.database()?;
        db.run(create_table)?;
        db.accepts("INSERT INTO things (name) VALUES ('lamp')")?
            .refuses(
                Violation::Unique,
                "INSERT INTO things (name) VALUES ('lamp')",
            )
            .because("A column may repeat a value unless it says UNIQUE.")
    })
}
