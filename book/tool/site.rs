//! The pages as they came out of mdBook.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files::files;
use crate::finding::{Finding, Findings};
use crate::links::attributes;

/// What the page of an address is checked for besides links.
const LEFT_OVER: [(&str, &str); 3] = [
    ("{{#", "a directive is left over"),
    ("\"></code></pre>", "a code block is empty"),
    ("[[", "a link to the glossary is left over"),
];

struct Html {
    ids: HashSet<String>,
    links: Vec<String>,
    faults: Vec<&'static str>,
}

/// # Errors
/// Directives left over, empty code blocks, links that lead nowhere, and
/// anything that is asked of another machine.
pub(crate) fn look(folder: &Path) -> Result<()> {
    let mut pages = BTreeMap::new();
    for path in files(folder, "html")? {
        let text = fs::read_to_string(folder.join(&path))
            .with_context(|| format!("reading {path} of the built book"))?;
        pages.insert(path, read(&text));
    }
    let mut findings = Vec::new();
    for (path, page) in &pages {
        let mut find = |message: String| findings.push(Finding::new(path.clone(), 0, message));
        for fault in &page.faults {
            find((*fault).to_owned());
        }
        // It repeats every page, with ids of its own.
        if path == "print.html" || path == "toc.html" {
            continue;
        }
        for link in &page.links {
            if !leads(folder, &pages, path, link) {
                find(format!("the link {link} leads nowhere"));
            }
        }
    }
    Findings::sorted(findings).settle()?;
    Ok(())
}

fn read(text: &str) -> Html {
    let body = text
        .split_once("<main>")
        .and_then(|(_, rest)| rest.split_once("</main>"))
        .map_or(text, |(body, _)| body);
    let mut faults: Vec<&'static str> = LEFT_OVER
        .iter()
        .filter(|(mark, _)| {
            without_code(body).contains(mark) || (*mark != "[[" && body.contains(mark))
        })
        .map(|(_, fault)| *fault)
        .collect();
    let fetched = attributes(text, "src");
    if fetched.iter().any(|source| source.contains("://")) {
        faults.push("the page fetches something from another machine");
    }
    let mut links = attributes(body, "href");
    links.extend(attributes(body, "src"));
    links.sort();
    links.dedup();
    Html {
        ids: attributes(text, "id").into_iter().collect(),
        links,
        faults,
    }
}

/// The text without what stands in `<code>`.
fn without_code(html: &str) -> String {
    html.split("<code")
        .enumerate()
        .map(|(index, part)| {
            if index == 0 {
                part
            } else {
                part.split_once("</code>").map_or("", |(_, rest)| rest)
            }
        })
        .collect()
}

fn leads(folder: &Path, pages: &BTreeMap<String, Html>, from: &str, link: &str) -> bool {
    if link.contains("://") || link.starts_with("mailto:") {
        return true;
    }
    let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() {
        from.to_owned()
    } else {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in file.split('/') {
            match part {
                "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        return false;
                    }
                }
                other => parts.push(other),
            }
        }
        parts.join("/")
    };
    match pages.get(&target) {
        Some(page) => fragment.is_empty() || page.ids.contains(fragment),
        None => folder.join(&target).is_file(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(pages: &[(&str, &str)]) -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        for (path, body) in pages {
            fs::write(folder.path().join(path), format!("<main>{body}</main>")).unwrap();
        }
        look(folder.path())
    }

    #[test]
    fn what_is_left_over_is_found() {
        site(&[
            ("a.html", "<a href=\"b.html#x\">b</a> <code>[[x]]</code>"),
            ("b.html", "<p id=\"x\"></p><a href=\"#x\">x</a>"),
        ])
        .unwrap();
        for (body, fault) in [
            ("{{#quiz x}}", "a directive is left over"),
            (
                "<pre><code class=\"language-rust\"></code></pre>",
                "a code block is empty",
            ),
            ("[[term]]", "a link to the glossary is left over"),
            ("<a href=\"c.html\">c</a>", "the link c.html leads nowhere"),
            ("<a href=\"#y\">y</a>", "the link #y leads nowhere"),
            (
                "<img src=\"https://example.org/x.png\">",
                "from another machine",
            ),
        ] {
            let error = site(&[("a.html", body)]).unwrap_err().to_string();
            assert!(error.contains(fault), "{body}: {error}");
        }
    }
}
