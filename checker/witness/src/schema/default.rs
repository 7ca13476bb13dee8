//! Defaults compared by what they give.

use rusqlite::Connection;

use crate::hooks;

/// Whether both give the same value in a column of that type. Evaluated in one
/// statement, so that `CURRENT_TIMESTAMP` equals itself.
pub(crate) fn is_same(one: &str, other: &str, declared: &str) -> bool {
    one.trim() == other.trim() || evaluates_same(one, other, declared).unwrap_or(false)
}

fn evaluates_same(one: &str, other: &str, declared: &str) -> rusqlite::Result<bool> {
    let conn = hooks::unwatched(Connection::open_in_memory)?;
    conn.execute_batch(&format!(
        "CREATE TABLE d (one {declared}, other {declared});
         INSERT INTO d SELECT ({one}), ({other});"
    ))?;
    conn.query_row(
        "SELECT one IS other AND typeof(one) = typeof(other) FROM d",
        [],
        |row| row.get(0),
    )
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn spellings_of_one_value_are_the_same() {
        for (one, other, declared) in [
            ("'x'", "\"x\"", "TEXT"),
            ("1", "+1", "INTEGER"),
            ("1", "'1'", "INTEGER"),
            ("TRUE", "1", "BOOLEAN"),
            ("CURRENT_TIMESTAMP", "datetime('now')", "TEXT"),
        ] {
            assert!(is_same(one, other, declared), "{one} {other}");
        }
    }

    #[test]
    fn other_values_or_types_are_not() {
        for (one, other, declared) in [
            ("1", "'1'", ""),
            ("0", "1", "INTEGER"),
            ("''", "' '", "TEXT"),
            ("'CURRENT_TIMESTAMP'", "CURRENT_TIMESTAMP", "TEXT"),
        ] {
            assert!(!is_same(one, other, declared), "{one} {other}");
        }
    }
}
