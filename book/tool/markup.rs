//! Short Markdown, as HTML: prompts, objectives, feedback.

use mdbook_markdown::pulldown_cmark::{Options, Parser, html};

/// Blocks and all.
pub(crate) fn blocks(markdown: &str) -> String {
    let mut out = String::new();
    let options = Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_TABLES;
    html::push_html(&mut out, Parser::new_ext(markdown, options));
    out.replace('{', "&#123;")
}

/// One paragraph, without its `<p>`.
pub(crate) fn inline(markdown: &str) -> String {
    let html = blocks(markdown.trim());
    let html = html.trim();
    html.strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"))
        .filter(|rest| !rest.contains("<p>"))
        .unwrap_or(html)
        .to_owned()
}
