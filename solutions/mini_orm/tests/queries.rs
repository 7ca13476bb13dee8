//! Queries: the SQL they send, and the rows that come back.

mod support;

use mini_orm::{
    Column, ColumnType, Dir, Error, Expr, Model, Query, Table, UtcTime, column, create,
    escape_like, insert, query,
};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params};
use support::{Numbers, Pet, User, memory, trace, traced};

const PETS: &str = r#"SELECT "pets"."id", "pets"."name", "pets"."species" FROM "pets""#;

fn pets(pets: &[(&str, Option<&str>)]) -> Connection {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    for (name, species) in pets {
        insert(&conn, &Pet::new(name, *species)).unwrap();
    }
    trace(&conn);
    conn
}

fn names(query: &Query<Pet>, conn: &Connection) -> Vec<String> {
    let pets = query.all(conn).unwrap();
    pets.into_iter().map(|pet| pet.name.unwrap()).collect()
}

#[test]
fn nothing_is_sent_until_it_runs_and_then_one_statement_with_places() {
    let conn = pets(&[("Rex", Some("dog")), ("Tom", Some("cat"))]);
    let query = query::<Pet>()
        .filter(column("species").eq("dog").or(column("name").like("T%")))
        .filter(!column("name").in_list(["Ada", "Bo"]))
        .filter(column("species").is_not_null().and(column("id").ge(1)))
        .order_by("name", Dir::Desc)
        .limit(5)
        .offset(0);
    assert!(traced().is_empty());
    assert_eq!(names(&query, &conn), ["Tom", "Rex"]);
    let conditions = r#"("pets"."species" = ? OR "pets"."name" LIKE ? ESCAPE '\') AND NOT ("pets"."name" IN (?, ?)) AND ("pets"."species" IS NOT NULL AND "pets"."id" >= ?)"#;
    assert_eq!(
        traced(),
        [format!(
            r#"{PETS} WHERE {conditions} ORDER BY "pets"."name" DESC, "pets"."id" LIMIT ?"#
        )]
    );
    assert_eq!(query.count(&conn).unwrap(), 2);
    assert!(query.exists(&conn).unwrap());
    assert_eq!(traced().len(), 2);
    assert_eq!(query.clone().offset(1).count(&conn).unwrap(), 1);
}

#[test]
fn counting_and_looking_load_no_rows() {
    let conn = pets(&[("Rex", None), ("Tom", None), ("Ada", None)]);
    assert_eq!(query::<Pet>().count(&conn).unwrap(), 3);
    assert_eq!(query::<Pet>().limit(2).count(&conn).unwrap(), 2);
    assert_eq!(query::<Pet>().offset(2).count(&conn).unwrap(), 1);
    assert!(query::<Pet>().exists(&conn).unwrap());
    assert!(!query::<Pet>().limit(0).exists(&conn).unwrap());
    assert_eq!(
        traced(),
        [
            r#"SELECT count(*) FROM "pets""#,
            r#"SELECT count(*) FROM (SELECT 1 FROM "pets" ORDER BY "pets"."id" LIMIT ?)"#,
            r#"SELECT count(*) FROM (SELECT 1 FROM "pets" ORDER BY "pets"."id" LIMIT ? OFFSET ?)"#,
            r#"SELECT EXISTS (SELECT 1 FROM "pets")"#,
            r#"SELECT EXISTS (SELECT 1 FROM "pets" ORDER BY "pets"."id" LIMIT ?)"#,
        ]
    );
}

#[test]
fn rows_equal_in_all_else_come_in_the_order_of_their_keys() {
    let conn = pets(&[]);
    for id in [3, 1, 2] {
        let pet = Pet {
            id: Some(id),
            ..Pet::new("Rex", None)
        };
        insert(&conn, &pet).unwrap();
    }
    let by_name = query::<Pet>().order_by("name", Dir::Asc);
    assert_eq!(by_name.first(&conn).unwrap().unwrap().id, Some(1));
    let page = |rows, offset| {
        let page = by_name.clone().limit(rows).offset(offset);
        let page = page.all(&conn).unwrap();
        page.iter().filter_map(|pet| pet.id).collect::<Vec<_>>()
    };
    assert_eq!((page(2, 0), page(2, 2)), (vec![1, 2], vec![3]));
    assert_eq!(page(u64::MAX, 0), [1, 2, 3]);
    assert!(page(u64::MAX, u64::MAX).is_empty());
    assert!(page(0, 0).is_empty());
    traced();
    let last = query::<Pet>().order_by("ID", Dir::Desc).first(&conn);
    assert_eq!(last.unwrap().unwrap().id, Some(3));
    assert_eq!(
        traced(),
        [format!(r#"{PETS} ORDER BY "pets"."id" DESC LIMIT ?"#)]
    );
}

#[test]
fn first_takes_one_of_many_and_none_of_none() {
    let conn = pets(&[("Rex", None), ("Tom", None)]);
    assert_eq!(query::<Pet>().first(&conn).unwrap().unwrap().id, Some(1));
    assert_eq!(query::<Pet>().limit(0).first(&conn).unwrap(), None);
    let nobody = query::<Pet>().filter(column("name").eq("Bo"));
    assert_eq!(nobody.first(&conn).unwrap(), None);
}

#[test]
fn one_is_neither_none_nor_two() {
    let conn = pets(&[("Rex", None), ("Tom", None)]);
    let named = |name: &str| query::<Pet>().filter(column("name").eq(name)).one(&conn);
    assert_eq!(named("Tom").unwrap().id, Some(2));
    assert!(matches!(named("Bo"), Err(Error::NoRow { .. })));
    let error = query::<Pet>().one(&conn).unwrap_err();
    assert!(matches!(error, Error::SeveralRows { .. }), "{error}");
}

#[test]
fn a_column_that_is_not_there_is_refused_and_nothing_is_sent() {
    let conn = pets(&[("Rex", None)]);
    for name in [
        "color",
        "name; DROP TABLE pets",
        "name\" OR 1 --",
        "rowid",
        "",
        "*",
    ] {
        let asked = query::<Pet>();
        for query in [
            asked.clone().filter(column(name).eq(1)),
            asked.clone().filter(column(name).is_null()),
            asked.clone().filter(column(name).like("x")),
            asked.clone().filter(!column(name).in_list([1])),
            asked.clone().filter(column(name).in_list::<i64>([])),
            asked.clone().filter(
                column("id")
                    .eq(1)
                    .and(column("id").eq(2).or(column(name).eq(3))),
            ),
            asked.clone().order_by(name, Dir::Asc),
        ] {
            for error in [
                query.all(&conn).err(),
                query.first(&conn).err(),
                query.one(&conn).err(),
                query.count(&conn).err(),
                query.exists(&conn).err(),
            ] {
                assert!(
                    matches!(error, Some(Error::UnknownColumn { .. })),
                    "{name:?}"
                );
            }
        }
    }
    assert!(traced().is_empty());
    let error = query::<Pet>().order_by("color", Dir::Asc).all(&conn);
    assert_eq!(
        error.unwrap_err().to_string(),
        "table `pets` has no column `color`, which its query names; add the column or correct the name"
    );
}

#[test]
fn what_a_user_typed_stays_a_value() {
    let typed = [
        "x' OR '1'='1",
        "\"; DROP TABLE pets; --",
        "100%",
        "a_b",
        "a\\b",
        "?1",
        "a\0b",
        "",
    ];
    let all: Vec<_> = typed.iter().map(|name| (*name, None)).collect();
    let conn = pets(&all);
    insert(&conn, &Pet::new("100 percent", None)).unwrap();
    insert(&conn, &Pet::new("axb", None)).unwrap();
    for name in typed {
        let equal = query::<Pet>().filter(column("name").eq(name));
        assert_eq!(names(&equal, &conn), [name]);
        let listed = query::<Pet>().filter(column("name").in_list([name]));
        assert_eq!(names(&listed, &conn), [name]);
        if !name.contains('\0') {
            let like = query::<Pet>().filter(column("name").like(escape_like(name)));
            assert_eq!(names(&like, &conn), [name]);
        }
    }
    let pattern = query::<Pet>().filter(column("name").like("A_B"));
    assert_eq!(names(&pattern, &conn), ["a_b", "a\\b", "axb"]);
    assert!(traced().iter().all(|sql| !sql.contains("DROP")));
}

#[test]
fn null_is_asked_for_by_name() {
    let conn = pets(&[("Rex", Some("dog")), ("Bo", None)]);
    let none = None::<String>;
    for condition in [
        column("species").eq(&none),
        column("species").ne(&none),
        column("species").lt(rusqlite::types::Null),
        column("species").in_list([Some("dog"), None]),
        !column("species").in_list([None::<i64>]),
        column("name").eq("Rex").or(column("species").eq(&none)),
    ] {
        let error = query::<Pet>().filter(condition).all(&conn).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a query compares `species` of table `pets` with NULL, which no value is equal to; \
             ask with `is_null`, and leave NULL out of a list"
        );
    }
    let without = query::<Pet>().filter(column("species").is_null());
    assert_eq!(names(&without, &conn), ["Bo"]);
    // Neither a condition nor its opposite finds a row without a value.
    let not = query::<Pet>().filter(!column("species").eq("dog"));
    assert_eq!(not.count(&conn).unwrap(), 0);
    let nan = query::<Pet>().filter(column("id").eq(f64::NAN)).all(&conn);
    assert!(matches!(nan, Err(Error::Value { .. })));
}

#[test]
fn a_value_that_cannot_be_bound_is_an_error_when_the_query_runs() {
    struct Unbindable;
    impl rusqlite::ToSql for Unbindable {
        fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
            Err(rusqlite::Error::ToSqlConversionFailure("too large".into()))
        }
    }
    let conn = pets(&[]);
    let error = query::<Pet>()
        .filter(column("id").eq(Unbindable))
        .all(&conn);
    assert_eq!(
        error.unwrap_err().to_string(),
        "a query compares `id` of table `pets` with what SQLite cannot hold: too large"
    );
    assert!(traced().is_empty());
}

#[test]
fn no_value_is_one_of_none() {
    let conn = pets(&[("Rex", None), ("Tom", None)]);
    let none = column("species").in_list::<&str>([]);
    assert_eq!(query::<Pet>().filter(none.clone()).count(&conn).unwrap(), 0);
    assert_eq!(
        query::<Pet>().filter(!none.clone()).count(&conn).unwrap(),
        2
    );
    let or = none.or(column("name").eq("Rex"));
    assert_eq!(query::<Pet>().filter(or).count(&conn).unwrap(), 1);
    assert_eq!(traced()[0], r#"SELECT count(*) FROM "pets" WHERE FALSE"#);
}

#[test]
fn a_list_may_be_longer_than_a_statement_has_places() {
    let conn = pets(&[("Rex", None), ("Tom", None), ("4", None)]);
    for length in [30_000, 30_001, 32_767, 40_000] {
        let ids = query::<Pet>().filter(column("id").in_list(2..2 + length));
        assert_eq!(ids.count(&conn).unwrap(), 2, "{length}");
        let not = query::<Pet>().filter(!column("id").in_list(2..2 + length));
        assert_eq!(names(&not, &conn), ["Rex"], "{length}");
        // Numbers are compared with text as they are in a short list.
        let numbers = query::<Pet>().filter(column("name").in_list(0..length));
        assert_eq!(names(&numbers, &conn), ["4"], "{length}");
    }
    let half = |column: &str| mini_orm::column(column).in_list(0..20_000);
    let both = query::<Pet>().filter(half("id").and(half("name"))).limit(1);
    assert_eq!(names(&both, &conn), ["4"]);
    let sent = traced().pop().unwrap();
    assert_eq!(sent.matches('?').count(), 3, "{sent}");
}

#[test]
fn a_chain_that_sqlite_finds_too_long_is_an_error() {
    let conn = pets(&[]);
    let chain = |length| {
        (1..length).fold(column("id").eq(0), |chain, id| {
            chain.or(column("id").eq(id))
        })
    };
    assert!(query::<Pet>().filter(chain(500)).all(&conn).is_ok());
    assert!(query::<Pet>().filter(chain(20_000)).all(&conn).is_err());
    let nested = (1..20_000).fold(column("id").eq(0), |chain, id| {
        column("id").eq(id).or(chain)
    });
    assert!(query::<Pet>().filter(nested).all(&conn).is_err());
}

/// One column for each storage class, under names that SQL would trip over.
struct Thing(i64);

impl Model for Thing {
    const TABLE: &'static str = "or\"der";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("group", ColumnType::Text))
            .column(Column::new("we\"ird", ColumnType::Real))
            .column(Column::new("a b", ColumnType::Blob))
            .column(Column::new("é", ColumnType::DateTime))
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        row.get("id").map(Self)
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("id", self.0.into())]
    }
}

fn things() -> Connection {
    let conn = memory();
    create::<Thing>(&conn).unwrap();
    let texts = ["", "1", "a\0b", "\"\\\n\u{1f}", "🦀 é", "1e0"];
    let reals = [
        0.0,
        -0.5,
        0.1,
        1e308,
        5e-324,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    for (id, real) in reals.iter().enumerate() {
        let text = texts.get(id);
        let blob = (id < 3).then(|| vec![id as u8; id]);
        conn.execute(
            r#"INSERT INTO "or""der" VALUES (?, ?, ?, ?, ?)"#,
            params![
                id as i64,
                text,
                real,
                blob,
                (id > 4).then(|| format!("2026-04-2{id} 10:00:00"))
            ],
        )
        .unwrap();
    }
    conn
}

fn ids(conn: &Connection, condition: Expr) -> Vec<i64> {
    let query = query::<Thing>().filter(condition).order_by("id", Dir::Asc);
    query
        .all(conn)
        .unwrap()
        .iter()
        .map(|thing| thing.0)
        .collect()
}

#[test]
fn names_are_quoted_and_every_kind_of_value_is_found() {
    let conn = things();
    assert_eq!(ids(&conn, column("GROUP").eq("1")), [1]);
    assert_eq!(ids(&conn, column("group").is_null()), [6]);
    assert_eq!(ids(&conn, column("we\"ird").eq(f64::INFINITY)), [5]);
    assert_eq!(ids(&conn, column("we\"ird").le(0)), [0, 1, 6]);
    assert_eq!(ids(&conn, column("a b").eq([1_u8].as_slice())), [1]);
    assert_eq!(ids(&conn, column("a b").eq(Value::Blob(vec![2, 2]))), [2]);
    let time: UtcTime = "2026-04-25T12:00:00+02:00".parse().unwrap();
    assert_eq!(ids(&conn, column("é").ge(time)), [6]);
    let week = column("é")
        .ge("2026-04-20")
        .and(column("é").lt("2026-04-26"));
    assert_eq!(ids(&conn, week), [5]);
    assert_eq!(query::<Thing>().limit(3).count(&conn).unwrap(), 3);
}

#[test]
fn a_long_list_finds_what_a_short_one_finds() {
    let conn = things();
    let mut values: Vec<Value> = Vec::new();
    for name in ["group", "we\"ird", "a b", "é"] {
        let name = mini_orm::Ident::from(name).quoted();
        let sql = format!(r#"SELECT {name} FROM "or""der" WHERE {name} IS NOT NULL"#);
        let mut statement = conn.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        values.extend(rows.map(Result::unwrap));
    }
    values.extend([
        Value::Integer(0),
        Value::Integer(1),
        Value::Integer(i64::MIN),
    ]);
    let mut numbers = Numbers::new();
    for _ in 0..4 {
        let some: Vec<Value> = values
            .iter()
            .filter(|_| numbers.below(3) == 0)
            .cloned()
            .collect();
        let mut many = some.clone();
        many.extend((0..30_001).map(|n| Value::Text(format!("filler {n}"))));
        for name in ["id", "group", "we\"ird", "a b", "é"] {
            let short = ids(&conn, column(name).in_list(some.clone()));
            assert_eq!(
                ids(&conn, column(name).in_list(many.clone())),
                short,
                "{name}: {some:?}"
            );
        }
    }
}

/// What a condition comes to, worked out here: `None` is NULL.
type Truth = Option<bool>;

fn condition(numbers: &mut Numbers, user: &User, depth: usize) -> (Expr, Truth) {
    let texts = ["ada", "bo", "Ada", "z", ""];
    let value = (*numbers.one_of(&texts)).to_owned();
    let email = user.email.as_deref();
    match numbers.below(if depth == 0 { 5 } else { 8 }) {
        0 => {
            let name = user.username.as_str();
            let of = |column: mini_orm::ColumnName, value: &str, n| match n {
                0 => (column.eq(value), name == value),
                1 => (column.ne(value), name != value),
                2 => (column.lt(value), name < value),
                3 => (column.le(value), name <= value),
                4 => (column.gt(value), name > value),
                _ => (column.ge(value), name >= value),
            };
            let (expr, truth) = of(column("username"), &value, numbers.below(6));
            (expr, Some(truth))
        }
        1 => (
            column("email").eq(&value),
            email.map(|email| email == value),
        ),
        2 => (column("email").is_null(), Some(email.is_none())),
        3 => {
            let list: Vec<&str> = texts
                .iter()
                .filter(|_| numbers.below(2) == 0)
                .copied()
                .collect();
            let truth = if list.is_empty() {
                Some(false)
            } else {
                email.map(|email| list.contains(&email))
            };
            (column("email").in_list(list), truth)
        }
        4 => {
            let truth = email.map(|email| email.eq_ignore_ascii_case(&value));
            (column("email").like(escape_like(&value)), truth)
        }
        5 => {
            let (expr, truth) = condition(numbers, user, depth - 1);
            (!expr, truth.map(|truth| !truth))
        }
        joined => {
            let (left, a) = condition(numbers, user, depth - 1);
            let (right, b) = condition(numbers, user, depth - 1);
            if joined == 6 {
                let both = match (a, b) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
                (left.and(right), both)
            } else {
                let either = match (a, b) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
                (left.or(right), either)
            }
        }
    }
}

#[test]
fn conditions_mean_in_sql_what_they_mean_here() {
    let conn = memory();
    conn.execute_batch(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, email TEXT, verified)",
    )
    .unwrap();
    for username in ["ada", "Ada", "bo", ""] {
        for email in [None, Some("ada"), Some("Ada"), Some("bo"), Some("")] {
            let user = User {
                email: email.map(str::to_owned),
                ..User::new(username)
            };
            insert(&conn, &user).unwrap();
        }
    }
    let users = mini_orm::all::<User>(&conn).unwrap();
    let mut numbers = Numbers::new();
    let mut found = 0;
    for _ in 0..400 {
        let user = numbers.one_of(&users).clone();
        let (expr, truth) = condition(&mut numbers, &user, 4);
        let here = query::<User>().filter(column("id").eq(user.id));
        let hit = here.filter(expr.clone()).exists(&conn).unwrap();
        assert_eq!(hit, truth == Some(true), "{user:?} {expr:?}");
        found += u32::from(hit);
    }
    assert!((50..350).contains(&found), "{found}");
}
