use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Result};

const FORM: &str = "%F %T%.6f";

pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE [visits] (
            seen_at,
            paid TINYINT NOT NULL,
            notes CLOB DEFAULT NULL,
            grams BIGINT NOT NULL,
            chip CHARACTER(15) NOT NULL COLLATE NOCASE,
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            CONSTRAINT paid_or_not CHECK (paid IS TRUE AND paid = 1 OR paid = FALSE)
        );
        CREATE INDEX ix_visits_seen_at ON visits (seen_at);",
    )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcTime(pub Timestamp);

impl ToSql for UtcTime {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let at: civil::DateTime = TimeZone::UTC.to_datetime(self.0);
        Ok(format!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.subsec_nanosecond() / 1000,
        )
        .into())
    }
}

impl FromSql for UtcTime {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        strtime::parse(FORM, text)
            .and_then(|parts| parts.to_datetime())
            .and_then(|at| at.to_zoned(TimeZone::UTC))
            .map(|zoned| UtcTime(zoned.timestamp()))
            .map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}
