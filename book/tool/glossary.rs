//! The terms of `appendix/glossary.md`, and `[[links]]` to them.

use std::collections::BTreeSet;
use std::fs;

use crate::links;
use crate::places::Places;
use crate::scan;

pub(crate) const PAGE: &str = "appendix/glossary.md";

/// Every term, in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glossary(BTreeSet<String>);

impl Glossary {
    /// Without the page there are no terms.
    pub(crate) fn read(places: &Places) -> Self {
        let text = fs::read_to_string(places.pages().join(PAGE)).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let terms = lines.windows(2).filter_map(|pair| match pair {
            [term, definition] if definition.starts_with(": ") => Some(term.trim().to_lowercase()),
            _ => None,
        });
        Glossary(terms.filter(|term| !term.is_empty()).collect())
    }

    /// The line with each `[[term]]` and `[[term|shown]]` made a link.
    ///
    /// # Errors
    /// A message that names the term that is none.
    pub(crate) fn link(&self, line: &str, up: &str) -> Result<String, String> {
        let outside = scan::outside_code(line);
        let mut out = String::with_capacity(line.len());
        let mut rest = 0;
        while let Some(found) = line.get(rest..).and_then(|tail| tail.find("[[")) {
            let start = rest + found;
            let inside = start + 2;
            let end = line.get(inside..).and_then(|tail| tail.find("]]"));
            let (true, Some(length)) = (outside.get(start) == Some(&true), end) else {
                out.push_str(line.get(rest..inside).unwrap_or_default());
                rest = inside;
                continue;
            };
            out.push_str(line.get(rest..start).unwrap_or_default());
            let written = line.get(inside..inside + length).unwrap_or_default();
            let (term, shown) = written.split_once('|').unwrap_or((written, written));
            let known = term.trim().to_lowercase();
            if !self.0.contains(&known) {
                return Err(format!(
                    "the glossary has no term {term:?}; add it to book/src/{PAGE}, or write [[term|{shown}]]{}",
                    self.near(&known)
                ));
            }
            out.push_str(&format!("[{shown}]({up}{PAGE}#{})", links::id(&known)));
            rest = inside + length + 2;
        }
        out.push_str(line.get(rest..).unwrap_or_default());
        Ok(out)
    }

    fn near(&self, asked: &str) -> String {
        let start: String = asked.chars().take(4).collect();
        let near: Vec<&str> = self
            .0
            .iter()
            .filter(|term| term.contains(&start))
            .map(String::as_str)
            .collect();
        if near.is_empty() {
            String::new()
        } else {
            format!(" (there is {})", near.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_become_links_outside_of_code() {
        let glossary = Glossary(["primary key".to_owned()].into());
        assert_eq!(
            glossary
                .link(
                    "A [[primary key]], [[Primary key|keys]] and `[[x]]`.",
                    "../"
                )
                .unwrap(),
            "A [primary key](../appendix/glossary.md#primary-key), \
             [keys](../appendix/glossary.md#primary-key) and `[[x]]`."
        );
        let error = glossary.link("[[prime]]", "").unwrap_err();
        assert!(error.contains("no term \"prime\""), "{error}");
        assert!(error.contains("there is primary key"), "{error}");
    }
}
