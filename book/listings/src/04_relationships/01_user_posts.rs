//! 4.1 One user, many posts: clubs and the teachers who lead them, trips and
//! their buses, and the microblog of John and Susan.

use std::error::Error;
use std::io::Write;

use mini_orm::{Column, ColumnType, ForeignKey, Table};
use rusqlite::{Connection, OptionalExtension, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("04_relationships/01_user_posts/clubs", clubs),
    ("04_relationships/01_user_posts/first_post", first_post),
    ("04_relationships/01_user_posts/trips_sql", trips_sql),
];

// ANCHOR: clubs_of
/// The titles of the clubs that this teacher leads.
pub fn clubs_of(conn: &Connection, teacher: i64) -> Result<Vec<String>> {
    let sql = "SELECT title FROM clubs WHERE teacher_id = ?1";
    let mut statement = conn.prepare(sql)?;
    let titles = statement.query_map([teacher], |row| row.get("title"))?;
    titles.collect()
}

/// The name of the teacher whose id stands in `teacher_id` of a club.
pub fn leader(conn: &Connection, teacher_id: i64) -> Result<String> {
    let sql = "SELECT name FROM teachers WHERE id = ?1";
    conn.query_one(sql, [teacher_id], |row| row.get("name"))
}
// ANCHOR_END: clubs_of

// ANCHOR: trips
/// Each trip is made by a bus, once it is known by which.
pub fn trips() -> Table {
    Table::new("trips")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("goal", ColumnType::String(80)).not_null())
        .column(Column::new("bus_id", ColumnType::Integer))
        .primary_key(&["id"])
        .foreign_key(ForeignKey::new(&["bus_id"], "buses"))
        .index(&["bus_id"])
}

/// The plate of the bus of a trip.
pub fn plate(conn: &Connection, bus_id: Option<i64>) -> Result<Option<String>> {
    let sql = "SELECT plate FROM buses WHERE id = ?1";
    conn.query_one(sql, [bus_id], |row| row.get("plate"))
        .optional()
}
// ANCHOR_END: trips

/// The school of the page.
const SCHOOL: &str = "
    PRAGMA foreign_keys = ON;
    CREATE TABLE teachers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE clubs (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        teacher_id INTEGER NOT NULL REFERENCES teachers (id)
    );
    CREATE INDEX ix_clubs_teacher_id ON clubs (teacher_id);
    INSERT INTO teachers (name) VALUES ('Ida'), ('Max'), ('Eve');
    INSERT INTO clubs (title, teacher_id) VALUES ('Chess', 1), ('Robots', 2), ('Choir', 1);";

/// What is found along the link, in both directions.
fn clubs(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(SCHOOL)?;
    for teacher in 1..=3 {
        let clubs = clubs_of(&conn, teacher)?;
        writeln!(out, "clubs_of(&conn, {teacher})   {clubs:?}")?;
    }
    writeln!(out, "leader(&conn, 2)     {:?}", leader(&conn, 2)?)?;
    writeln!(
        out,
        "leader(&conn, 9)     {}",
        leader(&conn, 9).unwrap_err()
    )?;
    Ok(())
}

/// The microblog of the exercise, by somebody who has solved it.
const MICROBLOG: &str = "
    PRAGMA foreign_keys = ON;
    CREATE TABLE users (id INTEGER PRIMARY KEY, username VARCHAR(80) NOT NULL UNIQUE);
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY,
        user_id INTEGER REFERENCES users (id),
        body VARCHAR(140) NOT NULL
    );
    CREATE INDEX ix_posts_user_id ON posts (user_id);
    INSERT INTO users (username) VALUES ('john'), ('susan');
    INSERT INTO posts (body, user_id) VALUES ('my first post!', 1);";

/// John writes a post, and both directions are asked.
fn first_post(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(MICROBLOG)?;
    let mut line = |what: &str, found: &str| writeln!(out, "{what:<27}{found}");
    for (id, name) in [(1, "john"), (2, "susan")] {
        let found = posts_of(&conn, id)?;
        line(&format!("the posts of {name}"), &format!("{found:?}"))?;
    }
    line(
        "the author of post 1",
        &format!("{:?}", author_of(&conn, 1)?),
    )?;
    let of_nobody = "INSERT INTO posts (body, user_id) VALUES ('Boo', 3)";
    let error = conn.execute(of_nobody, []).unwrap_err();
    line("a post of user 3", &error.to_string())?;
    Ok(())
}

fn posts_of(conn: &Connection, user: i64) -> Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT body FROM posts WHERE user_id = ?1")?;
    let posts = statement.query_map([user], |row| row.get(0))?;
    posts.collect()
}

fn author_of(conn: &Connection, post: i64) -> Result<Option<String>> {
    let sql = "SELECT username FROM posts JOIN users ON users.id = user_id WHERE posts.id = ?1";
    conn.query_one(sql, [post], |row| row.get(0)).optional()
}

/// The SQL of `trips`.
fn trips_sql(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    writeln!(out, "{}", trips().create_sql()?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use mini_orm::Violation;
    use rusqlite::{Error, ffi};

    use super::*;

    const PAGE: &str = include_str!("../../../src/04_relationships/01_user_posts.md");

    fn school() -> Result<Connection> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(SCHOOL)?;
        Ok(conn)
    }

    #[test]
    fn clubs_and_leaders_are_found_along_the_key() -> Result<()> {
        let conn = school()?;
        assert_eq!(clubs_of(&conn, 1)?, ["Chess", "Choir"]);
        assert!(clubs_of(&conn, 3)?.is_empty());
        assert_eq!(leader(&conn, 2)?, "Max");
        assert_eq!(leader(&conn, 9), Err(Error::QueryReturnedNoRows));
        Ok(())
    }

    #[test]
    fn john_has_one_post_and_susan_none() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(MICROBLOG)?;
        assert_eq!(posts_of(&conn, 1)?, ["my first post!"]);
        assert!(posts_of(&conn, 2)?.is_empty());
        assert_eq!(author_of(&conn, 1)?.as_deref(), Some("john"));
        Ok(())
    }

    /// A row that refers to nobody, and one that is referred to and goes: one
    /// code, and a text without a name.
    #[test]
    fn the_fourth_violation_names_no_column() -> Result<()> {
        let conn = school()?;
        for sql in [
            "INSERT INTO clubs (title, teacher_id) VALUES ('Yoga', 9)",
            "UPDATE clubs SET teacher_id = 9",
            "DELETE FROM teachers WHERE id = 1",
        ] {
            let error = conn.execute(sql, []).unwrap_err();
            assert_eq!(error.to_string(), "FOREIGN KEY constraint failed");
            let code = error.sqlite_extended_error_code();
            assert_eq!(code, Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY));
            assert_eq!(mini_orm::violation(&error), Violation::ForeignKey);
        }
        let code = format!(
            "`SQLITE_CONSTRAINT_FOREIGNKEY`, {}",
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY
        );
        assert!(PAGE.contains(&code));
        assert_eq!(conn.execute("DELETE FROM teachers WHERE id = 3", [])?, 1);
        Ok(())
    }

    #[test]
    fn a_trip_may_be_without_a_bus() -> std::result::Result<(), Box<dyn std::error::Error>> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE buses (id INTEGER PRIMARY KEY, plate TEXT NOT NULL)")?;
        conn.execute_batch(&trips().create_sql()?)?;
        conn.execute_batch("INSERT INTO buses (plate) VALUES ('AB 12')")?;
        conn.execute_batch("INSERT INTO trips (goal, bus_id) VALUES ('Sea', 1), ('Zoo', NULL)")?;
        assert!(conn.execute("UPDATE trips SET bus_id = 9", []).is_err());
        assert_eq!(plate(&conn, Some(1))?.as_deref(), Some("AB 12"));
        assert_eq!(plate(&conn, None)?, None);
        Ok(())
    }

    /// The plan before and after an index on the foreign key.
    #[test]
    fn a_foreign_key_finds_nothing() -> Result<()> {
        let conn = school()?;
        let plan = || -> Result<String> {
            let sql = "EXPLAIN QUERY PLAN SELECT title FROM clubs WHERE teacher_id = 1";
            conn.query_one(sql, [], |row| row.get("detail"))
        };
        assert!(plan()?.starts_with("SEARCH clubs USING INDEX"));
        conn.execute_batch("DROP INDEX ix_clubs_teacher_id")?;
        assert_eq!(plan()?, "SCAN clubs");
        Ok(())
    }

    /// What the page says of a table that is created before the one it refers to.
    #[test]
    fn the_table_referred_to_may_come_later() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE clubs (title TEXT, teacher_id INTEGER REFERENCES teachers (id))",
        )?;
        let insert = "INSERT INTO clubs VALUES ('Chess', NULL)";
        let error = conn.execute(insert, []).unwrap_err();
        assert!(error.to_string().contains("no such table: main.teachers"));
        conn.execute_batch("CREATE TABLE teachers (id INTEGER PRIMARY KEY)")?;
        assert_eq!(conn.execute(insert, [])?, 1);
        Ok(())
    }
}
