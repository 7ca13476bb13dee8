//! Mutants: the solution with one statement or one SQL clause deleted. A check
//! that lets one pass does not look at what the deleted text was for.

mod sql;
mod statements;

use std::ops::Range;

use proc_macro2::TokenStream;

/// The solution with a piece missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mutant {
    /// What was deleted, on one line.
    pub(super) deleted: String,
    /// Where, counted from 1.
    pub(super) line: usize,
    pub(super) source: String,
}

/// Every mutant of `source` whose missing piece lies within `answers` (byte
/// ranges).
pub(super) fn mutants(source: &str, answers: &[Range<usize>]) -> Vec<Mutant> {
    let Ok(tokens) = source.parse::<TokenStream>() else {
        return Vec::new();
    };
    let mut pieces = statements::statements(tokens.clone());
    pieces.extend(sql::clauses(tokens, source));
    pieces.sort_by_key(|piece| (piece.start, piece.end));
    pieces.dedup();
    pieces
        .into_iter()
        .filter(|piece| {
            answers
                .iter()
                .any(|answer| answer.start <= piece.start && piece.end <= answer.end)
        })
        .filter_map(|piece| mutant(source, piece))
        .collect()
}

fn mutant(source: &str, piece: Range<usize>) -> Option<Mutant> {
    let (before, deleted, after) = (
        source.get(..piece.start)?,
        source.get(piece.clone())?,
        source.get(piece.end..)?,
    );
    Some(Mutant {
        deleted: deleted.split_whitespace().collect::<Vec<_>>().join(" "),
        line: before.matches('\n').count() + 1,
        source: format!("{before}{after}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r##"
pub fn create(conn: &Connection) -> Result<()> {
    conn.pragma_update(None, "foreign_keys", true)?;
    for name in ["a"] {
        insert(name);
    }
    conn.execute_batch(
        "CREATE TABLE t (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (length(name) <= 60),
            UNIQUE (id, name)
        );
        CREATE INDEX ix ON t (name);",
    )
}

fn all() { query("SELECT id FROM t WHERE id > ?1 ORDER BY name DESC LIMIT 3") }
"##;

    fn deleted(source: &str) -> Vec<String> {
        mutants(source, std::slice::from_ref(&(0..source.len())))
            .into_iter()
            .map(|mutant| mutant.deleted)
            .collect()
    }

    #[test]
    fn statements_and_clauses_are_deleted_in_turn() {
        assert_eq!(
            deleted(SOURCE),
            [
                r#"conn.pragma_update(None, "foreign_keys", true)?;"#,
                r#"for name in ["a"] { insert(name); }"#,
                "insert(name);",
                "CREATE TABLE t ( id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE \
                 CHECK (length(name) <= 60), UNIQUE (id, name) );",
                "PRIMARY KEY",
                "NOT NULL",
                "UNIQUE",
                "CHECK (length(name) <= 60)",
                ", UNIQUE (id, name)",
                "CREATE INDEX ix ON t (name);",
                "WHERE id > ?1",
                "ORDER BY name DESC",
                "DESC",
                "LIMIT 3",
            ]
        );
    }

    #[test]
    fn only_answers_are_mutated() {
        assert_eq!(mutants(SOURCE, &[]), []);
    }

    #[test]
    fn text_that_is_no_sql_is_left_alone() {
        assert_eq!(
            deleted("fn f() { say(\"this is UNIQUE and NOT NULL\") }"),
            Vec::<String>::new()
        );
    }
}
