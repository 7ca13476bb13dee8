//! Text that becomes HTML.

/// For element content and attribute values.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // mdBook's own directives begin so.
            '{' => out.push_str("&#123;"),
            other => out.push(other),
        }
    }
    out
}

/// HTML that stands in Markdown as one block: an empty line would end it.
pub(crate) fn block(html: &str) -> String {
    let mut html = html.trim().to_owned();
    while html.contains("\n\n") {
        html = html.replace("\n\n", "&#10;\n");
    }
    format!("\n{html}\n")
}

/// A name for ids and form fields.
pub(crate) fn slug(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'a'..='z' | '0'..='9' => letter,
            'A'..='Z' => letter.to_ascii_lowercase(),
            _ => '-',
        })
        .collect()
}
