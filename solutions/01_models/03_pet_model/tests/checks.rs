//! What a model says of itself, and what code for all models makes of it.

use mini_orm::{Column, ColumnType, Table};
use pet_model::{Model, Pet, all, create, insert};
use rusqlite::Row;
use rusqlite::types::Value;
use witness::prelude::*;

/// The table pets has three columns, one its primary key.
#[test]
fn pets_has_its_three_columns() {
    check(|w| {
        let db = w.database()?;
        db.run(create::<Pet>)
            .because("No pet can be stored before there is a table.")?;
        db.expect_table("pets", PETS)
            .because("Every pet must fit in, with or without a name, and get an id.")
    });
}

/// Columns are read by name, in whatever order they come.
#[test]
fn columns_are_read_by_name() {
    check(|w| {
        let (db, name) = (w.database()?, w.name());
        let sql = format!("SELECT 'dog' AS species, '{name}' AS name, 7 AS id");
        let why = format!("Later queries have an order of their own. This row came from {sql}.");
        let conn = db.connect()?;
        let found = w
            .run(|| conn.query_one(&sql, [], Pet::from_row))
            .because(&why)?;
        let expected = rows![[7, &name, "dog"]];
        expect_same_rows("the pet made of the row", rows_of(&[found]), expected).because(why)
    });
}

/// A pet is stored as it is and comes back with its id.
#[test]
fn a_pet_comes_back_with_its_id() {
    check(|w| {
        let (db, name) = (w.database_with(PETS)?, format!("{}'s", w.name()));
        db.prepare("INSERT INTO pets (id, name, species) VALUES (40, 'Mia', 'rabbit')")?;
        let trace = w.trace();
        let stored = db.run(|conn| insert(conn, &pet(None, &name, "dog")))?;
        expect_same_rows(RETURNED, rows_of(&[stored]), rows![[41, &name, "dog"]])
            .because("The caller wants the new row as the database holds it, with its id.")?;
        let stored = db.run(|conn| insert(conn, &pet(Some(7), "Tom", "cat")))?;
        expect_same_rows(RETURNED, rows_of(&[stored]), rows![[7, "Tom", "cat"]])
            .because("A pet keeps the id that it brings, and that need not be the greatest.")?;
        let expected = rows![[40, "Mia", "rabbit"], [41, &name, "dog"], [7, "Tom", "cat"]];
        db.expect_rows("SELECT id, name, species FROM pets", expected.clone())
            .because("What `values` lists is stored, an id that is given included.")?;
        trace
            .no_text_built_in(&name)
            .because("A bound value is never read as SQL.")?;
        expect_same_rows("what `all` returns", rows_of(&db.run(all)?), expected)
            .because("One row, one pet.")?;
        db.fails(|conn| insert(conn, &pet(Some(7), "Rex", "dog")))
            .saying("`insert` returned Ok for an id that is taken")
            .because("A new row must not take the place of another pet's.")
    });
}

/// NULL is not the empty text, on the way in or back.
#[test]
fn null_stays_null() {
    check(|w| {
        let db = w.database_with(PETS)?;
        let nameless = Pet {
            id: Some(1),
            name: None,
            species: Some(String::new()),
        };
        let expected = rows![[1, NULL, ""]];
        let stored = db
            .run(|conn| insert(conn, &nameless))
            .because("A column that may be NULL is an Option all the way.")?;
        db.expect_rows("SELECT id, name, species FROM pets", expected.clone())
            .because("NULL says that there is no value. The empty text is a value.")?;
        expect_same_rows(RETURNED, rows_of(&[stored]), expected)
            .because("None and the empty String are different answers.")
    });
}

/// A model that your code has never seen works as well.
#[test]
fn any_model_works() {
    check(|w| match w.number(1..=3) {
        1 => works::<Tree>(w),
        2 => works::<Boat>(w),
        _ => works::<Song>(w),
    });
}

/// A model whose key has no column, or two, is refused.
#[test]
fn one_primary_key_is_required() {
    check(|w| {
        const WHY: &str = "A row must be found again: by one key, no more and no less.";
        let db = w.database()?;
        db.fails(create::<TwoKeys>)
            .saying("`create` accepts a model whose primary key has two columns")
            .because(WHY)?;
        db.fails(create::<NoKey>)
            .saying("`create` accepts a model without a primary key")
            .because(WHY)?;
        db.expect_rows(
            "SELECT name AS tables FROM sqlite_schema WHERE type = 'table'",
            rows![],
        )
        .saying("`create` refused a model, but left its table behind")
        .because("An error means that nothing has changed.")
    });
}

const RETURNED: &str = "the pet that `insert` returns";

const PETS: &str = "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT, species TEXT)";

fn rows_of(pets: &[Pet]) -> Rows {
    let row = |pet: &Pet| rows![[pet.id, &pet.name, &pet.species]].values().to_vec();
    Rows::new(pets.iter().flat_map(row).collect()).named(&["id", "name", "species"])
}

fn pet(id: Option<i64>, name: &str, species: &str) -> Pet {
    Pet {
        id,
        name: Some(name.to_owned()),
        species: Some(species.to_owned()),
    }
}

/// Creates the table of a model with a number, and puts two rows through it.
fn works<M: Model + Numbered>(w: &Witness) -> Outcome {
    const WHY: &str = "Others write models, too. Your code must not need a change for each.";
    let (db, table) = (w.database()?, M::TABLE);
    let numbers = [w.number(1..=99), w.number(100..=199)];
    db.run(create::<M>).because(WHY)?;
    db.rows(&format!("SELECT * FROM {table}"))
        .saying(format!("`create` did not create the table {table}"))
        .because(WHY)?;
    for number in numbers {
        let stored = db.run(|conn| insert(conn, &M::with(number))).because(WHY)?;
        expect_equal("the number that `insert` returns", stored.number(), number)?;
    }
    db.expect_rows(
        &format!("SELECT * FROM {table}"),
        rows![[1, numbers[0]], [2, numbers[1]]],
    )
    .because(WHY)?;
    let found: Vec<M> = db.run(all).because(WHY)?;
    let mut found: Vec<i64> = found.iter().map(Numbered::number).collect();
    found.sort_unstable();
    expect_equal("the numbers of what `all` returns", found, numbers.to_vec()).because(WHY)
}

trait Numbered {
    fn with(number: i64) -> Self;
    fn number(&self) -> i64;
}

/// A model with an id and a number, its table and its column named as told.
macro_rules! model {
    ($model:ident, $table:literal, $column:literal, $($keys:literal)*) => {
        struct $model {
            id: Option<i64>,
            number: i64,
        }

        impl Model for $model {
            const TABLE: &'static str = $table;

            fn table() -> Table {
                Table::new(Self::TABLE)
                    .column(Column::new("id", ColumnType::Integer))
                    .column(Column::new($column, ColumnType::Integer).not_null())
                    .primary_key(&[$($keys),*])
            }

            fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self {
                    id: row.get("id")?,
                    number: row.get($column)?,
                })
            }

            fn values(&self) -> Vec<(&'static str, Value)> {
                vec![($column, self.number.into()), ("id", self.id.into())]
            }
        }

        impl Numbered for $model {
            fn with(number: i64) -> Self {
                Self { id: None, number }
            }

            fn number(&self) -> i64 {
                self.number
            }
        }
    };
}

model!(Tree, "trees", "height", "id");
model!(Boat, "boats", "length", "id");
model!(Song, "songs", "seconds", "id");
model!(TwoKeys, "pairs", "partner", "id" "partner");
model!(NoKey, "notes", "page",);
