//! The SQL that the learner's code sent, as it stands in a message.

use std::fmt::Write as _;

use witness::evidence::Statement;

use super::wrap::wrap;

/// More statements than these are folded.
const STATEMENTS: usize = 8;
/// More lines than these are folded, whatever the number of statements.
const LINES: usize = 14;
/// Of a longer statement, the middle is left out.
const CHARACTERS: usize = 480;

/// The last statements, as many as a reader can take in, in lines of `width`
/// columns. The very last is shown, however long it is.
pub(super) fn last_statements(sql: &[Statement], width: usize) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut lines = 0;
    for statement in sql.iter().rev().take(STATEMENTS) {
        let text = in_full(statement);
        lines += wrap(&text, width).len();
        if lines > LINES && !shown.is_empty() {
            break;
        }
        shown.push(text);
    }
    let skipped = sql.len() - shown.len();
    if skipped > 0 {
        let plural = if skipped == 1 { "" } else { "s" };
        shown.push(format!("… {skipped} earlier statement{plural} …"));
    }
    shown.reverse();
    shown.join("\n")
}

/// One statement, and the values that were bound to it.
fn in_full(statement: &Statement) -> String {
    let (sent, expanded) = (squeeze(&statement.sql), squeeze(&statement.expanded));
    let short = shortened(&sent);
    if statement.times > 1 {
        return format!("{short}  × {}", statement.times);
    }
    if sent == expanded {
        return short;
    }
    // A value that was bound stands beside the SQL, not in it.
    match bound(&statement.sql, &statement.expanded) {
        Some(values) => format!("{short}\nwith {}", shortened(&values)),
        None => format!("{short}\nwith its values: {}", shortened(&expanded)),
    }
}

/// The beginning and the end of a text that is too long to be read, such as
/// one with a thousand placeholders.
fn shortened(text: &str) -> String {
    let length = text.chars().count();
    if length <= CHARACTERS {
        return text.to_owned();
    }
    let (begin, end) = (CHARACTERS * 2 / 3, CHARACTERS / 3);
    let head: String = text.chars().take(begin).collect();
    let tail: String = text.chars().skip(length - end).collect();
    // No word is cut in two, unless it is all there is.
    let head = head
        .rsplit_once(' ')
        .map_or(head.as_str(), |(head, _)| head);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, tail)| tail);
    let left_out = length - head.chars().count() - tail.chars().count();
    format!("{head} … {left_out} characters … {tail}")
}

/// One line of SQL, without the indentation of its source.
pub(super) fn squeeze(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in `expanded` where `sent` has placeholders: `NULL, 42` for `?`,
/// `?1 = 42` for one that has a name. `None` if the two do not fit together.
fn bound(sent: &str, expanded: &str) -> Option<String> {
    let (mut sent, mut expanded) = (sent, expanded);
    let mut values: Vec<(&str, &str)> = Vec::new();
    while !sent.is_empty() {
        let length = placeholder_length(sent);
        if length == 0 {
            let (same, rest) = sent.split_at(token_length(sent));
            expanded = expanded.strip_prefix(same)?;
            sent = rest;
            continue;
        }
        let (placeholder, rest) = sent.split_at(length);
        let (value, after) = expanded.split_at(literal_length(expanded)?);
        // `?1` may stand in several places, with one value.
        if placeholder == "?" || !values.iter().any(|(name, _)| *name == placeholder) {
            values.push((placeholder, value));
        }
        (sent, expanded) = (rest, after);
    }
    let mut out = String::new();
    for (placeholder, value) in values {
        let comma = if out.is_empty() { "" } else { ", " };
        let name = match placeholder {
            "?" => String::new(),
            name => format!("{name} = "),
        };
        let _ = write!(out, "{comma}{name}{}", squeeze(value));
    }
    (expanded.is_empty() && !out.is_empty()).then_some(out)
}

/// The length of the placeholder that `sql` begins with, or 0.
fn placeholder_length(sql: &str) -> usize {
    let word = |text: &str| {
        text.find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(text.len())
    };
    match sql.as_bytes()[0] {
        b'?' => 1 + word(&sql[1..]),
        b':' | b'@' | b'$' => match word(&sql[1..]) {
            0 => 0,
            length => 1 + length,
        },
        _ => 0,
    }
}

/// The length of what `sql` begins with and what holds no placeholder: a
/// quoted text or name, a comment, or one character.
fn token_length(sql: &str) -> usize {
    let until = |end: &str, from: usize| {
        sql[from..]
            .find(end)
            .map_or(sql.len(), |at| from + at + end.len())
    };
    match sql.as_bytes()[0] {
        b'\'' => until("'", 1),
        b'"' => until("\"", 1),
        b'`' => until("`", 1),
        b'[' => until("]", 1),
        b'-' if sql.starts_with("--") => until("\n", 2),
        b'/' if sql.starts_with("/*") => until("*/", 2),
        _ => sql.chars().next().map_or(0, char::len_utf8),
    }
}

/// The length of the value that `sql` begins with, as SQLite writes values.
fn literal_length(sql: &str) -> Option<usize> {
    let quoted = |from: usize| {
        let mut at = from;
        loop {
            at += sql[at..].find('\'')? + 1;
            if !sql[at..].starts_with('\'') {
                return Some(at);
            }
            at += 1;
        }
    };
    if sql.starts_with('\'') {
        return quoted(1);
    }
    if sql.starts_with("x'") {
        return quoted(2);
    }
    if let Some(rest) = sql.strip_prefix("zeroblob(") {
        return Some("zeroblob(".len() + rest.find(')')? + 1);
    }
    for word in ["NULL", "Inf", "-Inf"] {
        if sql.starts_with(word) {
            return Some(word.len());
        }
    }
    let mut length = 0;
    for (at, c) in sql.char_indices() {
        let follows_e = sql[..at].ends_with('e');
        if !(c.is_ascii_digit()
            || c == '.'
            || c == 'e'
            || (c == '-' || c == '+') && (at == 0 || follows_e))
        {
            break;
        }
        length = at + 1;
    }
    (length > 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;
    use rusqlite::types::Value;

    use super::*;

    fn statement(sql: &str, expanded: &str) -> Statement {
        Statement {
            sql: sql.to_owned(),
            expanded: expanded.to_owned(),
            connection: 1,
            place: None,
            times: 1,
        }
    }

    /// What SQLite itself makes of the statement and the values.
    fn values(sql: &str, values: &[Value]) -> Option<String> {
        let conn = Connection::open_in_memory().unwrap();
        let mut statement = conn.prepare(sql).unwrap();
        for (index, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value).unwrap();
        }
        bound(sql, &statement.expanded_sql().unwrap())
    }

    #[test]
    fn values_are_named_as_they_were_bound() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(
            values("SELECT ?, ?", &[Value::Null, Value::Integer(-42)]).unwrap(),
            "NULL, -42"
        );
        assert_eq!(
            values("SELECT ?2 || ?1 || ?1", &[text("it's"), text("?")]).unwrap(),
            "?2 = '?', ?1 = 'it''s'"
        );
        assert_eq!(
            values(
                "SELECT ':a' AS \"?\", [?] -- ?\n, /* ? */ :a, 1.5 FROM (SELECT 1 AS [?])",
                &[Value::Real(-2.5e-30)]
            )
            .unwrap(),
            ":a = -2.5e-30"
        );
        assert_eq!(
            values("SELECT ?,?", &[Value::Blob(vec![0, 255]), text("")]).unwrap(),
            "x'00ff', ''"
        );
        assert_eq!(
            values("SELECT ?", &[Value::Real(f64::INFINITY)]).unwrap(),
            "Inf"
        );
    }

    #[test]
    fn two_texts_that_do_not_fit_are_no_values() {
        assert_eq!(bound("SELECT ?", "INSERT 1"), None);
        assert_eq!(bound("SELECT ?", "SELECT 1, 2"), None);
        assert_eq!(bound("SELECT ?", "SELECT 'open"), None);
        assert_eq!(bound("SELECT 1", "SELECT 1"), None);
        let odd = statement("SELECT ?", "SELECT something");
        assert_eq!(in_full(&odd), "SELECT ?\nwith its values: SELECT something");
    }

    #[test]
    fn of_a_thousand_placeholders_some_are_shown() {
        let list = |item: &str| vec![item; 1000].join(", ");
        let sent = format!("SELECT body FROM posts WHERE user_id IN ({})", list("?"));
        let expanded = sent.replace('?', "7");
        let shown = in_full(&statement(&sent, &expanded));
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), 2);
        for (line, begin, end) in [
            (
                lines[0],
                "SELECT body FROM posts WHERE user_id IN (?, ",
                ", ?)",
            ),
            (lines[1], "with 7, 7, ", ", 7, 7"),
        ] {
            assert!(line.starts_with(begin) && line.ends_with(end), "{line}");
            assert!(line.contains(" characters … "), "{line}");
            assert!(line.chars().count() < CHARACTERS + 40, "{line}");
        }
        assert_eq!(shortened("short"), "short");
        let word = "x".repeat(2000);
        assert!(shortened(&word).contains("1520 characters"));
    }

    #[test]
    fn what_is_long_is_folded_and_the_last_is_always_there() {
        let long = "SELECT word ".repeat(40);
        let sql = vec![statement(&long, &long); 3];
        let shown = last_statements(&sql, 30);
        assert!(shown.starts_with("… 2 earlier statements …\nSELECT word"));
        let short = vec![statement("COMMIT", "COMMIT"); 9];
        let shown = last_statements(&short, 40);
        assert_eq!(shown.lines().count(), STATEMENTS + 1);
        assert!(shown.starts_with("… 1 earlier statement …\n"));
        let mixed = [statement(&long, &long), statement("COMMIT", "COMMIT")];
        assert_eq!(
            last_statements(&mixed, 40),
            "… 1 earlier statement …\nCOMMIT"
        );
        assert_eq!(last_statements(&[], 40), "");
    }
}
