//! How the values in a message are said.

use rusqlite::types::Type;

use crate::Ident;
use crate::ident::spoken;

/// What a column holds that its model does not take.
pub(crate) fn held(refusal: &rusqlite::Error) -> String {
    match refusal {
        rusqlite::Error::InvalidColumnType(_, _, Type::Null) => "NULL".to_owned(),
        rusqlite::Error::InvalidColumnType(_, _, Type::Integer) => "an integer".to_owned(),
        rusqlite::Error::InvalidColumnType(_, _, Type::Real) => "a real number".to_owned(),
        rusqlite::Error::InvalidColumnType(_, _, Type::Text) => "text".to_owned(),
        rusqlite::Error::InvalidColumnType(_, _, Type::Blob) => "bytes".to_owned(),
        rusqlite::Error::IntegralValueOutOfRange(_, number) => number.to_string(),
        rusqlite::Error::FromSqlConversionFailure(_, _, cause) => {
            format!("what cannot be read ({cause})")
        }
        other => format!("what cannot be read ({other})"),
    }
}

/// What to do about it.
pub(crate) fn fit(refusal: &rusqlite::Error) -> &'static str {
    match refusal {
        rusqlite::Error::InvalidColumnType(_, _, Type::Null) => {
            "make the field an `Option`, or the column NOT NULL"
        }
        rusqlite::Error::IntegralValueOutOfRange(..) => {
            "make the field an `i64`, or correct the row"
        }
        _ => "correct the row, or the type of the field",
    }
}

/// So much of a statement as a message has room for.
pub(crate) fn short(sql: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Why SQLite refused a statement, without the statement.
pub(crate) fn cause(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// The first few of many, and how many more there are.
pub(crate) fn first(found: &[String]) -> String {
    let few: Vec<&str> = found.iter().take(3).map(String::as_str).collect();
    let more = match found.len() - few.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!("{}{more}", few.join(", "))
}

/// Which row it is about.
pub(crate) fn place(key: Option<i64>) -> String {
    key.map(|key| format!(" in the row with key {key}"))
        .unwrap_or_default()
}

/// The columns, if there are any, and how many.
pub(crate) fn count(columns: &[Ident]) -> String {
    match columns {
        [] => "none".to_owned(),
        columns => format!("{}: {}", columns.len(), spoken(columns)),
    }
}
