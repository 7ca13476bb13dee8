//! What the SQL made of a definition does, and which definitions are refused.

mod support;

use mini_orm::{
    Action, Column, ColumnType, Error, ForeignKey, Ident, Index, ServerDefault, Table, create,
    table_of,
};
use rusqlite::Connection;
use support::{Pet, memory, objects};

fn key() -> Column {
    Column::new("id", ColumnType::Integer)
}

/// A database with these tables.
fn database(tables: &[Table]) -> Connection {
    let conn = memory();
    for table in tables {
        conn.execute_batch(&table.create_sql().unwrap()).unwrap();
    }
    conn
}

fn users() -> Table {
    Table::new("users")
        .column(key())
        .column(Column::new("username", ColumnType::String(3)).not_null())
        .column(
            Column::new("verified", ColumnType::Boolean)
                .not_null()
                .server_default(false),
        )
        .column(
            Column::new("joined", ColumnType::DateTime)
                .server_default(ServerDefault::CurrentTimestamp),
        )
        .primary_key(&["id"])
        .unique(&["username"])
        .check("named", "username <> ''")
}

/// `Ok`, or the text of SQLite's refusal.
fn run(conn: &Connection, sql: &str) -> Result<usize, String> {
    conn.execute(sql, []).map_err(|error| error.to_string())
}

#[test]
fn the_table_is_as_declared() {
    let sql = users().create_sql().unwrap();
    assert_eq!(
        sql,
        r#"CREATE TABLE "users" (
    "id" INTEGER PRIMARY KEY,
    "username" VARCHAR(3) NOT NULL CONSTRAINT "ck_users_username_length" CHECK (length("username") <= 3),
    "verified" BOOLEAN NOT NULL DEFAULT 0 CONSTRAINT "ck_users_verified_boolean" CHECK ("verified" IN (0, 1)),
    "joined" DATETIME DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "uq_users_username" UNIQUE ("username"),
    CONSTRAINT "ck_users_named" CHECK (username <> '')
);
"#
    );
}

#[test]
fn every_rule_is_kept_by_the_database() {
    let conn = database(&[users()]);
    assert_eq!(
        run(&conn, "INSERT INTO users (username) VALUES ('éää')"),
        Ok(1)
    );
    for (sql, reason) in [
        (
            "INSERT INTO users (username) VALUES ('éäää')",
            "CHECK constraint failed: ck_users_username_length",
        ),
        (
            "INSERT INTO users (username) VALUES ('éää')",
            "UNIQUE constraint failed: users.username",
        ),
        (
            "INSERT INTO users (username) VALUES (NULL)",
            "NOT NULL constraint failed: users.username",
        ),
        (
            "INSERT INTO users (username) VALUES ('')",
            "CHECK constraint failed: ck_users_named",
        ),
        (
            "INSERT INTO users (username, verified) VALUES ('a', 'false')",
            "CHECK constraint failed: ck_users_verified_boolean",
        ),
        (
            "INSERT INTO users (username, verified) VALUES ('a', 2)",
            "CHECK constraint failed: ck_users_verified_boolean",
        ),
        (
            "INSERT INTO users (username, verified) VALUES ('a', NULL)",
            "NOT NULL constraint failed: users.verified",
        ),
    ] {
        assert_eq!(run(&conn, sql), Err(reason.to_owned()), "{sql}");
    }
    let stored = "SELECT count(*) FROM users WHERE id = 1 AND verified = 0 AND length(joined) = 19";
    assert_eq!(conn.query_one(stored, [], |row| row.get(0)), Ok(1));
}

#[test]
fn a_boolean_may_be_null_unless_told_otherwise() {
    let conn = database(&[Table::new("t").column(Column::new("v", ColumnType::Boolean))]);
    assert_eq!(run(&conn, "INSERT INTO t VALUES (NULL)"), Ok(1));
}

#[test]
fn defaults_are_literals_or_said_to_be_expressions() {
    let defaults = [
        ServerDefault::Null,
        ServerDefault::from(-5),
        ServerDefault::from("it's 'x'\n--"),
        ServerDefault::Expr("1 + 1".to_owned()),
    ];
    let table = defaults
        .into_iter()
        .enumerate()
        .fold(Table::new("t"), |table, (n, default)| {
            table.column(Column::new(format!("c{n}"), ColumnType::Blob).server_default(default))
        });
    let conn = database(&[table]);
    run(&conn, "INSERT INTO t DEFAULT VALUES").unwrap();
    let found: (Option<i64>, i64, String, i64) = conn
        .query_one("SELECT * FROM t", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap();
    assert_eq!(found, (None, -5, "it's 'x'\n--".to_owned(), 2));
}

#[test]
fn several_columns_are_one_key_together() {
    let follows = Table::new("follows")
        .column(Column::new("follower_id", ColumnType::Integer).not_null())
        .column(Column::new("followed_id", ColumnType::Integer).not_null())
        .primary_key(&["follower_id", "followed_id"])
        .foreign_key(ForeignKey::new(&["follower_id"], "users").on_delete(Action::Cascade))
        .foreign_key(ForeignKey::new(&["followed_id"], "users").on_delete(Action::Cascade));
    let conn = database(&[users(), follows]);
    run(&conn, "INSERT INTO users (username) VALUES ('a'), ('b')").unwrap();
    assert_eq!(
        run(&conn, "INSERT INTO follows VALUES (1, 2), (2, 1)"),
        Ok(2)
    );
    assert!(run(&conn, "INSERT INTO follows VALUES (1, 2)").is_err());
    run(&conn, "DELETE FROM users WHERE id = 1").unwrap();
    assert_eq!(
        conn.query_one("SELECT count(*) FROM follows", [], |row| row.get(0)),
        Ok(0)
    );
}

#[test]
fn foreign_keys_say_everything_that_was_asked() {
    let nodes = Table::new("nodes")
        .column(key())
        .column(Column::new("code", ColumnType::Text))
        .column(Column::new("parent", ColumnType::Text))
        .primary_key(&["id"])
        .unique(&["code"])
        .foreign_key(
            ForeignKey::new(&["parent"], "nodes")
                .to(&["code"])
                .on_delete(Action::SetNull)
                .on_update(Action::Cascade)
                .deferred(),
        );
    let conn = database(&[nodes]);
    conn.execute_batch(
        "BEGIN;
         INSERT INTO nodes (code, parent) VALUES ('leaf', 'root'), ('root', NULL);
         COMMIT;
         UPDATE nodes SET code = 'top' WHERE code = 'root';",
    )
    .unwrap();
    let parent = "SELECT parent FROM nodes WHERE code = 'leaf'";
    assert_eq!(
        conn.query_one(parent, [], |row| row.get(0)),
        Ok(Some("top".to_owned()))
    );
    run(&conn, "DELETE FROM nodes WHERE code = 'top'").unwrap();
    assert_eq!(
        conn.query_one(parent, [], |row| row.get(0)),
        Ok(None::<String>)
    );
}

#[test]
fn indexes_say_everything_that_was_asked() {
    let emails = Table::new("emails")
        .column(Column::new("user_id", ColumnType::Integer))
        .column(Column::new("address", ColumnType::Text))
        .column(Column::new("is_main", ColumnType::Boolean))
        .index(&["user_id", "address"])
        .with_index(
            Index::new("recent", &[])
                .descending("address")
                .expr("lower(address)"),
        )
        .with_index(
            Index::new("one_main", &["user_id"])
                .unique()
                .filter("is_main = 1"),
        );
    let conn = database(std::slice::from_ref(&emails));
    assert_eq!(
        objects(&conn),
        ["emails", "ix_emails_user_id_address", "one_main", "recent"]
    );
    assert_eq!(
        emails
            .create_statements()
            .unwrap()
            .last()
            .map(String::as_str),
        Some(r#"CREATE INDEX "recent" ON "emails" ("address" DESC, (lower(address)))"#)
    );
    run(
        &conn,
        "INSERT INTO emails VALUES (1, 'a', 1), (1, 'b', 0), (1, 'c', 0)",
    )
    .unwrap();
    assert!(run(&conn, "INSERT INTO emails VALUES (1, 'd', 1)").is_err());
}

#[test]
fn creating_is_all_or_nothing() {
    model!(Indexed, "notes", {
        Table::new("notes")
            .column(key())
            .primary_key(&["id"])
            .with_index(Index::new("pets", &["id"]))
    });
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    create::<Indexed>(&conn).unwrap_err();
    assert_eq!(objects(&conn), ["pets"]);
    assert!(conn.is_autocommit());

    conn.execute_batch("BEGIN; CREATE TABLE kept (x)").unwrap();
    create::<Indexed>(&conn).unwrap_err();
    conn.execute_batch("COMMIT").unwrap();
    assert_eq!(objects(&conn), ["kept", "pets"]);
}

#[test]
fn creating_says_when_the_commit_fails() {
    let conn = memory();
    conn.commit_hook(Some(|| true)).unwrap();
    create::<Pet>(&conn).unwrap_err();
    assert!(conn.is_autocommit());
    assert!(objects(&conn).is_empty());
}

#[test]
fn a_table_that_exists_is_refused() {
    let conn = memory();
    create::<Pet>(&conn).unwrap();
    let error = create::<Pet>(&conn).unwrap_err().to_string();
    assert!(error.contains("already exists"), "{error}");
}

#[test]
fn a_model_has_one_integer_primary_key() {
    model!(Keyless, "notes", Table::new("notes").column(key()));
    model!(TwoKeys, "notes", {
        Table::new("notes")
            .column(key())
            .column(Column::new("tag", ColumnType::Integer))
            .primary_key(&["id"])
            .primary_key(&["tag"])
    });
    model!(TextKey, "notes", {
        Table::new("notes")
            .column(Column::new("tag", ColumnType::Text))
            .primary_key(&["tag"])
    });
    model!(
        LostKey,
        "notes",
        Table::new("notes").column(key()).primary_key(&["uid"])
    );
    let conn = memory();
    assert_eq!(
        create::<Keyless>(&conn).unwrap_err().to_string(),
        "a model has one primary key column, but table `notes` has none; \
         name one with `Table::primary_key`"
    );
    assert_eq!(
        create::<TwoKeys>(&conn).unwrap_err().to_string(),
        "a model has one primary key column, but table `notes` has 2: `id`, `tag`; \
         name one with `Table::primary_key`"
    );
    assert!(matches!(
        create::<TextKey>(&conn),
        Err(Error::KeyType { .. })
    ));
    assert!(matches!(
        create::<LostKey>(&conn),
        Err(Error::UnknownColumn { .. })
    ));
    assert!(objects(&conn).is_empty());
}

#[test]
fn a_model_says_one_name_for_its_table() {
    model!(
        TwoNames,
        "notes",
        Table::new("note").column(key()).primary_key(&["id"])
    );
    let error = table_of::<TwoNames>().err().unwrap();
    assert_eq!(
        error.to_string(),
        "the model's `TABLE` is `notes`, but its `table()` is called `note`; \
         begin it with `Table::new(Self::TABLE)`"
    );
}

#[test]
fn a_table_needs_columns() {
    assert!(matches!(
        Table::new("t").create_sql(),
        Err(Error::NoColumns { .. })
    ));
}

#[test]
fn two_columns_of_a_name_are_refused() {
    let table = Table::new("t")
        .column(Column::new("name", ColumnType::Text))
        .column(Column::new("NAME", ColumnType::Text));
    let error = table.create_sql().unwrap_err();
    assert!(
        matches!(error, Error::DuplicateColumn { column, .. } if column == Ident::from("name"))
    );
}

#[test]
fn what_names_an_unknown_column_is_said() {
    let table = || Table::new("t").column(key());
    for (table, by) in [
        (table().primary_key(&["x"]), "primary key"),
        (table().unique(&["x"]), "UNIQUE constraint"),
        (
            table().foreign_key(ForeignKey::new(&["x"], "t")),
            "foreign key",
        ),
        (table().index(&["x"]), "index"),
    ] {
        let error = table.create_sql().unwrap_err();
        assert!(
            matches!(&error, Error::UnknownColumn { by: found, .. } if *found == by),
            "{error}"
        );
    }
}
