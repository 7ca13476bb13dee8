//! Clauses of SQL within string literals.

use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};

/// A literal is SQL when it begins with one of these.
const STATEMENTS: [&str; 17] = [
    "CREATE",
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "ALTER",
    "DROP",
    "PRAGMA",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "WITH",
    "REPLACE",
    "VACUUM",
    "ATTACH",
];

/// How far a clause goes.
enum Extent {
    /// The words alone.
    Words,
    /// And the one word or parenthesized expression after them.
    Operand,
    /// And everything up to one of these, or to the end of the statement.
    Until(&'static [&'static str]),
}

const TAIL: &[&str] = &[
    "GROUP BY",
    "HAVING",
    "ORDER BY",
    "LIMIT",
    "RETURNING",
    "UNION",
];

const CLAUSES: &[(&str, Extent)] = &[
    ("NOT NULL", Extent::Words),
    ("PRIMARY KEY", Extent::Words),
    ("AUTOINCREMENT", Extent::Words),
    ("UNIQUE", Extent::Words),
    ("IF NOT EXISTS", Extent::Words),
    ("IF EXISTS", Extent::Words),
    ("STRICT", Extent::Words),
    ("WITHOUT ROWID", Extent::Words),
    ("DISTINCT", Extent::Words),
    ("DESC", Extent::Words),
    ("IMMEDIATE", Extent::Words),
    ("LEFT", Extent::Words),
    ("CHECK", Extent::Operand),
    ("DEFAULT", Extent::Operand),
    ("COLLATE", Extent::Operand),
    (
        "REFERENCES",
        Extent::Until(&[
            "ON DELETE",
            "ON UPDATE",
            "DEFERRABLE",
            ",",
            ")",
            "NOT NULL",
            "UNIQUE",
            "CHECK",
        ]),
    ),
    (
        "ON DELETE",
        Extent::Until(&["ON UPDATE", "DEFERRABLE", ",", ")", "NOT NULL"]),
    ),
    (
        "ON UPDATE",
        Extent::Until(&["ON DELETE", "DEFERRABLE", ",", ")", "NOT NULL"]),
    ),
    ("WHERE", Extent::Until(TAIL)),
    ("GROUP BY", Extent::Until(&["HAVING", "ORDER BY", "LIMIT"])),
    ("HAVING", Extent::Until(&["ORDER BY", "LIMIT"])),
    ("ORDER BY", Extent::Until(&["LIMIT", "RETURNING"])),
    ("LIMIT", Extent::Until(&["RETURNING"])),
    ("RETURNING", Extent::Until(&[])),
];

/// The byte range of every clause, and of every statement of a batch.
pub(super) fn clauses(tokens: TokenStream, source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(clauses(group.stream(), source)),
            TokenTree::Literal(literal) => {
                let range = literal.span().byte_range();
                if let Some(text) = source.get(range.clone())
                    && let Some(open) = text.find('"')
                    && let Some(close) = text.rfind('"')
                    && let Some(sql) = text.get(open + 1..close)
                {
                    let at = range.start + open + 1;
                    found.extend(
                        of_sql(sql)
                            .into_iter()
                            .map(|clause| at + clause.start..at + clause.end),
                    );
                }
            }
            _ => {}
        }
    }
    found
}

fn of_sql(sql: &str) -> Vec<Range<usize>> {
    let upper = sql.to_ascii_uppercase();
    let begins = upper.trim_start();
    if !STATEMENTS.iter().any(|word| {
        begins
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(is_word))
    }) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let batch = statements(&upper);
    if batch.len() > 1 {
        found.extend(batch);
    }
    for (words, extent) in CLAUSES {
        for start in occurrences(&upper, words) {
            let after = start + words.len();
            let end = match extent {
                Extent::Words => table_constraint(&upper, words, after),
                Extent::Operand => operand(&upper, after),
                Extent::Until(stops) => until(&upper, after, stops),
            };
            found.push(with_comma(&upper, start, end));
        }
    }
    found
}

/// Statements of a batch, each with its semicolon.
fn statements(sql: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in sql.match_indices(';') {
        let lead = sql
            .get(start..at)
            .map_or(0, |text| text.len() - text.trim_start().len());
        found.push(start + lead..at + 1);
        start = at + 1;
    }
    if sql.get(start..).is_some_and(|rest| !rest.trim().is_empty()) {
        let lead = sql
            .get(start..)
            .map_or(0, |text| text.len() - text.trim_start().len());
        found.push(start + lead..sql.trim_end().len());
    }
    found
}

/// Where `words` stand as words of their own.
fn occurrences(sql: &str, words: &str) -> Vec<usize> {
    sql.match_indices(words)
        .map(|(at, _)| at)
        .filter(|at| {
            let before = sql.get(..*at).and_then(|text| text.chars().next_back());
            let after = sql
                .get(at + words.len()..)
                .and_then(|text| text.chars().next());
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
        .collect()
}

/// `UNIQUE (a, b)` and `PRIMARY KEY (a)` take their columns with them.
fn table_constraint(sql: &str, words: &str, after: usize) -> usize {
    let followed = sql
        .get(after..)
        .is_some_and(|rest| rest.trim_start().starts_with('('));
    if matches!(words, "UNIQUE" | "PRIMARY KEY") && followed {
        operand(sql, after)
    } else {
        after
    }
}

/// The end of the word or of the parentheses that follow.
fn operand(sql: &str, after: usize) -> usize {
    let rest = sql.get(after..).unwrap_or_default();
    let start = after + (rest.len() - rest.trim_start().len());
    let rest = sql.get(start..).unwrap_or_default();
    if rest.starts_with('(') {
        let mut depth = 0;
        for (at, letter) in rest.char_indices() {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return start + at + 1;
            }
        }
    }
    let length = rest
        .find(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ')' | ';'))
        .unwrap_or(rest.len());
    start + length
}

/// The nearest of `stops` outside parentheses, or the end of the statement.
fn until(sql: &str, after: usize, stops: &[&str]) -> usize {
    let rest = sql.get(after..).unwrap_or_default();
    let mut depth = 0;
    for (at, letter) in rest.char_indices() {
        let here = rest.get(at..).unwrap_or_default();
        let stop = stops.iter().any(|stop| {
            here.starts_with(stop)
                && (stop.len() == 1 || occurrences(here, stop).first() == Some(&0))
        });
        if depth == 0 && (letter == ';' || letter == ')' || stop) {
            return after + rest.get(..at).map_or(0, |text| text.trim_end().len());
        }
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
    }
    after + rest.trim_end().len()
}

/// A clause that stands alone between commas takes the comma before it along,
/// so that what is left is still SQL.
fn with_comma(sql: &str, start: usize, end: usize) -> Range<usize> {
    let before = sql.get(..start).unwrap_or_default().trim_end();
    let after = sql.get(end..).unwrap_or_default().trim_start();
    if before.ends_with(',') && (after.starts_with(')') || after.starts_with(',')) {
        before.len() - 1..end
    } else {
        start..end
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
