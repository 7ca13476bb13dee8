//! Where pages lead, and what there is to be led to.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use crate::finding::Finding;
use crate::places::Places;

/// The ids and the links of a page.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    pub(crate) ids: HashSet<String>,
    pub(crate) links: Vec<String>,
}

/// Of the Markdown that mdBook will render.
pub(crate) fn anchors(markdown: &str) -> Anchors {
    let mut found = Anchors::default();
    let mut html = String::new();
    let mut heading: Option<(Option<String>, String)> = None;
    let mut headings = Vec::new();
    for event in new_cmark_parser(markdown, &MarkdownOptions::default()) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                heading = Some((id.map(|id| id.to_string()), String::new()));
            }
            Event::Start(Tag::DefinitionListTitle) => heading = Some((None, String::new())),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                headings.extend(heading.take());
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, name)) = &mut heading {
                    name.push_str(&text);
                }
            }
            Event::Html(text) | Event::InlineHtml(text) => html.push_str(&text),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.links.push(dest_url.to_string());
            }
            _ => {}
        }
    }
    found.ids.extend(attributes(&html, "id"));
    for name in ["href", "src"] {
        found.links.extend(attributes(&html, name));
    }
    for (given, name) in headings {
        let id = given.unwrap_or_else(|| id(&name));
        let mut free = id.clone();
        let mut count = 0;
        while !found.ids.insert(free.clone()) {
            count += 1;
            free = format!("{id}-{count}");
        }
    }
    found
}

/// The values of an attribute in HTML, entities undone.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(value, _)| {
            value
                .replace("&#123;", "{")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
        })
        .collect()
}

/// As mdBook makes it of a heading.
pub(crate) fn id(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            letter if letter.is_alphanumeric() || letter == '_' || letter == '-' => Some(letter),
            letter if letter.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// Links of all pages that lead nowhere. The pages by path from `book/src`,
/// each with its source and what became of it.
pub(crate) fn dead(places: &Places, pages: &BTreeMap<String, (String, String)>) -> Vec<Finding> {
    let known: BTreeMap<&str, Anchors> = pages
        .iter()
        .map(|(path, (_, markdown))| (path.as_str(), anchors(markdown)))
        .collect();
    let mut findings = Vec::new();
    for (path, page) in &known {
        let mut links: Vec<&String> = page.links.iter().collect();
        links.sort();
        links.dedup();
        for link in links {
            if let Some(message) = fault(places, &known, path, link) {
                let source = pages.get(*path).map(|(source, _)| source.as_str());
                findings.push(Finding::new(
                    format!("book/src/{path}"),
                    line_of(source.unwrap_or_default(), link),
                    message,
                ));
            }
        }
    }
    findings
}

/// 0 when it does not stand there as it is: a directive made it.
pub(crate) fn line_of(source: &str, text: &str) -> usize {
    source
        .lines()
        .position(|line| line.contains(text))
        .map_or(0, |index| index + 1)
}

fn fault(
    places: &Places,
    known: &BTreeMap<&str, Anchors>,
    from: &str,
    link: &str,
) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, fragment) = match link.split_once('#') {
        Some((file, fragment)) => (file, Some(fragment)),
        None => (link, None),
    };
    let target = if file.is_empty() {
        from.to_owned()
    } else {
        let Some(target) = resolve(from, file) else {
            return Some(format!("the link {link} leads out of the book"));
        };
        match target.strip_suffix(".html") {
            Some(stem) if !known.contains_key(target.as_str()) => page_of(stem, known),
            _ => target,
        }
    };
    let Some(page) = known.get(target.as_str()) else {
        let is_file = !target.ends_with(".md") && places.pages().join(&target).is_file();
        return (!is_file).then(|| format!("the link {link} leads to no page and no file"));
    };
    let fragment = fragment?;
    if page.ids.contains(fragment) {
        return None;
    }
    let near: BTreeSet<&str> = page
        .ids
        .iter()
        .map(String::as_str)
        .filter(|id| fragment.get(..4).is_some_and(|start| id.contains(start)))
        .collect();
    let near: Vec<&str> = near.into_iter().take(5).collect();
    Some(format!(
        "the link {link} leads to no heading of book/src/{target}; near: {}",
        if near.is_empty() {
            "none".to_owned()
        } else {
            near.join(", ")
        }
    ))
}

/// `README.md` is rendered as `index.html`.
fn page_of(stem: &str, known: &BTreeMap<&str, Anchors>) -> String {
    let readme = stem
        .strip_suffix("index")
        .map(|folder| format!("{folder}README.md"));
    match readme {
        Some(readme) if known.contains_key(readme.as_str()) => readme,
        _ => format!("{stem}.md"),
    }
}

/// `../b.md` seen from `a/c.md` is `b.md`.
pub(crate) fn resolve(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = Path::new(from)
        .parent()
        .and_then(Path::to_str)
        .unwrap_or_default()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_mdbook() {
        assert_eq!(id("Looks right, is wrong"), "looks-right-is-wrong");
        assert_eq!(id(" `NOT NULL` & co"), "not-null--co");
        let found =
            anchors("# A `b`\n\n## C {#d}\n\n## C\n\n## C\n\nTerm\n: what\n\n<p id=\"e\">x</p>\n");
        let mut ids: Vec<_> = found.ids.into_iter().collect();
        ids.sort();
        assert_eq!(ids, ["a-b", "c", "c-1", "d", "e", "term"]);
    }

    #[test]
    fn links_are_followed() {
        let places = Places::new("/nowhere");
        let page = |text: &str| (text.to_owned(), text.to_owned());
        let pages = BTreeMap::from([
            (
                "a/README.md".to_owned(),
                page("# Top\n\n[x](b.md#one) [y](#top) [z](../c.md)\n<a href=\"index.html\">i</a>"),
            ),
            (
                "a/b.md".to_owned(),
                page(
                    "# One\n\n[out](https://example.org) [up](../../x.md)\n\n[bad](README.md#tap)",
                ),
            ),
            ("c.md".to_owned(), page("![no](picture.png)")),
        ]);
        let found: Vec<String> = dead(&places, &pages)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            [
                "book/src/a/b.md:3: the link ../../x.md leads out of the book",
                "book/src/a/b.md:5: the link README.md#tap leads to no heading of book/src/a/README.md; near: none",
                "book/src/c.md:1: the link picture.png leads to no page and no file",
            ]
        );
    }
}
