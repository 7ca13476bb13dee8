//! 2.5 By primary key, all, first, none: parcels in a shop, and songs.

use std::error::Error;
use std::io::Write;

use rusqlite::{Connection, OptionalExtension, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("02_rows/05_get_and_all/at_the_counter", at_the_counter),
    ("02_rows/05_get_and_all/three_answers", three_answers),
];

/// The table as the page makes it, with the shelf that a tool wrote.
pub const PARCELS: &str = "
    CREATE TABLE parcels (
        number INTEGER PRIMARY KEY,
        receiver TEXT NOT NULL,
        grams INTEGER NOT NULL,
        shelf INTEGER
    );
    INSERT INTO parcels (number, receiver, grams, shelf)
    VALUES (12, 'Okoro', 900, 3), (15, 'Lind', 250, 1), (31, 'Okoro', 900, NULL),
           (40, 'Okoro', 1200, 3);
    UPDATE parcels SET grams = 'light' WHERE number = 15;";

/// Songs, of which two are equally long.
pub const SONGS: &str = "
    CREATE TABLE songs (id INTEGER PRIMARY KEY, title TEXT NOT NULL, seconds INTEGER NOT NULL);
    INSERT INTO songs (id, title, seconds)
    VALUES (4, 'Rain', 212), (7, 'Dust', 187), (9, 'Glass', 187);";

// ANCHOR: hasty
/// How heavy a parcel is, or `None` if it is not here.
pub fn hasty(conn: &Connection, number: i64) -> Option<i64> {
    let sql = "SELECT grams FROM parcels WHERE number = ?1";
    conn.query_one(sql, [number], |row| row.get("grams")).ok()
}
// ANCHOR_END: hasty

// ANCHOR: grams
/// How heavy a parcel is, or `None` if it is not here.
pub fn grams(conn: &Connection, number: i64) -> Result<Option<i64>> {
    let sql = "SELECT grams FROM parcels WHERE number = ?1"; // 1 ask by the key
    conn.query_one(sql, [number], |row| row.get("grams"))
        .optional() // 2 make none of no row
}
// ANCHOR_END: grams

// ANCHOR: in_order
/// The numbers of one receiver's parcels, the heaviest first.
pub fn numbers_of(conn: &Connection, receiver: &str) -> Result<Vec<i64>> {
    let mut statement = conn.prepare(
        "SELECT number FROM parcels WHERE receiver = ?1
         ORDER BY grams DESC, number", // 3 say the whole order
    )?;
    let numbers = statement.query_map([receiver], |row| row.get("number"))?;
    numbers.collect()
}

/// The heaviest of one receiver's parcels, if there is one.
pub fn heaviest(conn: &Connection, receiver: &str) -> Result<Option<i64>> {
    let sql = "SELECT number FROM parcels WHERE receiver = ?1
               ORDER BY grams DESC, number LIMIT 1"; // 3, and 4 keep one row
    conn.query_one(sql, [receiver], |row| row.get("number"))
        .optional() // 2 make none of no row
}
// ANCHOR_END: in_order

// ANCHOR: next_longer
/// The title of the shortest song that takes longer than `seconds`; of several
/// equally short ones, the one that was stored first.
pub fn next_longer(conn: &Connection, seconds: i64) -> Result<Option<String>> {
    let mut statement = conn.prepare(
        "SELECT title FROM songs WHERE seconds > ?1
         ORDER BY seconds, id LIMIT 1",
    )?;
    let mut titles = statement.query_map([seconds], |row| row.get("title"))?;
    titles.next().transpose()
}
// ANCHOR_END: next_longer

fn at_the_counter(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(PARCELS)?;
    for number in [12, 13, 15] {
        writeln!(out, "hasty  {number}  {:?}", hasty(&conn, number))?;
    }
    Ok(())
}

fn three_answers(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(PARCELS)?;
    for number in [12, 13, 15] {
        match grams(&conn, number) {
            Err(error) => writeln!(out, "grams       {number}     Err: {error}")?,
            found => writeln!(out, "grams       {number}     {found:?}")?,
        }
    }
    for receiver in ["Okoro", "Blum"] {
        writeln!(
            out,
            "numbers_of  {receiver:<5}  {:?}",
            numbers_of(&conn, receiver)
        )?;
        let found = heaviest(&conn, receiver);
        writeln!(out, "heaviest    {receiver:<5}  {found:?}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Error;

    use super::*;

    fn shop() -> Result<Connection> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(PARCELS)?;
        Ok(conn)
    }

    #[test]
    fn ok_hides_every_error_and_optional_hides_one() -> Result<()> {
        let conn = shop()?;
        assert_eq!((hasty(&conn, 13), hasty(&conn, 15)), (None, None));
        assert_eq!(grams(&conn, 13)?, None);
        let told = grams(&conn, 15);
        assert!(
            matches!(told, Err(Error::InvalidColumnType(..))),
            "{told:?}"
        );
        conn.execute_batch("DROP TABLE parcels")?;
        assert_eq!(hasty(&conn, 12), None);
        assert!(grams(&conn, 12).is_err());
        Ok(())
    }

    #[test]
    fn no_row_is_an_error_to_query_one() -> Result<()> {
        let conn = shop()?;
        let sql = "SELECT number FROM parcels WHERE number = 13";
        let told = conn.query_one(sql, [], |row| row.get::<_, Option<i64>>(0));
        assert_eq!(told, Err(Error::QueryReturnedNoRows));
        Ok(())
    }

    #[test]
    fn a_row_with_null_is_a_row() -> Result<()> {
        let conn = shop()?;
        let shelf = |number: i64| {
            let sql = "SELECT shelf FROM parcels WHERE number = ?1";
            let found = conn.query_one(sql, [number], |row| row.get::<_, Option<i64>>("shelf"));
            found.optional()
        };
        assert_eq!(shelf(12)?, Some(Some(3)));
        assert_eq!(shelf(31)?, Some(None));
        assert_eq!(shelf(13)?, None);
        Ok(())
    }

    #[test]
    fn query_one_refuses_a_second_row_and_query_row_does_not_look() -> Result<()> {
        let conn = shop()?;
        let sql = "SELECT number FROM parcels ORDER BY number";
        let one = conn.query_one(sql, [], |row| row.get::<_, i64>(0));
        assert_eq!(one, Err(Error::QueryReturnedMoreThanOneRow));
        assert_eq!(conn.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(12));
        Ok(())
    }

    #[test]
    fn the_heaviest_is_the_first_of_the_round() -> Result<()> {
        let conn = shop()?;
        assert_eq!(numbers_of(&conn, "Okoro")?, [40, 12, 31]);
        assert_eq!(heaviest(&conn, "Okoro")?, Some(40));
        assert_eq!(numbers_of(&conn, "Blum")?, []);
        assert_eq!(heaviest(&conn, "Blum")?, None);
        Ok(())
    }

    #[test]
    fn the_next_longer_song_is_found_or_none() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(SONGS)?;
        assert_eq!(next_longer(&conn, 60)?.as_deref(), Some("Dust"));
        assert_eq!(next_longer(&conn, 187)?.as_deref(), Some("Rain"));
        assert_eq!(next_longer(&conn, 212)?, None);
        conn.execute_batch("UPDATE songs SET title = x'ff' WHERE id = 7")?;
        assert!(next_longer(&conn, 60).is_err());
        Ok(())
    }
}
