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
    Ok(format!(
        "<figure class=\"erd\"><div class=\"drawing\" role=\"region\" tabindex=\"0\" aria-label=\"{title_html}\">{}</div>\
         <figcaption>{title_html}</figcaption>\
         <details><summary>The same in words</summary><ul>{}</ul></details></figure>",
        diagram::svg(&schema, title, id),
        items.concat()
    ))
}
