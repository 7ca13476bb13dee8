//! What the database fills in where an INSERT leaves a column out.

use std::fmt;

/// The value that the database itself gives a column which an INSERT leaves
/// out. An explicit NULL is not left out, and stays NULL.
///
/// It is part of the table, so it serves every program that writes to the
/// file, and rows inserted by hand; a default in Rust serves only this one.
///
/// ```
/// use mini_orm::ServerDefault;
///
/// assert_eq!(ServerDefault::from(false).to_string(), "0");
/// assert_eq!(ServerDefault::from("it's new").to_string(), "'it''s new'");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerDefault {
    /// `DEFAULT NULL`: as no default, but said.
    Null,
    /// A whole number; 0 and 1 for a Boolean.
    Integer(i64),
    /// Text.
    Text(String),
    /// The time of the INSERT, as `YYYY-MM-DD HH:MM:SS` in UTC.
    CurrentTimestamp,
    /// Any SQL expression that names no column. It goes into the table's
    /// definition as it is: never build it from what a user typed.
    Expr(String),
}

/// As it stands after `DEFAULT`.
impl fmt::Display for ServerDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::CurrentTimestamp => f.write_str("CURRENT_TIMESTAMP"),
            Self::Expr(sql) => write!(f, "({sql})"),
        }
    }
}

impl From<bool> for ServerDefault {
    fn from(value: bool) -> Self {
        Self::Integer(i64::from(value))
    }
}

impl From<i64> for ServerDefault {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for ServerDefault {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
