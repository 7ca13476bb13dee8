//! Values to rows and back.

mod support;

use mini_orm::{Column, ColumnType, Error, Model, Table, all, create, insert};
use rusqlite::types::Value;
use rusqlite::{Row, ffi};
use support::{Pet, code, memory};

#[test]
fn a_row_comes_back_with_its_id() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let rex = insert(&conn, &Pet::new("Rex", Some("dog"))).unwrap();
    let tom = insert(&conn, &Pet::new("Tom", None)).unwrap();
    assert_eq!((rex.id, tom.id), (Some(1), Some(2)));
    assert_eq!(all::<Pet>(&conn).unwrap(), [rex, tom]);
}

#[test]
fn null_and_the_empty_string_stay_apart() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let empty = Pet::new("", None);
    let stored = insert(&conn, &empty).unwrap();
    assert_eq!((stored.name.as_deref(), stored.species), (Some(""), None));
    let types: (String, String) = conn
        .query_one(
            "SELECT typeof(name), typeof(species) FROM pets",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(types, ("text".to_owned(), "null".to_owned()));
}

#[test]
fn values_are_bound() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    for name in [
        "o'brien\"; --",
        "'); DROP TABLE pets; --",
        "a\0b",
        "?1",
        "é🦀",
    ] {
        let stored = insert(&conn, &Pet::new(name, None)).unwrap();
        assert_eq!(stored.name.as_deref(), Some(name));
    }
    assert_eq!(all::<Pet>(&conn).unwrap().len(), 5);
}

#[test]
fn an_id_that_is_given_is_kept() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let rex = Pet {
        id: Some(i64::MAX),
        ..Pet::new("Rex", None)
    };
    assert_eq!(insert(&conn, &rex).unwrap(), rex);
    let again = insert(&conn, &rex).unwrap_err();
    assert_eq!(code(&again), Some(ffi::SQLITE_CONSTRAINT_PRIMARYKEY));
}

#[test]
fn columns_of_the_table_may_be_in_another_order_and_more() {
    let conn = memory();
    conn.execute_batch(
        "CREATE TABLE pets (species TEXT, weight REAL, name TEXT, id INTEGER PRIMARY KEY)",
    )
    .unwrap();
    let rex = insert(&conn, &Pet::new("Rex", Some("dog"))).unwrap();
    assert_eq!(rex.species.as_deref(), Some("dog"));
    assert_eq!(all::<Pet>(&conn).unwrap(), [rex]);
}

#[test]
fn a_column_the_database_lacks_is_an_error() {
    let conn = memory();
    conn.execute_batch("CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT)")
        .unwrap();
    // Not the text 'species', for which SQLite takes an unknown "species".
    let read = all::<Pet>(&conn).unwrap_err().to_string();
    assert!(read.contains("no such column: pets.species"), "{read}");
    let written = insert(&conn, &Pet::new("Rex", None))
        .unwrap_err()
        .to_string();
    assert!(written.contains("species"), "{written}");
    let filled_in = insert(&conn, &Muddled(&[])).err().unwrap().to_string();
    assert!(
        filled_in.contains("no such column: pets.species"),
        "{filled_in}"
    );
}

#[test]
fn a_value_of_another_type_is_an_error_that_names_the_column() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    conn.execute("INSERT INTO pets (name) VALUES (x'00')", [])
        .unwrap();
    let error = all::<Pet>(&conn).unwrap_err().to_string();
    assert!(error.contains("name"), "{error}");
}

#[derive(Debug, PartialEq)]
struct User {
    id: i64,
    verified: bool,
    nickname: Option<String>,
}

impl Model for User {
    const TABLE: &'static str = "users";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer).not_null())
            .column(
                Column::new("verified", ColumnType::Boolean)
                    .not_null()
                    .server_default(false),
            )
            .column(Column::new("nickname", ColumnType::String(8)).server_default("it's new"))
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            verified: row.get("verified")?,
            nickname: row.get("nickname")?,
        })
    }

    /// Nothing is set: the database fills everything in.
    fn values(&self) -> Vec<(&'static str, Value)> {
        if self.id == 0 {
            return Vec::new();
        }
        vec![
            ("id", self.id.into()),
            ("nickname", self.nickname.clone().into()),
        ]
    }
}

const UNSET: User = User {
    id: 0,
    verified: true,
    nickname: None,
};

#[test]
fn what_is_left_out_the_database_fills_in() {
    let conn = memory();
    create::<User>(&conn).unwrap();
    let stored = insert(&conn, &UNSET).unwrap();
    let expected = User {
        id: 1,
        verified: false,
        nickname: Some("it's new".to_owned()),
    };
    assert_eq!(stored, expected);
}

#[test]
fn an_explicit_null_is_not_left_out() {
    let conn = memory();
    create::<User>(&conn).unwrap();
    let stored = insert(&conn, &User { id: 5, ..UNSET }).unwrap();
    assert_eq!(stored.nickname, None);
}

#[test]
fn an_error_of_the_commit_is_not_lost() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    conn.commit_hook(Some(|| true)).unwrap();
    let refused = insert(&conn, &Pet::new("Rex", None));
    conn.commit_hook(None::<fn() -> bool>).unwrap();
    assert!(refused.is_err());
    assert!(all::<Pet>(&conn).unwrap().is_empty());
}

struct Muddled(&'static [&'static str]);

impl Model for Muddled {
    const TABLE: &'static str = "pets";

    fn table() -> Table {
        Pet::table()
    }

    fn from_row(_: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self(&[]))
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        self.0.iter().map(|name| (*name, Value::Null)).collect()
    }
}

#[test]
fn values_name_each_column_once() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let twice = insert(&conn, &Muddled(&["name", "NAME"]));
    assert!(matches!(twice, Err(Error::DuplicateColumn { .. })));
    let unknown = insert(&conn, &Muddled(&["color"])).err().unwrap();
    assert_eq!(
        unknown.to_string(),
        "table `pets` has no column `color`, which its inserted row names; \
         add the column or correct the name"
    );
    assert!(all::<Pet>(&conn).unwrap().is_empty());
}

/// A model as a learner writes it: what a column may hold, its fields say.
#[derive(Debug)]
#[allow(dead_code, reason = "its fields are read by `Debug` only")]
struct Narrow {
    id: i64,
    age: i32,
    email: String,
    born: Option<mini_orm::UtcTime>,
}

impl Model for Narrow {
    const TABLE: &'static str = "narrow";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("age", ColumnType::Integer))
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("email", ColumnType::Text))
            .column(Column::new("born", ColumnType::DateTime))
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            age: row.get("age")?,
            email: row.get("email")?,
            born: row.get("born")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

#[test]
fn a_row_that_does_not_fit_is_named_with_its_column_and_key() {
    for (row, message) in [
        (
            "(1, 7, NULL, NULL)",
            "column `email` of table `narrow` holds NULL in the row with key 7; \
             make the field an `Option`, or the column NOT NULL",
        ),
        (
            "('abc', 7, 'e', NULL)",
            "column `age` of table `narrow` holds text in the row with key 7; \
             correct the row, or the type of the field",
        ),
        (
            "(1.5, 7, 'e', NULL)",
            "column `age` of table `narrow` holds a real number in the row with key 7; \
             correct the row, or the type of the field",
        ),
        (
            "(5000000000, 7, 'e', NULL)",
            "column `age` of table `narrow` holds 5000000000 in the row with key 7; \
             make the field an `i64`, or correct the row",
        ),
        (
            "(1, 7, x'00', NULL)",
            "column `email` of table `narrow` holds bytes in the row with key 7; \
             correct the row, or the type of the field",
        ),
        (
            "(1, 7, 'e', '1 March')",
            "column `born` of table `narrow` holds what cannot be read (\"1 March\" is no moment \
             of the years 0 to 9999; write it as 2026-03-01 14:05:00, in UTC) in the row with key 7; \
             correct the row, or the type of the field",
        ),
    ] {
        let conn = memory();
        create::<Narrow>(&conn).unwrap();
        conn.execute_batch(&format!(
            "INSERT INTO narrow (age, id, email) VALUES (1, 1, 'fits');
             INSERT INTO narrow (age, id, email, born) VALUES {row}"
        ))
        .unwrap();
        let error = all::<Narrow>(&conn).unwrap_err();
        assert!(
            matches!(error, Error::Row { key: Some(7), .. }),
            "{error:?}"
        );
        assert_eq!(error.to_string(), message);
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[test]
fn null_is_none_where_the_field_may_be_none() {
    let conn = memory();
    create::<Narrow>(&conn).unwrap();
    conn.execute_batch("INSERT INTO narrow (age, id, email) VALUES (1, 1, 'fits')")
        .unwrap();
    assert_eq!(all::<Narrow>(&conn).unwrap()[0].born, None);
}

#[test]
fn a_row_that_comes_back_from_an_insert_is_named_too() {
    let conn = memory();
    create::<Narrow>(&conn).unwrap();
    let row = Narrow {
        id: 0,
        age: 0,
        email: String::new(),
        born: None,
    };
    let error = insert(&conn, &row).unwrap_err();
    assert!(
        matches!(error, Error::Row { key: Some(1), .. }),
        "{error:?}"
    );
}

#[test]
fn a_column_that_from_row_makes_up_is_an_error() {
    struct Other;
    impl Model for Other {
        const TABLE: &'static str = "pets";

        fn table() -> Table {
            Pet::table()
        }

        fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
            row.get::<_, i64>("nick").map(|_| Self)
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            Vec::new()
        }
    }
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    insert(&conn, &Pet::new("Rex", None)).unwrap();
    let error = all::<Other>(&conn).err().unwrap().to_string();
    assert_eq!(
        error,
        "table `pets` has no column `nick`, which its model's `from_row` names; \
         add the column or correct the name"
    );
}
