//! Rows as a table of HTML.

use rusqlite::types::Value;

use crate::escape;
use crate::sql::{Outcome, Rows};

/// More rows than this are cut, with a line that says so.
const MOST: usize = 50;

/// A table with its caption.
pub(crate) fn html(rows: &Rows, caption: &str) -> String {
    let mut out = String::from("<table class=\"rows\">");
    if !caption.is_empty() {
        out.push_str(&format!("<caption>{}</caption>", escape::html(caption)));
    }
    out.push_str("<thead><tr>");
    for column in &rows.columns {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escape::html(column)));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows.rows.iter().take(MOST) {
        out.push_str("<tr>");
        for value in row {
            out.push_str(&cell(value));
        }
        out.push_str("</tr>");
    }
    let width = rows.columns.len();
    let left = rows.rows.len().saturating_sub(MOST);
    if rows.rows.is_empty() {
        out.push_str(&note(width, "no rows"));
    } else if left > 0 {
        out.push_str(&note(width, &format!("and {left} rows more")));
    }
    out.push_str("</tbody></table>");
    out
}

fn note(width: usize, text: &str) -> String {
    format!("<tr><td class=\"none\" colspan=\"{width}\">{text}</td></tr>")
}

/// The class says the storage class, so that the text '7' and the number 7
/// look different: numbers stand on the right.
fn cell(value: &Value) -> String {
    let (class, text) = match value {
        Value::Null => ("null", "NULL".to_owned()),
        Value::Integer(number) => ("number", number.to_string()),
        Value::Real(number) => ("number", real(*number)),
        Value::Text(text) => ("text", escape::html(text)),
        Value::Blob(bytes) => ("blob", blob(bytes)),
    };
    format!("<td class=\"{class}\">{text}</td>")
}

/// `2.0` stays `2.0`.
fn real(number: f64) -> String {
    let text = number.to_string();
    if number.is_finite() && !text.contains('.') && !text.contains('e') {
        text + ".0"
    } else {
        text
    }
}

fn blob(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("x'{digits}'")
}

/// What a fence gave: the answers to its queries, else what its last statement
/// did.
pub(crate) fn result(outcomes: &[Outcome]) -> String {
    let mut parts: Vec<String> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::Rows(rows) => Some(html(rows, "")),
            Outcome::Refused(message) => Some(format!(
                "<p class=\"refused\"><strong>✗ SQLite refuses:</strong> <code>{}</code></p>",
                escape::html(message)
            )),
            Outcome::Changed(_) | Outcome::Done => None,
        })
        .collect();
    if parts.is_empty() {
        let changed: u64 = outcomes
            .iter()
            .map(|outcome| match outcome {
                Outcome::Changed(count) => *count,
                _ => 0,
            })
            .sum();
        let any = outcomes
            .iter()
            .any(|outcome| matches!(outcome, Outcome::Changed(_)));
        parts.push(match (any, changed) {
            (false, _) => "<p class=\"done\">✓ done; no rows come back</p>".to_owned(),
            (true, 1) => "<p class=\"done\">✓ 1 row changed</p>".to_owned(),
            (true, count) => format!("<p class=\"done\">✓ {count} rows changed</p>"),
        });
    }
    format!(
        "<div class=\"sql-result\" role=\"group\" aria-label=\"Result\">{}</div>",
        parts.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Database;

    #[test]
    fn values_keep_their_storage_class() {
        let rows = Database::new()
            .unwrap()
            .query("SELECT '<7>' AS \"a & b\", 7, 2.0, NULL, x'00ff'")
            .unwrap();
        assert_eq!(
            html(&rows, "All of them"),
            "<table class=\"rows\"><caption>All of them</caption><thead><tr>\
             <th scope=\"col\">a &amp; b</th><th scope=\"col\">7</th>\
             <th scope=\"col\">2.0</th><th scope=\"col\">NULL</th>\
             <th scope=\"col\">x'00ff'</th></tr></thead><tbody><tr>\
             <td class=\"text\">&lt;7&gt;</td><td class=\"number\">7</td>\
             <td class=\"number\">2.0</td><td class=\"null\">NULL</td>\
             <td class=\"blob\">x'00FF'</td></tr></tbody></table>"
        );
    }

    #[test]
    fn an_empty_table_says_so() {
        let database = Database::new().unwrap();
        database.run("CREATE TABLE t (a, b)");
        let html = html(&database.query("SELECT * FROM t").unwrap(), "");
        assert!(
            html.contains("<td class=\"none\" colspan=\"2\">no rows</td>"),
            "{html}"
        );
    }
}
