//! Rows that are added: what is set, what is left out, and many at once.

mod support;

use mini_orm::{
    Column, ColumnType, Error, Field, Insert, Model, ServerDefault, Table, UtcTime, Violation,
    create, insert, insert_many, query,
};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use support::{Numbers, Pet, User, memory, trace, traced};

#[derive(Clone, Debug, PartialEq)]
struct Account {
    id: i64,
    name: Option<String>,
    bio: Option<String>,
    verified: bool,
    created_at: UtcTime,
}

impl Model for Account {
    const TABLE: &'static str = "accounts";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::Text).server_default("nobody"))
            .column(Column::new("bio", ColumnType::Text).server_default("it's \"new\""))
            .column(
                Column::new("verified", ColumnType::Boolean)
                    .not_null()
                    .server_default(false),
            )
            .column(
                Column::new("created_at", ColumnType::DateTime)
                    .not_null()
                    .server_default(ServerDefault::CurrentTimestamp),
            )
            .primary_key(&["id"])
            .unique(&["name"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            bio: row.get("bio")?,
            verified: row.get("verified")?,
            created_at: row.get("created_at")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

#[derive(Clone, Debug, Default)]
struct NewAccount {
    id: Field<i64>,
    name: Field<Option<String>>,
    bio: Field<Option<String>>,
    verified: Field<bool>,
}

impl Insert for NewAccount {
    type Model = Account;

    fn row(&self) -> Vec<(&'static str, Value)> {
        let columns = [
            self.id.column("id"),
            self.name.column("name"),
            self.bio.column("bio"),
            self.verified.column("verified"),
        ];
        columns.into_iter().flatten().collect()
    }
}

fn accounts() -> Connection {
    let conn = memory();
    create::<Account>(&conn).unwrap();
    trace(&conn);
    conn
}

const RETURNING: &str = r#"RETURNING "accounts"."id", "accounts"."name", "accounts"."bio", "accounts"."verified", "accounts"."created_at""#;

#[test]
fn what_is_not_set_is_not_in_the_statement() {
    let conn = accounts();
    let all = insert(&conn, &NewAccount::default()).unwrap();
    assert_eq!(all.name.as_deref(), Some("nobody"));
    assert_eq!(all.bio.as_deref(), Some("it's \"new\""));
    assert!(!all.verified);
    let named = NewAccount {
        name: Some("ada".to_owned()).into(),
        bio: Field::Set(None),
        ..NewAccount::default()
    };
    let ada = insert(&conn, &named).unwrap();
    assert_eq!((ada.name.as_deref(), &ada.bio), (Some("ada"), &None));
    let kept = NewAccount {
        id: Field::Set(-7),
        name: Field::Set(Some(String::new())),
        verified: true.into(),
        ..NewAccount::default()
    };
    let kept = insert(&conn, &kept).unwrap();
    assert_eq!((kept.id, kept.verified), (-7, true));
    assert_eq!(
        traced(),
        [
            format!(r#"INSERT INTO "accounts" DEFAULT VALUES {RETURNING}"#),
            format!(r#"INSERT INTO "accounts" ("name", "bio") VALUES (?, ?) {RETURNING}"#),
            format!(
                r#"INSERT INTO "accounts" ("id", "name", "verified") VALUES (?, ?, ?) {RETURNING}"#
            ),
        ]
    );
    let rows = mini_orm::all::<Account>(&conn).unwrap();
    assert_eq!(rows, [kept, all, ada]);
}

#[test]
fn every_choice_of_fields_gives_the_row_that_it_says() {
    let conn = accounts();
    let mut numbers = Numbers::new();
    for n in 0..200 {
        let mut text = |value: &str| match numbers.below(3) {
            0 => Field::Unset,
            1 => Field::Set(None),
            _ => Field::Set(Some(format!("{value} {n}"))),
        };
        let new = NewAccount {
            id: Field::Unset,
            name: text("name"),
            bio: text("bio"),
            verified: [Field::Unset, Field::Set(false), Field::Set(true)][n % 3],
        };
        let expected = |field: &Field<Option<String>>, default: &str| match field {
            Field::Unset => Some(default.to_owned()),
            Field::Set(value) => value.clone(),
        };
        let stored = insert(&conn, &new).unwrap();
        assert_eq!(stored.name, expected(&new.name, "nobody"));
        assert_eq!(stored.bio, expected(&new.bio, "it's \"new\""));
        assert_eq!(stored.verified, new.verified == Field::Set(true));
        conn.execute("DELETE FROM accounts", []).unwrap();
    }
}

#[test]
fn a_form_names_each_column_once_and_only_those_of_the_table() {
    struct Wrong(&'static [&'static str]);
    impl Insert for Wrong {
        type Model = Account;

        fn row(&self) -> Vec<(&'static str, Value)> {
            self.0.iter().map(|name| (*name, Value::Null)).collect()
        }
    }
    let conn = accounts();
    let unknown = insert(&conn, &Wrong(&["name", "bio) VALUES (1); --"]));
    assert!(matches!(unknown, Err(Error::UnknownColumn { .. })));
    let twice = insert_many(&conn, &[Wrong(&["bio", "BIO"])]);
    assert!(matches!(twice, Err(Error::DuplicateColumn { .. })));
    assert_eq!(query::<Account>().count(&conn).unwrap(), 0);
    assert!(conn.is_autocommit());
}

#[test]
fn many_rows_are_one_transaction() {
    let conn = accounts();
    let rows = [
        NewAccount {
            name: Field::Set(None),
            ..NewAccount::default()
        },
        NewAccount {
            bio: Field::Set(None),
            ..NewAccount::default()
        },
    ];
    let stored = insert_many(&conn, &rows).unwrap();
    assert_eq!(stored.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2]);
    let sent = traced();
    assert_eq!(sent.len(), 4);
    assert_eq!(
        (sent[0].as_str(), sent[3].as_str()),
        ("SAVEPOINT mini_orm", "RELEASE mini_orm")
    );
    assert!(insert_many::<NewAccount>(&conn, &[]).unwrap().is_empty());
    assert!(traced().is_empty());
}

#[test]
fn forty_thousand_rows_come_back_in_their_order() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let pets: Vec<Pet> = (0..40_000)
        .map(|n| Pet::new(&format!("pet {n}"), None))
        .collect();
    let stored = insert_many(&conn, &pets).unwrap();
    assert!(
        stored
            .iter()
            .zip(&pets)
            .all(|(stored, pet)| stored.name == pet.name)
    );
    assert_eq!(stored.last().and_then(|pet| pet.id), Some(40_000));
}

#[test]
fn all_or_none() {
    let conn = memory();
    create::<User>(&conn).unwrap();
    let users = ["ada", "bo", "ada", "cy"].map(User::new);
    let error = insert_many(&conn, &users).unwrap_err();
    assert_eq!(error.violation(), Violation::Unique);
    assert_eq!(query::<User>().count(&conn).unwrap(), 0);
    assert!(conn.is_autocommit());

    conn.commit_hook(Some(|| true)).unwrap();
    let vetoed = insert_many(&conn, &users[..2]);
    conn.commit_hook(None::<fn() -> bool>).unwrap();
    assert!(vetoed.is_err() && conn.is_autocommit());
    assert_eq!(query::<User>().count(&conn).unwrap(), 0);
}

#[test]
fn within_a_transaction_only_these_rows_are_undone() {
    let mut conn = memory();
    create::<User>(&conn).unwrap();
    let transaction = conn.transaction().unwrap();
    insert(&transaction, &User::new("ada")).unwrap();
    let users = ["bo", "ada"].map(User::new);
    assert!(insert_many(&transaction, &users).is_err());
    assert_eq!(query::<User>().count(&transaction).unwrap(), 1);
    insert_many(&transaction, &users[..1]).unwrap();
    transaction.commit().unwrap();
    assert_eq!(query::<User>().count(&conn).unwrap(), 2);
}

#[test]
fn a_panic_keeps_nothing_and_leaves_no_transaction() {
    struct Panics;
    impl Insert for Panics {
        type Model = Pet;

        fn row(&self) -> Vec<(&'static str, Value)> {
            panic!("on purpose")
        }
    }
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        insert_many(&conn, &[Panics])
    }));
    assert!(caught.is_err() && conn.is_autocommit());
}

#[test]
fn a_row_that_cannot_be_read_back_is_undone_with_the_others() {
    struct Unread;
    impl Model for Unread {
        const TABLE: &'static str = "pets";

        fn table() -> Table {
            Pet::table()
        }

        fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
            row.get::<_, i64>("name").map(|_| Self)
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            vec![("name", "Rex".to_owned().into())]
        }
    }
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let error = insert_many(&conn, &[Unread]).err().unwrap();
    assert!(matches!(error, Error::Row { .. }), "{error}");
    assert_eq!(query::<Pet>().count(&conn).unwrap(), 0);
    assert!(insert(&conn, &Unread).is_err());
    assert_eq!(query::<Pet>().count(&conn).unwrap(), 1);
}
