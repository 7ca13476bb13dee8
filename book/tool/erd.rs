//! Diagrams of tables, as pages show them.

use anyhow::{Context, Result};
use diagram::Schema;
use rusqlite::Connection;

use crate::escape;

/// The figure, with the same in words folded below it.
pub(crate) fn html(conn: &Connection, title: &str, id: &str) -> Result<String> {
    let schema = Schema::read(conn).context("reading the schema")?;
    let title_html = escape::html(title);
    let items: Vec<String> = diagram::words(&schema)
        .iter()
        .map(|sentence| format!("<li>{}</li>", escape::html(sentence)))
        .collect();
    let words = match items.as_slice() {
        [] => "<p>There are no tables.</p>".to_owned(),
        items => format!("<ul>{}</ul>", items.concat()),
    };
    Ok(format!(
        "<figure class=\"erd\"><div class=\"drawing\" role=\"region\" tabindex=\"0\" aria-label=\"{title_html}\">{}</div>\
         <figcaption>{title_html}</figcaption>\
         <details><summary>The same in words</summary>{words}</details></figure>",
        diagram::svg(&schema, title, id),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_drawn_and_said() {
        let conn = Connection::open_in_memory().unwrap();
        let figure = html(&conn, "Nothing yet", "erd-1").unwrap();
        assert!(figure.contains("<p>There are no tables.</p>"), "{figure}");

        conn.execute_batch(
            "CREATE TABLE users (id INTEGER PRIMARY KEY);
             CREATE TABLE posts (user_id INTEGER NOT NULL REFERENCES users)",
        )
        .unwrap();
        let figure = html(&conn, "Users & {{posts}}", "erd-1").unwrap();
        assert!(
            figure.contains("aria-labelledby=\"erd-1-title\""),
            "{figure}"
        );
        assert!(figure.contains("<figcaption>Users &amp; &#123;&#123;posts}}</figcaption>"));
        assert!(figure.contains(
            "<li>posts.user_id refers to users.id: each post has exactly one user, \
             a user has any number of posts.</li>"
        ));
        assert!(!figure.contains("\n\n"), "{figure}");
    }
}
