//! What a column holds.

use std::fmt;

use crate::Ident;

/// The type of a column, as the course's models use them.
///
/// SQLite stores any value in any column, whatever type was declared. Where a
/// type is more than a hint, [`ColumnType::check`] is the rule that makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A whole number: `i64`. As the only column of a primary key it is the
    /// row's id, which SQLite assigns.
    Integer,
    /// Text of at most so many characters: `String`.
    String(u32),
    /// Text of any length: `String`.
    Text,
    /// 0 or 1: `bool`.
    Boolean,
    /// A moment, as text in UTC.
    DateTime,
    /// A floating-point number: `f64`.
    Real,
    /// Bytes: `Vec<u8>`.
    Blob,
}

impl ColumnType {
    /// The rule that makes the type true for `column`, if it needs one: a name
    /// for it, and the SQL of its condition.
    ///
    /// `length()` counts characters up to the first NUL, so text with a NUL in
    /// it may be longer. A condition that comes to NULL holds: a column without
    /// NOT NULL may still be empty.
    #[must_use]
    pub fn check(&self, column: &Ident) -> Option<(&'static str, String)> {
        let column = column.quoted();
        match self {
            Self::String(limit) => Some(("length", format!("length({column}) <= {limit}"))),
            Self::Boolean => Some(("boolean", format!("{column} IN (0, 1)"))),
            _ => None,
        }
    }
}

/// As it stands in `CREATE TABLE`.
impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer => f.write_str("INTEGER"),
            Self::String(limit) => write!(f, "VARCHAR({limit})"),
            Self::Text => f.write_str("TEXT"),
            Self::Boolean => f.write_str("BOOLEAN"),
            Self::DateTime => f.write_str("DATETIME"),
            Self::Real => f.write_str("REAL"),
            Self::Blob => f.write_str("BLOB"),
        }
    }
}
