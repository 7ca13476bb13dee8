//! A moment, and the one text that stands for it in a database.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};

use crate::{Error, Result};

/// How a moment is written: always as wide, so that what sorts as text sorts
/// as time.
const WRITTEN: &str = "%Y-%m-%d %H:%M:%S%.6f";
/// How it is read: without a fraction too, as `CURRENT_TIMESTAMP` writes it.
const READ: &str = "%Y-%m-%d %H:%M:%S%.f";

/// A moment in UTC, to the microsecond, in the years 0 to 9999.
///
/// It is stored as text of one form, `2026-03-01 14:05:00.000000`. SQLite's
/// `CURRENT_TIMESTAMP` writes the same without the fraction; that is read as
/// well, and sorts where it belongs. A text in any other form is an error: it
/// would sort anywhere.
///
/// ```
/// use mini_orm::UtcTime;
///
/// let noon: UtcTime = "2026-03-01T17:00:00.5+05:00".parse()?;
/// assert_eq!(noon.to_string(), "2026-03-01 12:00:00.500000");
/// # Ok::<(), mini_orm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(Timestamp);

impl UtcTime {
    /// This moment.
    #[must_use]
    pub fn now() -> Self {
        let now = Timestamp::now();
        Self::new(now).unwrap_or(Self(now))
    }

    /// A moment, without what is finer than a microsecond.
    ///
    /// # Errors
    /// When its year is before 0, for which the stored form has no room.
    pub fn new(moment: Timestamp) -> Result<Self> {
        let finer = SignedDuration::from_nanos_i128(moment.as_nanosecond().rem_euclid(1000));
        let time = moment
            .checked_sub(finer)
            .ok()
            .filter(|time| TimeZone::UTC.to_datetime(*time).year() >= 0);
        time.map(Self).ok_or_else(|| Error::Time {
            text: moment.to_string(),
        })
    }

    /// The moment, for arithmetic and for display in a time zone.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

/// The stored form.
impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime(WRITTEN))
    }
}

/// Reads the stored form, or a moment with its offset from UTC.
impl FromStr for UtcTime {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        stored(text)
            .or_else(|| Self::new(text.parse().ok()?).ok())
            .ok_or_else(|| Error::Time {
                text: text.to_owned(),
            })
    }
}

/// What a text in the stored form, with any number of digits in its fraction,
/// stands for.
fn stored(text: &str) -> Option<UtcTime> {
    let civil = civil::DateTime::strptime(READ, text).ok()?;
    let time = UtcTime::new(TimeZone::UTC.to_timestamp(civil).ok()?).ok()?;
    // `strptime` also takes 7 for 07, which would sort elsewhere.
    let form = time.to_string();
    (form.starts_with(text) || text.starts_with(&form)).then_some(time)
}

impl ToSql for UtcTime {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for UtcTime {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        stored(text).ok_or_else(|| {
            FromSqlError::other(Error::Time {
                text: text.to_owned(),
            })
        })
    }
}

impl From<UtcTime> for Value {
    fn from(time: UtcTime) -> Self {
        Self::Text(time.to_string())
    }
}
