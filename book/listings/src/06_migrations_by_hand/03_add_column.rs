//! 6.3 A column for a table that has rows: rooms of a school, and the users of
//! last year's program.

use std::error::Error;
use std::io::Write;

use mini_orm::{Column, ColumnType, MetaData, Model, Step, Table, migrate_to};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("06_migrations_by_hand/03_add_column/bio", bio),
    ("06_migrations_by_hand/03_add_column/rooms", rooms),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const LAST_YEAR: &str = "
    CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL);
    INSERT INTO users (username) VALUES ('john'), ('susan');
    PRAGMA user_version = 1;";

const USERS: Step = Step {
    up: "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL)",
    down: Some("DROP TABLE users"),
};

const ADD_USER_BIO: Step = Step {
    up: "ALTER TABLE users ADD COLUMN bio TEXT",
    down: Some("ALTER TABLE users DROP COLUMN bio"),
};

/// The model of this year, with its new field.
struct User {
    id: Option<i64>,
    username: String,
    bio: Option<String>,
}

impl Model for User {
    const TABLE: &'static str = "users";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("username", ColumnType::Text).not_null())
            .column(Column::new("bio", ColumnType::Text))
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            username: row.get("username")?,
            bio: row.get("bio")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("username", self.username.clone().into()),
            ("bio", self.bio.clone().into()),
        ]
    }
}

/// A file of last year meets the model of this year.
///
/// # Errors
/// When SQLite refuses what is not to be refused.
pub fn bio(out: &mut dyn Write) -> Result<()> {
    let mut conn = Connection::open_in_memory()?;
    conn.execute_batch(LAST_YEAR)?;
    writeln!(out, "last year        {}", columns(&conn, "users")?)?;
    // ANCHOR: bio
    // The model `User` has the new field `bio`.
    MetaData::new().register::<User>()?.create_all(&conn)?;
    writeln!(out, "create_all       {}", columns(&conn, "users")?)?;

    // The step "add user bio column", and back, and again.
    for version in [2, 1, 2] {
        migrate_to(&mut conn, &[USERS, ADD_USER_BIO], version)?;
        writeln!(out, "to version {version}     {}", columns(&conn, "users")?)?;
    }
    // ANCHOR_END: bio
    for user in mini_orm::all::<User>(&conn)? {
        writeln!(
            out,
            "                 {}, bio {:?}",
            user.username, user.bio
        )?;
    }
    Ok(())
}

const SCHOOL: &str = "
    CREATE TABLE rooms (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
    INSERT INTO rooms (code) VALUES ('GYM'), ('LAB'), ('ART');
    CREATE TABLE bookings (room_id INTEGER NOT NULL, day TEXT NOT NULL);
    INSERT INTO bookings VALUES (2, '2026-03-09'), (1, '2025-10-01'), (2, '2026-01-12');
    PRAGMA user_version = 1;";

const ROOMS: Step = Step {
    up: "
    CREATE TABLE rooms (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
    CREATE TABLE bookings (room_id INTEGER NOT NULL, day TEXT NOT NULL);",
    down: Some("DROP TABLE bookings; DROP TABLE rooms"),
};

// ANCHOR: steps
/// Kind 1: it may be unknown.
const NOTE: Step = Step {
    up: "ALTER TABLE rooms ADD COLUMN note TEXT;",
    down: Some("ALTER TABLE rooms DROP COLUMN note;"),
};
/// Kind 2: one value is true of all rows.
const FLOOR: Step = Step {
    up: "ALTER TABLE rooms ADD COLUMN floor INTEGER NOT NULL DEFAULT 0
             CHECK (floor IN (0, 1, 2, 3));",
    down: Some("ALTER TABLE rooms DROP COLUMN floor;"),
};
/// Kind 3: each row has a value of its own.
const LAST_USED: Step = Step {
    up: "
        ALTER TABLE rooms ADD COLUMN last_used TEXT;   -- a: add
        UPDATE rooms SET last_used = coalesce(         -- b: fill
            (SELECT max(day) FROM bookings WHERE room_id = rooms.id),
            '2025-09-01'
        );
        ALTER TABLE rooms ALTER COLUMN last_used SET NOT NULL; -- c: forbid NULL",
    down: Some("ALTER TABLE rooms DROP COLUMN last_used;"),
};
// ANCHOR_END: steps

const STEPS: &[Step] = &[ROOMS, NOTE, FLOOR, LAST_USED];

/// The rooms after each step up, and after the steps back.
///
/// # Errors
/// When SQLite refuses what is not to be refused.
pub fn rooms(out: &mut dyn Write) -> Result<()> {
    let mut conn = Connection::open_in_memory()?;
    conn.execute_batch(SCHOOL)?;
    for version in [1, 4, 1] {
        migrate_to(&mut conn, STEPS, version)?;
        writeln!(out, "version {version}: {}", columns(&conn, "rooms")?)?;
        let mut statement = conn.prepare("SELECT * FROM rooms ORDER BY id")?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let cells: rusqlite::Result<Vec<Value>> =
                (0..width).map(|index| row.get(index)).collect();
            let cells: Vec<String> = cells?.iter().map(shown).collect();
            writeln!(out, "           {}", cells.join(", "))?;
        }
    }
    Ok(())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        _ => "NULL".to_owned(),
    }
}

/// The names of a table's columns, in a line.
fn columns(conn: &Connection, table: &str) -> rusqlite::Result<String> {
    conn.query_one(
        "SELECT group_concat(name, ', ' ORDER BY cid) FROM pragma_table_info(?1)",
        [table],
        |row| row.get(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school() -> Result<Connection> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(SCHOOL)?;
        Ok(conn)
    }

    #[test]
    fn create_all_adds_nothing_to_a_table_that_exists() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        conn.execute_batch(LAST_YEAR)?;
        let report = MetaData::new().register::<User>()?.create_all(&conn)?;
        assert!(report.created.is_empty());
        assert_eq!(columns(&conn, "users")?, "id, username");
        assert!(mini_orm::all::<User>(&conn).is_err());
        migrate_to(&mut conn, &[USERS, ADD_USER_BIO], 2)?;
        assert_eq!(columns(&conn, "users")?, "id, username, bio");
        let users = mini_orm::all::<User>(&conn)?;
        assert_eq!(users.len(), 2);
        assert!(users.iter().all(|user| user.bio.is_none()));
        migrate_to(&mut conn, &[USERS, ADD_USER_BIO], 1)?;
        assert_eq!(columns(&conn, "users")?, "id, username");
        Ok(())
    }

    /// Only what refers to the rows gives away that they are gone.
    #[test]
    fn a_table_that_is_made_anew_loses_its_rows() -> Result<()> {
        const ANEW: Step = Step {
            up: "DROP TABLE users;
                 CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL, bio TEXT);",
            down: None,
        };
        let upgraded = |posts: &str| -> Result<i64> {
            let mut conn = Connection::open_in_memory()?;
            conn.execute_batch(LAST_YEAR)?;
            conn.execute_batch(
                "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id REFERENCES users (id))",
            )?;
            conn.execute_batch(posts)?;
            migrate_to(&mut conn, &[USERS, ANEW], 2)?;
            let users = "SELECT count(*) FROM users";
            Ok(conn.query_one(users, [], |row| row.get(0))?)
        };
        assert_eq!(upgraded("")?, 0);
        let refused = upgraded("INSERT INTO posts (user_id) VALUES (1)").unwrap_err();
        assert!(refused.to_string().contains("foreign keys"), "{refused}");
        Ok(())
    }

    #[test]
    fn rooms_keep_their_rows_up_and_back() -> Result<()> {
        let mut conn = school()?;
        migrate_to(&mut conn, STEPS, 4)?;
        let found: String = conn.query_one(
            "SELECT group_concat(code || floor || last_used, ' ' ORDER BY id) FROM rooms",
            [],
            |row| row.get(0),
        )?;
        assert_eq!(found, "GYM02025-10-01 LAB02026-03-09 ART02025-09-01");
        let without = conn.execute("INSERT INTO rooms (code) VALUES ('NEW')", []);
        assert!(without.is_err());
        migrate_to(&mut conn, STEPS, 1)?;
        assert_eq!(columns(&conn, "rooms")?, "id, code");
        Ok(())
    }

    /// What an older SQLite reads in a file that took step 4.
    #[test]
    fn not_null_is_written_as_in_create_table() -> Result<()> {
        let mut conn = school()?;
        migrate_to(&mut conn, STEPS, 4)?;
        let sql: String = conn.query_one(
            "SELECT sql FROM sqlite_schema WHERE name = 'rooms'",
            [],
            |row| row.get(0),
        )?;
        assert!(sql.contains("last_used TEXT NOT NULL"), "{sql}");
        Ok(())
    }

    #[test]
    fn not_null_is_refused_while_a_row_has_none() -> Result<()> {
        let conn = school()?;
        conn.execute_batch("ALTER TABLE rooms ADD COLUMN seats INTEGER")?;
        let forbid = "ALTER TABLE rooms ALTER COLUMN seats SET NOT NULL";
        let error = conn.execute_batch(forbid).unwrap_err();
        assert!(error.to_string().contains("constraint failed"), "{error}");
        Ok(())
    }

    #[test]
    fn an_update_fires_triggers() -> Result<()> {
        let conn = school()?;
        conn.execute_batch(
            "CREATE TABLE changes (room_id INTEGER);
             CREATE TRIGGER log AFTER UPDATE ON rooms
                 BEGIN INSERT INTO changes VALUES (new.id); END;
             ALTER TABLE rooms ADD COLUMN seats INTEGER DEFAULT 30;",
        )?;
        let changes = || {
            let sql = "SELECT count(*) FROM changes";
            conn.query_one(sql, [], |row| row.get::<_, i64>(0))
        };
        assert_eq!(changes()?, 0);
        conn.execute_batch("UPDATE rooms SET seats = 20")?;
        assert_eq!(changes()?, 3);
        Ok(())
    }

    #[test]
    fn a_column_that_is_unique_or_indexed() -> Result<()> {
        let conn = school()?;
        let unique = "ALTER TABLE rooms ADD COLUMN door TEXT UNIQUE";
        assert!(conn.execute_batch(unique).is_err());
        conn.execute_batch(
            "ALTER TABLE rooms ADD COLUMN door TEXT;
             CREATE UNIQUE INDEX uq_rooms_door ON rooms (door);",
        )?;
        let drop = "ALTER TABLE rooms DROP COLUMN door";
        assert!(conn.execute_batch(drop).is_err());
        conn.execute_batch("DROP INDEX uq_rooms_door")?;
        conn.execute_batch(drop)?;
        Ok(())
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/06_migrations_by_hand/03_add_column.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
