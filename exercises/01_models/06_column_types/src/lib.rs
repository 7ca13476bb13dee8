//! 1.6 What a column holds.
//!
//! `create_table` was written by someone who came from another database. SQLite
//! takes it without a word, and does with the values what it thinks best: repair
//! the types. There is none for a moment, so `UtcTime` becomes text on its way
//! into the database, and a moment again on its way out.
//!
//! `jiff` is a library for times. This is what you need of it:
//!
//! - `timestamp.strftime(FORM)` writes a `Timestamp` in UTC. `.to_string()`
//!   makes a `String` of what it returns.
//! - `jiff::civil::DateTime::strptime(FORM, text)` reads a date with a time.
//!   Where on earth that was, `jiff::tz::TimeZone::UTC.to_timestamp(date_time)`
//!   says: in UTC.
//! - A form is text with `%Y`, `%m` and `%d` for the date, `%H`, `%M` and `%S`
//!   for the time, `%.6f` for a point and six digits of a fraction, and `%.f`
//!   for a point and any number of digits, or nothing.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Result};

/// Creates the table `visits`: which pet was at the vet's, and when.
///
/// - `chip`: the number of the chip under the pet's skin, 15 digits, often with
///   zeros in front
/// - `grams`: the weight, a whole number that is compared and added up
/// - `notes`: any text as it was typed, or NULL
/// - `paid`: true or false, and nothing else
/// - `seen_at`: a moment, as `UtcTime` writes it
pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE visits (
            id INTEGER PRIMARY KEY,
            chip NUMBER(15) NOT NULL,
            grams VARCHAR(10) NOT NULL,
            notes STRING,
            paid BOOLEAN NOT NULL,
            seen_at DATETIME NOT NULL
        )",
    )
}

/// A moment, to the microsecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcTime(pub Timestamp);

/// How a moment goes into the database: as text in UTC, always in the form
/// `2026-03-01 14:05:00.000000`.
impl ToSql for UtcTime {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        todo!("write {self:?} as text")
    }
}

/// How it comes out: from that form, and from the one of SQLite's
/// `CURRENT_TIMESTAMP`, which has no fraction: `2026-03-01 14:05:00`.
///
/// Everything else is an error, a text with an offset from UTC such as `+05:00`
/// included. `value.as_str()?` is the text, if it is one, and
/// `.map_err(FromSqlError::other)?` hands an error of `jiff` on.
impl FromSql for UtcTime {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        todo!("read a moment from {value:?}")
    }
}
