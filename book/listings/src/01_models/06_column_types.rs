//! 1.6 What a column holds: members of a club, and laps.

use std::error::Error as StdError;
use std::io::Write;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{self, TimeZone};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Result};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("01_models/06_column_types/days", days),
    ("01_models/06_column_types/clocks", clocks),
];

// ANCHOR: day
/// A day, as text of one form: `2026-03-01`.
#[derive(Debug, PartialEq)]
pub struct Day(pub Date);

impl ToSql for Day {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        // 4 agree on one form
        let text = self.0.strftime("%Y-%m-%d").to_string();
        Ok(ToSqlOutput::from(text))
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        let date = Date::strptime("%Y-%m-%d", text).map_err(FromSqlError::other)?;
        Ok(Self(date))
    }
}
// ANCHOR_END: day

/// A `Day` on its way into the database, and values on their way out.
fn days(out: &mut dyn Write) -> std::result::Result<(), Box<dyn StdError>> {
    let conn = Connection::open_in_memory()?;
    let day = Day(Date::new(2026, 3, 1)?);
    let text: String = conn.query_one("SELECT ?1", [&day], |row| row.get(0))?;
    writeln!(out, "writes {text}")?;
    for value in [
        "'2026-03-01'",
        "'2026-02-30'",
        "'2026-03-01 09:00'",
        "20260301",
    ] {
        let sql = format!("SELECT {value}");
        match conn.query_one(&sql, [], |row| row.get::<_, Day>(0)) {
            Ok(Day(date)) => writeln!(out, "reads {value}: {date}")?,
            Err(error) => {
                writeln!(out, "does not read {value}:")?;
                match error.source() {
                    Some(cause) => writeln!(out, "    {cause}")?,
                    None => writeln!(out, "    {error}")?,
                }
            }
        }
    }
    Ok(())
}

/// One reading of a clock, in two places.
fn clocks(out: &mut dyn Write) -> std::result::Result<(), Box<dyn StdError>> {
    let read = DateTime::strptime("%Y-%m-%d %H:%M", "2026-03-01 23:30")?;
    let utc = TimeZone::UTC.to_timestamp(read)?;
    let karachi = TimeZone::fixed(tz::offset(5)).to_timestamp(read)?;
    writeln!(out, "a clock shows                  {read}")?;
    writeln!(out, "if it shows UTC, that is       {utc}")?;
    writeln!(out, "if it hangs in Karachi (UTC+5) {karachi}")?;
    Ok(())
}

// ANCHOR: lap
/// The time of a lap, as text of one form: `00:01:07.250`.
pub struct Lap(pub Time);

impl ToSql for Lap {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        // 4 agree on one form
        let text = self.0.strftime("%H:%M:%S%.3f").to_string();
        Ok(ToSqlOutput::from(text))
    }
}

/// Reads older rows too, which have no fraction: `00:01:07`.
impl FromSql for Lap {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        let time = Time::strptime("%H:%M:%S%.f", text).map_err(FromSqlError::other)?;
        Ok(Self(time))
    }
}
// ANCHOR_END: lap

#[cfg(test)]
mod tests {
    use super::*;
    use mini_orm::{Column, ColumnType, Table};

    const PAGE: &str = include_str!("../../../src/01_models/06_column_types.md");

    fn one(conn: &Connection, sql: &str) -> Result<String> {
        conn.query_one(sql, [], |row| row.get(0))
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(PAGE.contains(&format!("SQLite {version}.")), "{version}");
    }

    /// Each line of the page's table of words.
    #[test]
    fn the_words_of_a_type_decide_what_it_prefers() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        for (types, stored, line) in [
            (&["INT", "BIGINT", "TINYINT"][..], "307312", "| `307312` |"),
            (
                &["VARCHAR(10)", "CLOB", "TEXT"],
                "'0307312'",
                "| `'0307312'` |",
            ),
            (&["BLOB", ""], "'0307312'", "| `'0307312'` |"),
            (&["REAL", "FLOAT", "DOUBLE"], "307312.0", "| `307312.0` |"),
            (
                &["NUMBER(10)", "STRING", "DECIMAL", "BOOLEAN", "DATETIME"],
                "307312",
                "| `307312` |",
            ),
        ] {
            assert!(PAGE.contains(line), "{line}");
            for ty in types {
                conn.execute_batch(&format!(
                    "CREATE TABLE t (a {ty}); INSERT INTO t VALUES ('0307312')"
                ))?;
                assert_eq!(one(&conn, "SELECT quote(a) FROM t")?, stored, "{ty}");
                conn.execute_batch("DROP TABLE t")?;
            }
        }
        Ok(())
    }

    #[test]
    fn text_keeps_a_number_as_text_and_all_keep_what_they_cannot_convert() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE t (a TEXT, b INTEGER, c REAL, d DATETIME, e DATE);
             INSERT INTO t VALUES (10, 'ten', 'ten', '2026-03-01 14:05:00', '20260301');",
        )?;
        let found = one(
            &conn,
            "SELECT quote(a) || quote(b) || quote(c) || quote(d) || quote(e) FROM t",
        )?;
        assert_eq!(found, "'10''ten''ten''2026-03-01 14:05:00'20260301");
        Ok(())
    }

    /// The page's table of column types, from `mini_orm` itself.
    #[test]
    fn column_types_become_what_the_page_says() -> std::result::Result<(), Box<dyn StdError>> {
        let sql = Table::new("t")
            .column(Column::new("a", ColumnType::Integer))
            .column(Column::new("b", ColumnType::String(60)))
            .column(Column::new("c", ColumnType::Text))
            .column(Column::new("d", ColumnType::Boolean))
            .column(Column::new("e", ColumnType::DateTime))
            .create_sql()?;
        for words in [
            "INTEGER",
            "VARCHAR(60)",
            "length(\"b\") <= 60",
            "TEXT",
            "BOOLEAN",
            "\"d\" IN (0, 1)",
            "DATETIME",
        ] {
            assert!(sql.contains(words), "{words} in {sql}");
        }
        Ok(())
    }

    #[test]
    fn current_timestamp_has_no_fraction_and_sorts_before_one() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let sql = "SELECT CURRENT_TIMESTAMP || '.000000'";
        assert_eq!(one(&conn, sql)?.len(), 26);
        let sql = "SELECT quote('2026-03-01 14:05:07' < '2026-03-01 14:05:07.000000')";
        assert_eq!(one(&conn, sql)?, "1");
        let time: mini_orm::UtcTime =
            conn.query_one("SELECT CURRENT_TIMESTAMP", [], |row| row.get(0))?;
        assert!(time.to_string().ends_with(".000000"));
        Ok(())
    }

    #[test]
    fn parse_skips_an_offset_and_strptime_does_not() {
        let text = "2026-03-01 23:30:00-05:00";
        let read: DateTime = text.parse().unwrap();
        assert_eq!(read.to_string(), "2026-03-01T23:30:00");
        assert!(DateTime::strptime("%Y-%m-%d %H:%M:%S", text).is_err());
    }

    /// What the page says that a form does not refuse.
    #[test]
    fn strptime_reads_a_month_of_one_digit() {
        assert!(Date::strptime("%Y-%m-%d", "2026-3-1").is_ok());
    }

    /// The one type that refuses a value without STRICT.
    #[test]
    fn a_key_that_is_an_integer_refuses_a_text() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)")?;
        conn.execute_batch("INSERT INTO t VALUES ('7', 'x')")?;
        assert_eq!(one(&conn, "SELECT quote(id) || quote(a) FROM t")?, "7'x'");
        assert!(
            conn.execute_batch("INSERT INTO t (id) VALUES ('x')")
                .is_err()
        );
        Ok(())
    }

    /// What the worked table refuses.
    #[test]
    fn a_level_is_1_2_or_3() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let rule = "CHECK (level IN (1, 2, 3))";
        assert!(PAGE.contains(rule));
        conn.execute_batch(&format!(
            "CREATE TABLE members (level INTEGER NOT NULL {rule});
             INSERT INTO members VALUES (1), ('2');"
        ))?;
        for level in ["0", "'high'", "2.5", "NULL"] {
            let sql = format!("INSERT INTO members VALUES ({level})");
            assert!(conn.execute_batch(&sql).is_err(), "{level}");
        }
        Ok(())
    }

    #[test]
    fn strict_knows_six_types_and_refuses_other_values() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE TABLE t (a INT, b INTEGER, c REAL, d TEXT, e BLOB, f ANY) STRICT",
        )?;
        for ty in ["BOOLEAN", "DATETIME", "VARCHAR(10)", ""] {
            let sql = format!("CREATE TABLE u (a {ty}) STRICT");
            assert!(conn.execute_batch(&sql).is_err(), "{ty}");
        }
        conn.execute_batch("INSERT INTO t (b) VALUES ('9')")?;
        assert_eq!(one(&conn, "SELECT quote(b) FROM t")?, "9");
        assert!(
            conn.execute_batch("INSERT INTO t (b) VALUES ('nine')")
                .is_err()
        );
        Ok(())
    }

    /// What the page says of fractions.
    #[test]
    fn a_point_may_be_missing_only_for_one_form() {
        for (form, text, read) in [
            ("%S%.f", "07.25", true),
            ("%S%.f", "07", true),
            ("%S.%f", "07.25", true),
            ("%S.%f", "07", false),
        ] {
            let time = Time::strptime(format!("%H:%M:{form}"), format!("00:01:{text}"));
            assert_eq!(time.is_ok(), read, "{form} {text}");
        }
        let time = Time::constant(0, 1, 7, 250_000_000);
        assert_eq!(time.strftime("%S%.6f").to_string(), "07.250000");
    }

    /// What the faded table keeps, and what it refuses.
    #[test]
    fn a_lane_is_a_number_from_1_to_8() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let rule = "CHECK (lane >= 1 AND lane <= 8)";
        assert!(PAGE.contains(rule));
        conn.execute_batch(&format!(
            "CREATE TABLE laps (card TEXT, wind REAL, lane INTEGER NOT NULL {rule});
             INSERT INTO laps VALUES ('0042', '1.5', '8');"
        ))?;
        let found = one(
            &conn,
            "SELECT quote(card) || quote(wind) || quote(lane) FROM laps",
        )?;
        assert_eq!(found, "'0042'1.58");
        for lane in ["0", "9", "'x'", "NULL"] {
            let sql = format!("INSERT INTO laps (lane) VALUES ({lane})");
            assert!(conn.execute_batch(&sql).is_err(), "{lane}");
        }
        Ok(())
    }

    #[test]
    fn a_lap_is_written_with_a_fraction_and_read_without_one() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        let lap = Lap(Time::constant(0, 1, 7, 250_000_000));
        let text: String = conn.query_one("SELECT ?1", [&lap], |row| row.get(0))?;
        assert_eq!(text, "00:01:07.250");
        for (text, nanoseconds) in [("00:01:07.250", 250_000_000), ("00:01:07", 0)] {
            let Lap(time) = conn.query_one("SELECT ?1", [text], |row| row.get(0))?;
            assert_eq!(time, Time::constant(0, 1, 7, nanoseconds));
        }
        for value in ["'00:01:07 h'", "'1 minute'", "67", "NULL"] {
            let sql = format!("SELECT {value}");
            let read = conn.query_one(&sql, [], |row| row.get::<_, Lap>(0));
            assert!(read.is_err(), "{value}");
        }
        Ok(())
    }
}
