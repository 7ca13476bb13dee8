//! Names that break SQL in which they are not quoted.

mod support;

use mini_orm::{Column, ColumnType, Error, ForeignKey, Ident, Model, Table, all, create, insert};
use rusqlite::Row;
use rusqlite::types::Value;
use support::{memory, objects};

const NASTY: &[&str] = &[
    "order",
    "select",
    "we\"ird",
    "\"",
    "\"\"; DROP TABLE x; --",
    "it's",
    "a;b",
    "--",
    "/* a",
    "a b",
    " ",
    "",
    "[a]",
    "`a`",
    "a.b",
    "?1",
    ":a",
    "{}",
    "{a}",
    "%",
    "é",
    "表",
    "🦀",
    "a\nb",
    "sqliteXfoo",
    "__t",
    "1",
    "rowid",
    "INTEGER PRIMARY KEY",
];

#[test]
fn any_name_can_be_that_of_a_table_or_of_anything_in_it() {
    for name in NASTY {
        let conn = memory();
        let columns = Table::new(*name)
            .column(Column::new("id", ColumnType::Integer))
            .column(
                Column::new(*name, ColumnType::String(5))
                    .not_null()
                    .server_default(*name),
            );
        let table = columns
            .primary_key(&["id"])
            .unique(&[name])
            .check(name, "1")
            .index(&[name])
            .foreign_key(ForeignKey::new(&[name], *name).to(&[name]).deferred());
        let sql = table.create_sql().unwrap();
        conn.execute_batch(&sql)
            .unwrap_or_else(|error| panic!("{name:?}: {error}\n{sql}"));
        let (index, table) = (format!("ix_{name}_{name}"), (*name).to_owned());
        let mut expected = [index, table];
        expected.sort();
        assert_eq!(objects(&conn), expected, "{name:?}");
        let column: String = conn
            .query_one(
                "SELECT name FROM pragma_table_info(?1) WHERE cid = 1",
                [name],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(column, *name);
        let too_long = format!(
            "INSERT INTO {} VALUES (1, 'abcdef')",
            Ident::from(*name).quoted()
        );
        assert!(conn.execute(&too_long, []).is_err(), "{name:?}");
    }
}

/// A model whose table and column are both called `$name`.
macro_rules! nasty {
    ($($name:literal),*) => {$({
        struct Nasty(i64, Option<String>);

        impl Model for Nasty {
            const TABLE: &'static str = $name;

            fn table() -> Table {
                Table::new(Self::TABLE)
                    .column(Column::new("id", ColumnType::Integer))
                    .column(Column::new($name, ColumnType::Text))
                    .primary_key(&["id"])
            }

            fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self(row.get("id")?, row.get($name)?))
            }

            fn values(&self) -> Vec<(&'static str, Value)> {
                vec![($name, self.1.clone().into())]
            }
        }

        let conn = memory();
        create::<Nasty>(&conn).unwrap();
        let stored = insert(&conn, &Nasty(0, Some($name.to_owned()))).unwrap();
        assert_eq!((stored.0, stored.1.as_deref()), (1, Some($name)));
        assert_eq!(all::<Nasty>(&conn).unwrap().len(), 1);
    })*};
}

#[test]
fn rows_of_such_tables_come_and_go() {
    nasty!(
        "order",
        "we\"ird",
        "\"",
        "\"\"; DROP TABLE x; --",
        "it's",
        "a;b",
        "--",
        "a b",
        "",
        "[a]",
        "`a`",
        "a.b",
        "?1",
        ":a",
        "{}",
        "é",
        "🦀",
        "a\nb",
        "sqliteXfoo"
    );
}

#[test]
fn names_differ_by_more_than_case() {
    let conn = memory();
    for name in ["É", "é"] {
        let table = Table::new(name).column(Column::new("x", ColumnType::Text));
        conn.execute_batch(&table.create_sql().unwrap()).unwrap();
    }
    let again = Table::new("ORDER").column(Column::new("x", ColumnType::Text));
    conn.execute_batch("CREATE TABLE \"order\" (x)").unwrap();
    assert!(conn.execute_batch(&again.create_sql().unwrap()).is_err());
}

#[test]
fn a_nul_is_refused_before_sqlite_cuts_the_statement_there() {
    let column = |name: &str| Column::new(name, ColumnType::Text);
    for table in [
        Table::new("a\0b").column(column("x")),
        Table::new("t").column(column("a\0b")),
        Table::new("t").column(column("x").server_default("a\0b")),
        Table::new("t").column(column("x")).check("a\0b", "1"),
        Table::new("t")
            .column(column("x"))
            .foreign_key(ForeignKey::new(&["x"], "a\0b")),
    ] {
        assert!(matches!(table.create_sql(), Err(Error::Nul { .. })));
    }
}

#[test]
fn sqlite_keeps_its_own_names() {
    let table = Table::new("sqlite_x").column(Column::new("x", ColumnType::Text));
    assert!(
        memory()
            .execute_batch(&table.create_sql().unwrap())
            .is_err()
    );
}
