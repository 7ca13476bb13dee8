//! 5.1 A unit of work: boxes on a van, books at a counter, and the first users
//! of a microblog.

use std::cell::RefCell;
use std::error::Error;
use std::io::Write;
use std::path::Path;

use mini_orm::{Column, ColumnType, Model, Table};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use session_commit::Session;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("05_sessions/01_session_commit/trips", trips),
    (
        "05_sessions/01_session_commit/john_and_susan",
        john_and_susan,
    ),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The table of the page, with its rows.
const STOCK: &str = "\
CREATE TABLE stock (
    place TEXT PRIMARY KEY,
    boxes INTEGER NOT NULL CHECK (boxes >= 0)
);
INSERT INTO stock (place, boxes) VALUES ('cellar', 20), ('hall', 5);";

// ANCHOR: load
/// Boxes on one van: all of them arrive, or none has left.
pub struct Trip<'c> {
    conn: &'c mut Connection,
    has_failed: bool,
}

impl<'c> Trip<'c> {
    pub fn start(conn: &'c mut Connection) -> Result<Self> {
        conn.execute_batch("BEGIN")?; // 1 begin
        let has_failed = false;
        Ok(Self { conn, has_failed })
    }

    pub fn load(&mut self, place: &str, boxes: i64) -> Result<()> {
        if self.has_failed {
            return Err("this trip has failed".into());
        }
        let take = "UPDATE stock SET boxes = boxes - ?1 WHERE place = ?2";
        let taken = self.conn.execute(take, (boxes, place));
        self.has_failed = taken.is_err(); // 2 remember what failed
        taken?;
        Ok(())
    }
    // ANCHOR_END: load

    // ANCHOR: arrive
    /// The boxes have left their places for good.
    pub fn arrive(self) -> Result<()> {
        if self.has_failed {
            return Err("this trip has failed".into());
        }
        self.conn.execute_batch("COMMIT")?; // 3 commit
        Ok(())
    }
}

impl Drop for Trip<'_> {
    fn drop(&mut self) {
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK").ok(); // 4 undo where it ends
        }
    }
}
// ANCHOR_END: arrive

/// The counter of a library. Each reader takes all books, or none.
pub struct Counter<'c> {
    conn: &'c mut Connection,
}

// ANCHOR: counter
impl Counter<'_> {
    /// Notes a book. The first one begins.
    pub fn lend(&mut self, book: &str, reader: &str) -> Result<()> {
        let at_rest = self.conn.is_autocommit();
        if at_rest {
            self.conn.execute_batch("BEGIN")?; // 1 begin
        }
        let sql = "UPDATE books SET reader = ?1 WHERE title = ?2";
        self.conn.execute(sql, [reader, book])?;
        Ok(())
    }

    /// The reader leaves with the books. The counter goes on.
    pub fn next_reader(&mut self) -> Result<()> {
        let at_rest = self.conn.is_autocommit();
        if !at_rest {
            self.conn.execute_batch("COMMIT")?; // 3 commit
        }
        Ok(())
    }
}
// ANCHOR_END: counter

impl Drop for Counter<'_> {
    fn drop(&mut self) {
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK").ok();
        }
    }
}

thread_local! {
    /// The statements that a connection of this thread has sent.
    static SENT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn remember(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(_, sql) = event {
        let words: Vec<&str> = sql.split(' ').collect();
        let short = match words.as_slice() {
            ["INSERT", "INTO", table, ..] => format!("INSERT INTO {}", table.replace('"', "")),
            [first, ..] => (*first).to_owned(),
            [] => String::new(),
        };
        SENT.with_borrow_mut(|sent| sent.push(short));
    }
}

/// A file, and what two connections do with it: this one is listened to.
struct Scene {
    folder: tempfile::TempDir,
    conn: Connection,
    other: Connection,
}

impl Scene {
    fn new(sql: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let open = |folder: &Path| Connection::open(folder.join("scene.db"));
        let conn = open(folder.path())?;
        conn.execute_batch(sql)?;
        conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(remember));
        let other = open(folder.path())?;
        Ok(Self {
            folder,
            conn,
            other,
        })
    }
}

/// A line: what was called, what SQLite got, what another connection finds.
fn line(out: &mut dyn Write, call: &str, found: &str, answer: &str) -> Result<()> {
    let sent = SENT.take().join(", ");
    let sent = if sent.is_empty() { "-" } else { &sent };
    let line = format!("{call:<27}{sent:<27}{found:<20}{answer}");
    writeln!(out, "{}", line.trim_end())?;
    Ok(())
}

/// A trip that arrives, and one that fails.
fn trips(out: &mut dyn Write) -> Result<()> {
    let mut scene = Scene::new(STOCK)?;
    line_of_names(out, &["the trip", "SQLite gets", "another finds", "answer"])?;
    for (first, second) in [(10, 3), (5, 30)] {
        let mut trip = Trip::start(&mut scene.conn)?;
        let stock = || stock(&scene.other);
        line(out, "Trip::start", &stock()?, "Ok")?;
        for (place, boxes) in [("cellar", first), ("hall", second), ("cellar", 1)] {
            let answer = said(trip.load(place, boxes));
            line(
                out,
                &format!("trip.load({place:?}, {boxes})"),
                &stock()?,
                &answer,
            )?;
        }
        let answer = said(trip.arrive());
        line(out, "trip.arrive()", &stock()?, &answer)?;
    }
    drop(scene.folder);
    Ok(())
}

fn line_of_names(out: &mut dyn Write, names: &[&str; 4]) -> Result<()> {
    let [call, sent, found, answer] = names;
    writeln!(out, "{call:<27}{sent:<27}{found:<20}{answer}")?;
    Ok(())
}

/// `Ok`, or the beginning of what was said.
fn said<T>(answer: Result<T>) -> String {
    match answer {
        Ok(_) => "Ok".to_owned(),
        Err(error) if error.to_string().contains("CHECK") => "Err: CHECK".to_owned(),
        Err(error) => format!("Err: {error}"),
    }
}

fn stock(conn: &Connection) -> Result<String> {
    let sql = "SELECT group_concat(place || ' ' || boxes, ', ' ORDER BY place) FROM stock";
    Ok(conn.query_one(sql, [], |row| row.get(0))?)
}

/// Users and posts of a microblog.
const MICROBLOG: &str = "\
CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);";

struct User {
    id: Option<i64>,
    username: String,
}

struct Post {
    id: Option<i64>,
    user_id: Option<i64>,
    title: String,
}

impl User {
    fn named(username: &str) -> Self {
        let username = username.to_owned();
        Self { id: None, username }
    }
}

impl Post {
    fn by(user: &User, title: &str) -> Self {
        let (user_id, title) = (user.id, title.to_owned());
        Self {
            id: None,
            user_id,
            title,
        }
    }
}

impl Model for User {
    const TABLE: &'static str = "users";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("username", ColumnType::Text).not_null())
            .primary_key(&["id"])
            .unique(&["username"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (id, username) = (row.get("id")?, row.get("username")?);
        Ok(Self { id, username })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        let username = self.username.clone();
        vec![("id", self.id.into()), ("username", username.into())]
    }
}

impl Model for Post {
    const TABLE: &'static str = "posts";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("user_id", ColumnType::Integer).not_null())
            .column(Column::new("title", ColumnType::Text).not_null())
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (id, user_id) = (row.get("id")?, row.get("user_id")?);
        let title = row.get("title")?;
        Ok(Self { id, user_id, title })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("user_id", self.user_id.into()),
            ("title", self.title.clone().into()),
        ]
    }
}

/// The scene of the page, with `told` after each call.
fn scene(
    conn: &mut Connection,
    mut told: impl FnMut(&str, Option<i64>) -> Result<()>,
) -> Result<()> {
    let mut session = Session::new(conn);
    let john = session.add(&User::named("john"))?;
    told("session.add(&john)", john.id)?;
    session.commit()?;
    told("session.commit()", None)?;
    let susan = session.add(&User::named("susan"))?;
    told("session.add(&susan)", susan.id)?;
    let post = session.add(&Post::by(&susan, "My first post!"))?;
    told("session.add(&her_post)", post.id)?;
    session.commit()?;
    told("session.commit()", None)?;
    let spam = session.add(&User::named("spam"))?;
    told("session.add(&spam)", spam.id)?;
    session.rollback()?;
    told("session.rollback()", None)?;
    Ok(())
}

/// John, Susan and the first post.
fn john_and_susan(out: &mut dyn Write) -> Result<()> {
    let mut both = Scene::new(MICROBLOG)?;
    line_of_names(out, &["the session", "SQLite gets", "another finds", "id"])?;
    let other = both.other;
    scene(&mut both.conn, |call, id| {
        let id = id.map_or_else(String::new, |id| id.to_string());
        line(out, call, &everybody(&other)?, &id)
    })?;
    drop(both.folder);
    Ok(())
}

fn everybody(conn: &Connection) -> Result<String> {
    let sql = "SELECT coalesce(group_concat(username, ', ' ORDER BY users.id), '-')
        || (SELECT iif(count(*) > 0, ', ' || count(*) || ' post', '') FROM posts) FROM users";
    Ok(conn.query_one(sql, [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trip_arrives_or_never_left() -> Result<()> {
        let mut scene = Scene::new(STOCK)?;
        let mut trip = Trip::start(&mut scene.conn)?;
        trip.load("cellar", 10)?;
        trip.load("hall", 3)?;
        assert_eq!(stock(&scene.other)?, "cellar 20, hall 5");
        trip.arrive()?;
        assert_eq!(stock(&scene.other)?, "cellar 10, hall 2");
        let mut trip = Trip::start(&mut scene.conn)?;
        trip.load("cellar", 10)?;
        assert!(trip.load("hall", 3).is_err());
        assert!(trip.load("cellar", 1).is_err());
        assert!(trip.arrive().is_err());
        assert!(scene.conn.is_autocommit());
        assert_eq!(stock(&scene.other)?, "cellar 10, hall 2");
        Ok(())
    }

    #[test]
    fn each_reader_takes_all_or_none() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE books (title TEXT PRIMARY KEY, reader TEXT CHECK (reader <> 'Max'));
             INSERT INTO books (title) VALUES ('Emma'), ('Ulysses'), ('Faust')",
        )?;
        let mut counter = Counter { conn: &mut conn };
        counter.next_reader()?;
        counter.lend("Emma", "Ada")?;
        counter.next_reader()?;
        counter.lend("Faust", "Bo")?;
        drop(counter);
        let sql = "SELECT group_concat(title || ' ' || reader) FROM books";
        let lent: String = conn.query_one(sql, [], |row| row.get(0))?;
        assert_eq!(lent, "Emma Ada");
        assert!(conn.is_autocommit());
        Ok(())
    }

    #[test]
    fn john_and_susan_have_their_ids_and_spam_is_gone() -> Result<()> {
        let mut both = Scene::new(MICROBLOG)?;
        let mut seen = Vec::new();
        let other = both.other;
        scene(&mut both.conn, |_, id| {
            seen.push((id, everybody(&other)?));
            Ok(())
        })?;
        let seen: Vec<_> = seen.iter().map(|(id, all)| (*id, all.as_str())).collect();
        assert_eq!(
            seen,
            [
                (Some(1), "-"),
                (None, "john"),
                (Some(2), "john"),
                (Some(1), "john"),
                (None, "john, susan, 1 post"),
                (Some(3), "john, susan, 1 post"),
                (None, "john, susan, 1 post"),
            ]
        );
        Ok(())
    }

    #[test]
    fn what_was_committed_stays_and_the_rest_goes() -> Result<()> {
        fn two_users(conn: &mut Connection) -> mini_orm::Result<()> {
            let mut session = Session::new(conn);
            session.add(&User::named("ada"))?;
            session.commit()?;
            session.add(&User::named("bo"))?;
            session.add(&User::named("ada"))?;
            session.commit()
        }
        let mut both = Scene::new(MICROBLOG)?;
        assert!(two_users(&mut both.conn).is_err());
        assert_eq!(everybody(&both.other)?, "ada");
        Ok(())
    }

    #[test]
    fn an_id_is_known_before_others_find_the_row() -> Result<()> {
        let mut both = Scene::new(MICROBLOG)?;
        let mut session = Session::new(&mut both.conn);
        let ada = session.add(&User::named("ada"))?;
        assert_eq!(ada.id, Some(1));
        assert_eq!(everybody(&both.other)?, "-");
        session.commit()?;
        assert_eq!(everybody(&both.other)?, "ada");
        Ok(())
    }

    #[test]
    fn after_a_refused_row_commit_is_an_error() -> Result<()> {
        let mut both = Scene::new(MICROBLOG)?;
        let mut session = Session::new(&mut both.conn);
        session.add(&User::named("ada"))?;
        assert!(session.add(&User::named("ada")).is_err());
        let error = session.add(&User::named("bo")).err().unwrap();
        assert!(matches!(error, mini_orm::Error::NeedsRollback));
        let error = session.commit().unwrap_err();
        assert!(matches!(error, mini_orm::Error::NeedsRollback));
        session.rollback()?;
        session.add(&User::named("bo"))?;
        session.commit()?;
        assert_eq!(everybody(&both.other)?, "bo");
        Ok(())
    }

    #[test]
    fn a_refused_commit_leaves_the_transaction_open_and_a_veto_does_not() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let sql = "CREATE TABLE vans (id INTEGER PRIMARY KEY);
             CREATE TABLE loads (van_id INTEGER REFERENCES vans (id)
                 DEFERRABLE INITIALLY DEFERRED);
             BEGIN;
             INSERT INTO loads VALUES (7);";
        conn.execute_batch(sql)?;
        assert!(conn.execute_batch("COMMIT").is_err());
        assert!(!conn.is_autocommit());
        conn.execute_batch("ROLLBACK; BEGIN; INSERT INTO vans VALUES (1)")?;
        conn.commit_hook(Some(|| true))?;
        assert!(conn.execute_batch("COMMIT").is_err());
        assert!(conn.is_autocommit());
        Ok(())
    }

    /// What the page says of `mini_orm`'s own session.
    #[test]
    fn mini_orms_session_waits_with_its_statements() -> Result<()> {
        let mut both = Scene::new(MICROBLOG)?;
        let mut session = mini_orm::Session::new(&mut both.conn);
        let ada = session.add(User::named("ada"));
        assert_eq!(ada.borrow().id, None);
        assert_eq!(SENT.take(), Vec::<String>::new());
        session.commit()?;
        assert_eq!(ada.borrow().id, Some(1));
        assert_eq!(SENT.take(), ["BEGIN", "INSERT INTO users", "COMMIT"]);
        Ok(())
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/05_sessions/01_session_commit.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
