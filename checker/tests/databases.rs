//! Looking at the database that a failed check left behind.

mod support;

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use predicates::prelude::*;
use predicates::str::contains;
use rusqlite::Connection;
use support::said::{assert_valid, json, said};
use support::{Workbook, right, wrap, wrong};

const SCHEMA: &str = r#"conn.execute_batch(
        "CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        );
        CREATE TABLE profiles (user_id INTEGER PRIMARY KEY REFERENCES users, text);
        CREATE TABLE posts (
            id INTEGER PRIMARY KEY,
            body,
            user_id INTEGER REFERENCES Users(ID) ON DELETE SET NULL
        );
        CREATE TABLE tags (name TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE post_tags (
            post_id INTEGER NOT NULL REFERENCES posts,
            tag TEXT NOT NULL REFERENCES tags ON DELETE CASCADE,
            PRIMARY KEY (post_id, tag)
        );
        CREATE INDEX ix_posts_user_id ON posts (user_id) WHERE user_id IS NOT NULL;
        CREATE VIEW latest AS SELECT max(id) FROM posts;
        INSERT INTO users (name) VALUES ('Ada'), ('Olga');
        INSERT INTO posts (body, user_id) VALUES
            (NULL, 1), ('NULL', 1), (7, 2), ('7', NULL), (0.5, NULL), (x'00ff', NULL), ('', 9),
            ('a' || char(27) || '[2J' || char(10) || 'b', 2),
            ('a long text that goes on and on beyond what a small table has room for', 2),
            (9e999, 2);
        PRAGMA user_version = 3;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
        INSERT INTO tags SELECT printf('tag %02d', i) FROM n;",
    )"#;

/// A submission whose check fails on a database with all of this in it.
fn failed(name: &str) -> Workbook {
    let workbook = Workbook::new(name).exercise("one").sync();
    workbook.submit("one", &wrap(SCHEMA));
    assert_eq!(workbook.report().status("one"), "failed");
    workbook
}

fn kept(workbook: &Workbook, check: &str) -> PathBuf {
    workbook
        .state()
        .join("databases/01_cases/01_one")
        .join(format!("{check}.sqlite"))
}

#[test]
fn rows_relations_schema_and_the_sql_are_shown() {
    let workbook = failed("db_shown");
    let before = fs::read(kept(&workbook, "a_note_is_kept")).unwrap();
    let text = said(&workbook, &["db"]);
    assert_snapshot!(text);
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert_eq!(
        fs::read(kept(&workbook, "a_note_is_kept")).unwrap(),
        before,
        "looking changed it"
    );
    workbook.submit("one", &wrap("conn.execute_batch(\"\")"));
    workbook
        .checker()
        .args(["db", "1.1", "a_note_is_kept"])
        .assert()
        .success()
        .stdout(contains("your files have changed since; `checker run 1.1`"));
    assert_snapshot!(said(&workbook, &["db", "1.1", "a_note_is_keept"]));
}

#[test]
fn programs_read_databases_too() {
    let workbook = failed("db_json");
    let look = json(&workbook, &["db", "--json"]);
    assert_valid("db-v1", &look);
    let database = &look["database"];
    assert_eq!(database["user_version"], 3);
    let bodies: Vec<String> = database["tables"][2]["rows"]["shown"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row[1].to_string())
        .collect();
    assert_eq!(
        bodies[..7],
        [
            r#"{"type":"null"}"#,
            r#"{"type":"text","value":"NULL"}"#,
            r#"{"type":"integer","value":7}"#,
            r#"{"type":"text","value":"7"}"#,
            r#"{"type":"real","value":0.5}"#,
            r#"{"type":"blob","value":{"hex":"00ff","length":2}}"#,
            r#"{"type":"text","value":""}"#,
        ]
    );
    let relationships: Vec<&str> = database["relations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|relation| relation["relationship"].as_str().unwrap())
        .collect();
    assert_eq!(
        relationships,
        ["one_to_one", "many_to_one", "many_to_one", "many_to_one"]
    );
    fs::remove_file(kept(&workbook, "a_note_is_kept")).unwrap();
    fs::remove_file(kept(&workbook, "a_body_is_required")).ok();
    let look = json(&workbook, &["db", "--json"]);
    assert_valid("db-v1", &look);
    assert!(look["database"].is_null());
}

#[test]
fn a_file_that_is_no_database_is_said_to_be_none() {
    let workbook = failed("db_damaged");
    let kept = kept(&workbook, "a_note_is_kept");
    let look = || said(&workbook, &["db", "one", "a_note_is_kept"]);
    let whole = fs::read(&kept).unwrap();

    fs::write(&kept, "this is no database, whatever its name says").unwrap();
    assert_snapshot!(look());
    fs::write(&kept, "").unwrap();
    assert_snapshot!(look());
    fs::remove_file(&kept).unwrap();
    assert_snapshot!(look());
    fs::create_dir(&kept).unwrap();
    assert_snapshot!(look());
    fs::remove_dir(&kept).unwrap();

    // Half of it: the schema can be read, some rows can't.
    fs::write(&kept, &whole[..whole.len() / 2]).unwrap();
    workbook
        .checker()
        .args(["db", "one", "a_note_is_kept"])
        .assert()
        .stderr(contains("SQLite cannot read the file"))
        .code(1);
    // One page of it is overwritten: the rest is still shown.
    let mut holed = whole.clone();
    let tags = whole
        .windows(6)
        .rposition(|bytes| bytes == b"tag 07")
        .unwrap();
    let page = tags / 4096 * 4096;
    holed[page..page + 4096].fill(0x77);
    fs::write(&kept, holed).unwrap();
    workbook
        .checker()
        .args(["db", "one", "a_note_is_kept"])
        .assert()
        .success()
        .stdout(contains("tags rows that cannot be read"))
        .stdout(contains("database disk image is malformed"))
        .stdout(contains("1  │ Ada"));
}

#[test]
fn an_interrupted_transaction_is_undone_in_the_copy() {
    let workbook = failed("db_interrupted");
    let kept = kept(&workbook, "a_note_is_kept");
    let live = workbook.folder().join("live.sqlite");
    for (mode, suffix, names) in [
        ("delete", "-journal", ["Ada", "Olga"]),
        ("wal", "-wal", ["Ada", "Eve"]),
    ] {
        fs::remove_file(&live).ok();
        let conn = Connection::open(&live).unwrap();
        conn.pragma_update(None, "journal_mode", mode).unwrap();
        conn.execute_batch(
            "CREATE TABLE users (name TEXT);
             INSERT INTO users VALUES ('Ada'), ('Olga');
             PRAGMA cache_spill = ON; PRAGMA cache_size = 1;",
        )
        .unwrap();
        if mode == "wal" {
            conn.execute_batch("UPDATE users SET name = 'Eve' WHERE name = 'Olga'")
                .unwrap();
        } else {
            // Spilled to the file before it is committed: the journal is hot.
            conn.execute_batch(
                "BEGIN; UPDATE users SET name = 'Eve';
                 CREATE TABLE big (b);
                 INSERT INTO big VALUES (zeroblob(200000)), (zeroblob(200000));",
            )
            .unwrap();
        }
        let beside = |path: &PathBuf| PathBuf::from(format!("{}{suffix}", path.display()));
        fs::copy(&live, &kept).unwrap();
        fs::copy(beside(&live), beside(&kept)).unwrap();
        workbook
            .checker()
            .args(["db", "one", "a_note_is_kept"])
            .assert()
            .success()
            .stdout(contains(names[0]).and(contains(names[1])))
            .stdout(contains("big").not());
        assert!(beside(&kept).is_file(), "the original was recovered");
        fs::remove_file(beside(&kept)).unwrap();
    }
}

#[test]
fn a_schema_made_to_be_endless_ends() {
    let workbook = failed("db_endless");
    let kept = kept(&workbook, "a_note_is_kept");
    fs::remove_file(&kept).unwrap();
    Connection::open(&kept)
        .unwrap()
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             CREATE TABLE \"odd \u{1b}[31m \"\"name\" (x, y AS (x || '!'));
             INSERT INTO \"odd \u{1b}[31m \"\"name\" VALUES (1);
             CREATE TABLE orphans (id INTEGER PRIMARY KEY, p REFERENCES gone, q REFERENCES orphans(nope));
             INSERT INTO orphans VALUES (1, 1, 1);
             CREATE VIRTUAL TABLE found USING fts5(body);
             CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT * FROM n;
             CREATE TRIGGER on_orphan AFTER INSERT ON orphans BEGIN SELECT 1; END;",
        )
        .unwrap();
    assert_snapshot!(said(&workbook, &["db", "one", "a_note_is_kept"]));
}

#[test]
fn without_a_database_the_reason_is_said() {
    let workbook = Workbook::new("db_none").exercise("one").sync();
    assert_snapshot!(said(&workbook, &["db"]));
    workbook.submit("one", &wrong());
    assert_snapshot!(said(&workbook, &["db"]));
    workbook.submit("one", "nonsense");
    workbook.report();
    assert_snapshot!(said(&workbook, &["db"]));
    workbook.submit("one", &right());
    workbook.report();
    assert_snapshot!(said(&workbook, &["db", "one"]));
    assert_snapshot!(said(&workbook, &["db", "one", "--json"]));
}

#[test]
fn its_tables_can_be_drawn() {
    let workbook = failed("db_diagram");
    let file = workbook.folder().join("tables.svg");
    workbook
        .checker()
        .args(["db", "one", "--diagram"])
        .arg(&file)
        .assert()
        .success()
        .stdout(contains("tables.svg"))
        .stdout(contains("posts.user_id refers to"));
    let drawn = fs::read_to_string(&file).unwrap();
    assert!(drawn.starts_with("<svg ") && drawn.trim_end().ends_with("</svg>"));
    assert!(drawn.contains(">post_tags</text>"), "{drawn}");

    // Drawn again: yes. Over something else: no.
    let note = workbook.folder().join("notes.txt");
    fs::write(&note, "mine").unwrap();
    for (file, code) in [(&file, 0), (&note, 1)] {
        workbook
            .checker()
            .args(["db", "one", "--diagram"])
            .arg(file)
            .assert()
            .code(code);
    }
    assert_eq!(fs::read_to_string(&note).unwrap(), "mine");

    workbook
        .checker()
        .args(["db", "one", "--diagram", "no/such/folder/tables.svg"])
        .assert()
        .failure()
        .stderr(contains("writing the diagram to no/such/folder/tables.svg"));
}
