//! 1.3 A trait for all models: rooms, and functions for every model.

use std::error::Error;
use std::io::Write;

use mini_orm::{Column, ColumnType, Model, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("01_models/03_pet_model/sql", sql),
    ("01_models/03_pet_model/stored", stored),
];

// ANCHOR: room
#[derive(Debug)]
struct Room {
    id: Option<i64>,
    code: String,
    floor: Option<i64>,
}

impl Model for Room {
    const TABLE: &'static str = "rooms";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("code", ColumnType::Text).not_null())
            .column(Column::new("floor", ColumnType::Integer))
            .primary_key(&["id"])
    }
    // ANCHOR_END: room

    // ANCHOR: mapping
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id = row.get("id")?;
        let (code, floor) = (row.get("code")?, row.get("floor")?);
        Ok(Self { id, code, floor })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        let code = self.code.clone();
        vec![
            ("id", self.id.into()),
            ("code", code.into()),
            ("floor", self.floor.into()),
        ]
    }
    // ANCHOR_END: mapping
}

// ANCHOR: store
/// For rooms only: the SQL names the table and its columns.
fn store(conn: &Connection, room: &Room) -> rusqlite::Result<Room> {
    let sql = "INSERT INTO rooms (code, floor) VALUES (?1, ?2) RETURNING *";
    conn.query_one(sql, (&room.code, room.floor), Room::from_row)
}
// ANCHOR_END: store

// ANCHOR: count
/// For every model: the name of the table comes from the model.
pub fn count<M: Model>(conn: &Connection) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM {}", M::TABLE);
    Ok(conn.query_one(&sql, [], |row| row.get(0))?)
}
// ANCHOR_END: count

fn sql(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    write!(out, "{}", Room::table().create_sql()?)?;
    Ok(())
}

fn rooms() -> std::result::Result<Connection, Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(&Room::table().create_sql()?)?;
    Ok(conn)
}

fn lab() -> Room {
    Room {
        id: None,
        code: "LAB-1".to_owned(),
        floor: None,
    }
}

fn stored(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = rooms()?;
    let lab = lab();
    writeln!(out, "values   {:?}", lab.values())?;
    writeln!(out, "returned {:?}", store(&conn, &lab)?)?;
    Ok(())
}

// ANCHOR: latest
/// The row of any model with the largest key, or an error if there is none.
pub fn latest<M: Model>(conn: &Connection) -> Result<M> {
    let key = M::table().primary_key.remove(0);
    let sql = format!("SELECT * FROM {} ORDER BY {} DESC LIMIT 1", M::TABLE, key);
    Ok(conn.query_one(&sql, [], M::from_row)?)
}
// ANCHOR_END: latest

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_goes_in_and_comes_back() {
        let conn = rooms().unwrap();
        let stored = store(&conn, &lab()).unwrap();
        assert_eq!((stored.id, stored.floor), (Some(1), None));
        assert_eq!(count::<Room>(&conn).unwrap(), 1);
        assert_eq!(latest::<Room>(&conn).unwrap().code, "LAB-1");
    }

    #[test]
    fn the_latest_of_two_rooms_has_the_larger_key() {
        let conn = rooms().unwrap();
        assert!(latest::<Room>(&conn).is_err());
        store(&conn, &lab()).unwrap();
        let mut gym = lab();
        gym.code = "GYM".to_owned();
        store(&conn, &gym).unwrap();
        assert_eq!(latest::<Room>(&conn).unwrap().code, "GYM");
    }

    /// A name cannot be bound: it stands in the SQL.
    #[test]
    fn a_placeholder_is_no_place_for_a_name() {
        let conn = rooms().unwrap();
        let error = conn.prepare("SELECT count(*) FROM ?1").unwrap_err();
        assert!(error.to_string().contains("syntax error"), "{error}");
        conn.execute("INSERT INTO rooms (code) VALUES ('LAB-1')", [])
            .unwrap();
        let value: String = conn
            .query_one("SELECT ?1 FROM rooms", ["code"], |row| row.get(0))
            .unwrap();
        assert_eq!(value, "code");
    }

    #[test]
    fn a_new_field_is_no_new_column() {
        let conn = rooms().unwrap();
        let error = conn
            .prepare("SELECT id, code, floor, seats FROM rooms")
            .unwrap_err();
        assert!(error.to_string().contains("no such column: seats"));
    }

    #[test]
    fn a_description_without_columns_is_refused() {
        let table = Table::new("rooms").primary_key(&["id"]);
        assert!(matches!(
            table.create_sql(),
            Err(mini_orm::Error::NoColumns { .. })
        ));
    }

    /// A `NULL` fits an `Option` only, and the error comes when it is read.
    #[test]
    fn null_is_no_number() {
        let conn = rooms().unwrap();
        store(&conn, &lab()).unwrap();
        let floor = conn.query_one("SELECT floor FROM rooms", [], |row| row.get::<_, i64>(0));
        assert!(matches!(floor, Err(rusqlite::Error::InvalidColumnType(..))));
    }
}
