//! The diagram of a schema, as a figure of a page.

use anyhow::Context as _;
use diagram::Schema;
use rusqlite::Connection;

use crate::escape;

/// What `conn` holds now. `id` begins the ids in it, and is used once a page.
pub(crate) fn html(conn: &Connection, title: &str, id: &str) -> anyhow::Result<String> {
    let schema = Schema::read(conn)
        .with_context(|| format!("reading the schema for the diagram \"{title}\""))?;
    let id = escape::slug(id);
    let picture = diagram::svg(&schema, title, &id);
    let title = escape::html(title);
    let sentences: String = diagram::words(&schema)
        .iter()
        .map(|sentence| format!("<li>{}</li>\n", escape::html(sentence)))
        .collect();
    let words = if sentences.is_empty() {
        "<p>There are no tables.</p>\n".to_owned()
    } else {
        format!("<ul>\n{sentences}</ul>\n")
    };
    Ok(escape::block(&format!(
        "<figure class=\"erd\" id=\"{id}\">\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Diagram: {title}\">\n\
         {picture}</div>\n\
         <figcaption>{title}</figcaption>\n\
         <details><summary>The same in words</summary>\n{words}</details>\n\
         </figure>"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_shows_the_picture_and_the_same_in_words() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE users (id INTEGER PRIMARY KEY);
             CREATE TABLE posts (user_id INTEGER NOT NULL REFERENCES users)",
        )
        .unwrap();
        let figure = html(&conn, "Users & {{posts}}", "posts.erd 1").unwrap();
        assert!(figure.contains("<figure class=\"erd\" id=\"posts-erd-1\">"));
        assert!(figure.contains("aria-labelledby=\"posts-erd-1-title\""));
        assert!(figure.contains("<figcaption>Users &amp; &#123;&#123;posts}}</figcaption>"));
        assert!(figure.contains(
            "<li>posts.user_id refers to users.id: each post has exactly one user, \
             a user has any number of posts.</li>"
        ));
        assert!(figure.starts_with("\n<figure") && figure.ends_with("</figure>\n"));
        assert!(!figure.trim().contains("\n\n") && !figure.contains("{{"));
    }

    #[test]
    fn a_database_without_tables_is_said_to_have_none() {
        let conn = Connection::open_in_memory().unwrap();
        let figure = html(&conn, "Nothing yet", "nothing").unwrap();
        assert!(figure.contains("<p>There are no tables.</p>"));
    }
}
