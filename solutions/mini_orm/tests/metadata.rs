//! Tables that are registered, sorted and created together.

mod support;

use mini_orm::{Column, ColumnType, Error, ForeignKey, Ident, MetaData, Report, Table};
use rusqlite::Connection;
use support::{Pet, memory, objects};

fn table(name: &str) -> Table {
    Table::new(name)
        .column(Column::new("id", ColumnType::Integer))
        .primary_key(&["id"])
}

/// Tables, each with those that it refers to.
fn metadata(tables: &[(&str, &[&str])]) -> MetaData {
    tables
        .iter()
        .fold(MetaData::new(), |metadata, (name, parents)| {
            let table = parents.iter().fold(table(name), |table, parent| {
                let column = format!("{parent}_id");
                let column = column.as_str();
                table
                    .column(Column::new(column, ColumnType::Integer))
                    .foreign_key(ForeignKey::new(&[column], *parent))
            });
            metadata.table(table).unwrap()
        })
}

fn sorted(metadata: &MetaData) -> Vec<&str> {
    let tables = metadata.sorted_tables().unwrap();
    tables.iter().map(|table| table.name.as_str()).collect()
}

fn names(idents: &[Ident]) -> Vec<&str> {
    idents.iter().map(Ident::as_str).collect()
}

fn schema_version(conn: &Connection) -> i64 {
    conn.pragma_query_value(None, "schema_version", |row| row.get(0))
        .unwrap()
}

#[test]
fn parents_come_first_and_otherwise_the_order_stays() {
    let metadata = metadata(&[
        ("comments", &["posts", "users"]),
        ("zebras", &[]),
        ("posts", &["users"]),
        ("users", &["Users"]),
        ("apes", &["zebras"]),
    ]);
    assert_eq!(
        sorted(&metadata),
        ["zebras", "users", "posts", "comments", "apes"]
    );
    let report = metadata.create_all(&memory()).unwrap();
    assert_eq!(names(&report.created), sorted(&metadata));
    assert!(report.cycles.is_empty());
}

#[test]
fn a_circle_is_reported_and_created_all_the_same() {
    let metadata = metadata(&[
        ("leaf", &["b"]),
        ("a", &["b", "root"]),
        ("b", &["C"]),
        ("c", &["a"]),
        ("root", &[]),
        ("x", &["y"]),
        ("y", &["x"]),
    ]);
    let conn = memory();
    let report = metadata.create_all(&conn).unwrap();
    assert_eq!(
        names(&report.created),
        ["root", "a", "c", "b", "leaf", "x", "y"]
    );
    let cycles: Vec<Vec<&str>> = report.cycles.iter().map(|cycle| names(cycle)).collect();
    assert_eq!(cycles, [vec!["b", "c", "a"], vec!["x", "y"]]);
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; INSERT INTO b (id) VALUES (1);
         INSERT INTO root VALUES (1); INSERT INTO a VALUES (1, 1, 1)",
    )
    .unwrap();
}

#[test]
fn a_long_chain_is_sorted_without_recursion() {
    let names: Vec<String> = (0..500).map(|number| format!("t{number}")).collect();
    let metadata = names
        .iter()
        .enumerate()
        .fold(MetaData::new(), |all, (number, name)| {
            let parent = format!("t{}", (number + 1) % names.len());
            let table = table(name)
                .column(Column::new("next", ColumnType::Integer))
                .foreign_key(ForeignKey::new(&["next"], parent));
            all.table(table).unwrap()
        });
    let report = metadata.create_all(&memory()).unwrap();
    assert_eq!(report.created.len(), 500);
    assert_eq!(report.cycles.len(), 1);
}

#[test]
fn an_unknown_parent_is_refused() {
    let conn = memory();
    conn.execute_batch("CREATE TABLE users (id INTEGER PRIMARY KEY)")
        .unwrap();
    let error = metadata(&[("pets", &[]), ("posts", &["users"])])
        .create_all(&conn)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `posts` refers to `users`, which is not registered; register it or correct the name"
    );
    assert_eq!(objects(&conn), ["users"]);
}

#[test]
fn a_table_is_registered_once() {
    let error = MetaData::new()
        .register::<Pet>()
        .unwrap()
        .table(table("PETS"))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "a table `PETS` is registered already; SQLite takes upper and lower case for the same name"
    );
    assert!(
        MetaData::new()
            .table(table("É"))
            .unwrap()
            .table(table("é"))
            .is_ok()
    );
}

#[test]
fn what_makes_no_table_is_refused_when_it_is_registered() {
    let empty = MetaData::new().table(Table::new("t"));
    assert!(matches!(empty, Err(Error::NoColumns { .. })));
    model!(
        Keyless,
        "t",
        Table::new("t").column(Column::new("a", ColumnType::Text))
    );
    let keyless = MetaData::new().register::<Keyless>();
    assert!(matches!(keyless, Err(Error::PrimaryKey { .. })));
    assert!(
        MetaData::new()
            .table(<Keyless as mini_orm::Model>::table())
            .is_ok()
    );
}

#[test]
fn a_table_that_exists_is_left_alone_and_reported() {
    let conn = memory();
    conn.execute_batch("CREATE TABLE Pets (id INTEGER, x); INSERT INTO Pets VALUES (1, 2)")
        .unwrap();
    let metadata = MetaData::new()
        .register::<Pet>()
        .unwrap()
        .table(table("users"))
        .unwrap();
    let report = metadata.create_all(&conn).unwrap();
    assert_eq!(names(&report.existing), ["pets"]);
    assert_eq!(names(&report.created), ["users"]);
    let columns: String = conn
        .query_one(
            "SELECT group_concat(name) FROM pragma_table_info('pets')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(columns, "id,x");
}

#[test]
fn a_second_run_changes_nothing() {
    let conn = memory();
    let metadata = metadata(&[("a", &["b"]), ("b", &["a"]), ("c", &[])]);
    let first = metadata.create_all(&conn).unwrap();
    let version = schema_version(&conn);
    let second = metadata.create_all(&conn).unwrap();
    assert_eq!(second.existing, first.created);
    assert!(second.created.is_empty());
    assert_eq!(schema_version(&conn), version);
    assert_eq!(
        MetaData::new().create_all(&conn).unwrap(),
        Report::default()
    );
}

#[test]
fn any_name_is_found_again() {
    let conn = memory();
    for name in ["it's", "we\"ird", "order", "a;b", "", "%", "É"] {
        let metadata = MetaData::new().table(table(name)).unwrap();
        assert_eq!(names(&metadata.create_all(&conn).unwrap().created), [name]);
        assert_eq!(names(&metadata.create_all(&conn).unwrap().existing), [name]);
    }
}

#[test]
fn a_temporary_table_does_not_hide_a_missing_one() {
    let conn = memory();
    conn.execute_batch("CREATE TEMP TABLE pets (x)").unwrap();
    let metadata = MetaData::new().register::<Pet>().unwrap();
    assert_eq!(
        names(&metadata.create_all(&conn).unwrap().created),
        ["pets"]
    );
    assert_eq!(objects(&conn), ["pets"]);
}

#[test]
fn a_table_that_another_connection_has_made_exists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let [early, other] = [(); 2].map(|()| Connection::open(&path).unwrap());
    // A connection that has read the schema keeps it in memory.
    assert!(objects(&early).is_empty());
    let metadata = MetaData::new().register::<Pet>().unwrap();
    metadata.create_all(&other).unwrap();
    let report = metadata.create_all(&early).unwrap();
    assert_eq!(names(&report.existing), ["pets"]);
}

#[test]
fn all_or_nothing() {
    let conn = memory();
    conn.execute_batch("CREATE TABLE t (a); CREATE VIEW taken AS SELECT a FROM t")
        .unwrap();
    let metadata = metadata(&[("pets", &[]), ("taken", &[])]);
    let version = schema_version(&conn);
    assert!(metadata.create_all(&conn).is_err());
    assert!(conn.is_autocommit());
    assert_eq!((objects(&conn).len(), schema_version(&conn)), (2, version));
    conn.execute_batch("BEGIN; INSERT INTO t VALUES (1)")
        .unwrap();
    assert!(metadata.create_all(&conn).is_err());
    conn.execute_batch("COMMIT").unwrap();
    let count: i64 = conn
        .query_one("SELECT count(*) FROM t", [], |row| row.get(0))
        .unwrap();
    assert_eq!((count, objects(&conn).len()), (1, 2));
}
