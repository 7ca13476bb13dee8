//! From a variable and a URL to a connection.

use std::fs;
use std::time::Duration;

use mini_orm::{Error, Location, Options, database_url, open};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

fn pragma<T: rusqlite::types::FromSql>(conn: &Connection, name: &str) -> T {
    conn.pragma_query_value(None, name, |row| row.get(0))
        .unwrap()
}

#[test]
fn the_variable_is_named_when_it_says_nothing() {
    let of = |value: Option<&str>| {
        database_url(|name| (name == "DATABASE_URL").then(|| value.map(str::to_owned))?)
    };
    assert_eq!(of(Some("sqlite:///app.db")).unwrap(), "sqlite:///app.db");
    for nothing in [None, Some("")] {
        assert_eq!(
            of(nothing).unwrap_err().to_string(),
            "the environment variable DATABASE_URL is not set; set it to a URL such as sqlite:///app.db"
        );
    }
}

#[test]
fn what_is_no_url_of_a_database_is_refused() {
    for url in [
        "",
        "app.db",
        "sqlite:",
        "sqlite://app.db",
        "sqlite:///",
        "sqlite:///app.db?mode=ro",
        "sqlite:///a\0b",
        "SQLITE:///app.db",
        " sqlite:///app.db",
        "postgres://localhost/app",
        ":memory:",
    ] {
        let error = url.parse::<Location>().unwrap_err();
        assert!(
            matches!(&error, Error::Url { url: named } if named == url),
            "{url}"
        );
    }
    assert_eq!(
        "sqlite:///:memory:".parse::<Location>().unwrap(),
        Location::Memory
    );
    let spaced = "sqlite:///my folder/ä.db".parse::<Location>().unwrap();
    assert_eq!(spaced, Location::File("my folder/ä.db".into()));
}

#[test]
fn a_missing_file_is_made_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my app.db");
    let location = Location::File(path.clone());
    let error = open(&location, &Options::new()).unwrap_err().to_string();
    assert!(error.contains(path.to_str().unwrap()), "{error}");
    assert!(!path.exists());
    open(&location, &Options::new().create())
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    let again = open(&location, &Options::new().create()).unwrap();
    again.execute_batch("INSERT INTO t VALUES (1)").unwrap();
}

#[test]
fn what_is_no_database_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "no database at all\n").unwrap();
    for path in [path.as_path(), folder.path()] {
        let error = open(
            &Location::File(path.to_owned()),
            &Options::new().create().wal(),
        );
        let error = error.unwrap_err().to_string();
        assert!(error.contains(path.to_str().unwrap()), "{error}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "no database at all\n");
    assert!(open(&Location::File("".into()), &Options::new().create()).is_err());
}

#[test]
fn a_path_is_a_path_whatever_it_looks_like() {
    for name in [":memory:", "file:x?mode=memory"] {
        let error = open(&Location::File(name.into()), &Options::new()).unwrap_err();
        assert!(matches!(error, Error::Open { .. }), "{error}");
    }
}

#[test]
fn foreign_keys_are_on() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("app.db"));
    for location in [location, Location::Memory] {
        let conn = open(&location, &Options::new().create()).unwrap();
        assert!(
            conn.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY)
                .unwrap()
        );
        assert!(conn.is_autocommit());
    }
}

#[test]
fn the_timeout_is_as_asked() {
    let options = Options::new().busy_timeout(Duration::from_millis(70));
    let conn = open(&Location::Memory, &options).unwrap();
    assert_eq!(pragma::<i64>(&conn, "busy_timeout"), 70);
    let conn = open(&Location::Memory, &Options::default()).unwrap();
    assert_eq!(pragma::<i64>(&conn, "busy_timeout"), 5000);
}

#[test]
fn write_ahead_logging_is_on_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("app.db"));
    let plain = open(&location, &Options::new().create()).unwrap();
    assert_eq!(pragma::<String>(&plain, "journal_mode"), "delete");
    drop(plain);
    let wal = open(&location, &Options::new().wal()).unwrap();
    assert_eq!(pragma::<String>(&wal, "journal_mode"), "wal");
}
