//! What `book/misconceptions.toml` says happens, happens.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use quiz::{Fault, Misconceptions};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, Error, OptionalExtension};

const FILE: &str = include_str!("../misconceptions.toml");

fn file() -> Misconceptions {
    Misconceptions::parse(FILE).expect("misconceptions")
}

fn shown(faults: &[Fault]) -> Vec<String> {
    let shown = |fault: &Fault| format!("{}: {}", fault.line(FILE), fault.message);
    faults.iter().map(shown).collect()
}

#[test]
fn all_sixty_are_there_and_well_formed() {
    let beliefs = file();
    for number in 1..=60 {
        assert!(beliefs.get(&format!("M{number}")).is_some(), "M{number}");
    }
    assert_eq!(shown(&beliefs.faults()), [""; 0]);
}

#[test]
fn what_sql_can_show_is_shown() {
    assert_eq!(shown(&file().run_facts()), [""; 0]);
}

/// A test stands here (`misconceptions::name`), or beside the listings of a page
/// (`05_sessions/01_session_commit::name`).
#[test]
fn the_tests_that_are_named_are_there() {
    let listings = Path::new(env!("CARGO_MANIFEST_DIR")).join("listings/src");
    for (id, one) in file().iter() {
        for test in one.facts.iter().filter_map(|fact| fact.test.as_ref()) {
            let (module, name) = test.rsplit_once("::").expect("module::name");
            let text = match module {
                "misconceptions" => include_str!("misconceptions.rs").to_owned(),
                page => fs::read_to_string(listings.join(format!("{page}.rs"))).unwrap_or_default(),
            };
            let found = text.split("#[test]").any(|after| {
                let after = after.trim_start();
                after.starts_with(&format!("fn {name}()"))
            });
            assert!(found, "{id}: there is no test {test}");
        }
    }
}

fn database(sql: &str) -> Connection {
    let database = Connection::open_in_memory().expect("a database");
    database.execute_batch(sql).expect("statements");
    database
}

#[test]
fn a_text_in_an_integer_column_cannot_be_read_as_a_number() {
    let database = database("CREATE TABLE users (age INTEGER); INSERT INTO users VALUES ('hello')");
    let age = database.query_row("SELECT age FROM users", [], |row| row.get::<_, i64>(0));
    assert!(matches!(age, Err(Error::InvalidColumnType(..))), "{age:?}");
}

#[test]
fn a_null_is_no_string() {
    let database = database("CREATE TABLE users (bio TEXT); INSERT INTO users VALUES (NULL)");
    let sql = "SELECT bio FROM users";
    let bio = database.query_row(sql, [], |row| row.get::<_, String>(0));
    assert!(matches!(bio, Err(Error::InvalidColumnType(..))), "{bio:?}");
    let bio = database.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
    assert_eq!(bio, Ok(None));
}

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

#[test]
fn a_loop_over_users_asks_once_for_each() {
    let database = database(
        "CREATE TABLE users (id INTEGER PRIMARY KEY);
         CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
         INSERT INTO users VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10);",
    );
    database.trace_v2(
        TraceEventCodes::SQLITE_TRACE_STMT,
        Some(|event| {
            if matches!(event, TraceEvent::Stmt(..)) {
                STATEMENTS.fetch_add(1, Ordering::Relaxed);
            }
        }),
    );
    let ids = |sql: &str, of: &[i64]| -> Vec<i64> {
        let mut statement = database.prepare(sql).expect("a query");
        let rows = statement.query_map(rusqlite::params_from_iter(of), |row| row.get(0));
        rows.and_then(Iterator::collect).expect("ids")
    };
    for user in ids("SELECT id FROM users", &[]) {
        ids("SELECT id FROM posts WHERE user_id = ?1", &[user]);
    }
    assert_eq!(STATEMENTS.swap(0, Ordering::Relaxed), 11);
    ids(
        "SELECT users.id, posts.id FROM users LEFT JOIN posts ON posts.user_id = users.id",
        &[],
    );
    assert_eq!(STATEMENTS.load(Ordering::Relaxed), 1);
}

#[test]
fn a_dropped_transaction_saves_nothing() {
    let mut database = database("CREATE TABLE users (name TEXT)");
    let count = "SELECT count(*) FROM users";
    let transaction = database.transaction().expect("a transaction");
    transaction
        .execute("INSERT INTO users VALUES ('Ada')", [])
        .expect("a row");
    assert_eq!(transaction.query_one(count, [], |row| row.get(0)), Ok(1));
    drop(transaction);
    assert_eq!(database.query_one(count, [], |row| row.get(0)), Ok(0));
}

#[test]
fn a_parameter_may_hold_an_apostrophe() {
    let database = database("CREATE TABLE users (name TEXT)");
    database
        .execute("INSERT INTO users VALUES (?1)", ["O'Brien"])
        .expect("a row");
    let name = database.query_one("SELECT name FROM users", [], |row| row.get(0));
    assert_eq!(name, Ok("O'Brien".to_owned()));
}

#[test]
fn execute_takes_one_statement() {
    let database = database("CREATE TABLE users (name TEXT)");
    let two = "INSERT INTO users VALUES ('Ada'); INSERT INTO users VALUES ('Ben')";
    let both = database.execute(two, []);
    assert!(matches!(both, Err(Error::MultipleStatement)), "{both:?}");
    assert_eq!(database.execute_batch(two), Ok(()));
}

#[test]
fn statements_before_a_failure_stay() {
    let database = database("");
    let script = "CREATE TABLE users (id INTEGER PRIMARY KEY); INSERT INTO missing VALUES (1)";
    assert!(database.execute_batch(script).is_err());
    let there = database.table_exists(None, "users");
    assert_eq!(there, Ok(true));
    let again = database.execute_batch(script).map_err(|e| e.to_string());
    assert!(
        again.is_err_and(|error| error.contains("table users already exists")),
        "the next run"
    );
}

#[test]
fn no_row_is_an_error_of_query_one_until_optional() {
    let database = database("CREATE TABLE users (id INTEGER PRIMARY KEY)");
    let mut calls = 0;
    let found = database.query_one("SELECT id FROM users", [], |row| {
        calls += 1;
        row.get::<_, Option<i64>>(0)
    });
    assert_eq!(found, Err(Error::QueryReturnedNoRows));
    assert_eq!((found.optional(), calls), (Ok(None), 0));
}

#[test]
fn ok_takes_a_missing_table_for_a_missing_row() {
    let database = database("");
    let found = || database.query_one("SELECT id FROM users", [], |row| row.get::<_, i64>(0));
    assert_eq!(found().ok(), None);
    assert!(found().optional().is_err());
}

#[test]
fn of_two_columns_with_one_name_the_first_is_read() {
    let database = database(
        "CREATE TABLE users (id INTEGER PRIMARY KEY);
         CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER);
         INSERT INTO users VALUES (1); INSERT INTO posts VALUES (7, 1)",
    );
    let sql = "SELECT * FROM posts JOIN users ON users.id = user_id";
    let id = database.query_one(sql, [], |row| row.get::<_, i64>("id"));
    assert_eq!(id, Ok(7));
}

#[test]
fn a_null_is_found_and_a_missing_row_is_not() {
    let database = database(
        "CREATE TABLE users (id INTEGER, age INTEGER); INSERT INTO users VALUES (4, NULL)",
    );
    let age = |id: i64| {
        let sql = "SELECT age FROM users WHERE id = ?1";
        let found = database.query_one(sql, [id], |row| row.get::<_, Option<i64>>(0));
        found.optional()
    };
    assert_eq!((age(4), age(5)), (Ok(Some(None)), Ok(None)));
}

#[test]
fn one_bad_row_spoils_a_list_and_not_another_row() {
    let database = database(
        "CREATE TABLE users (id INTEGER, age INTEGER); INSERT INTO users VALUES (4, 30), (5, 'x')",
    );
    let mut all = database.prepare("SELECT age FROM users").expect("a table");
    let ages = all.query_map([], |row| row.get(0)).expect("rows");
    assert!(ages.collect::<Result<Vec<i64>, _>>().is_err());
    let age = database.query_one("SELECT age FROM users WHERE id = 4", [], |row| row.get(0));
    assert_eq!(age, Ok(30));
}

#[test]
fn a_loop_while_ok_takes_an_error_for_the_end() {
    let database = database(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, profile TEXT);
         INSERT INTO users VALUES (4, '{}'), (5, 'no JSON'), (6, '{}')",
    );
    let sql = "SELECT id, profile ->> 'email' FROM users ORDER BY id";
    let mut statement = database.prepare(sql).expect("a table");
    let mut rows = statement.query([]).expect("rows");
    let mut read = 0;
    while let Ok(Some(_)) = rows.next() {
        read += 1;
    }
    assert_eq!(read, 1);
    let mut again = database.prepare(sql).expect("a table");
    let rows = again.query_map([], |row| row.get(0)).expect("rows");
    assert!(rows.collect::<Result<Vec<Option<String>>, _>>().is_err());
}

#[test]
fn a_default_hides_a_value_that_cannot_be_read() {
    let database = database("CREATE TABLE users (name TEXT); INSERT INTO users VALUES (x'ff')");
    let sql = "SELECT name FROM users";
    let name = |default: bool| {
        database.query_one(sql, [], |row| match default {
            true => Ok(row.get(0).unwrap_or_default()),
            false => row.get::<_, String>(0),
        })
    };
    assert_eq!(name(true), Ok(String::new()));
    assert!(name(false).is_err());
}
