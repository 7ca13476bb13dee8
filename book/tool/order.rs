//! Where a reader goes on: every page ends with a link to the one after it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use crate::finding::Finding;
use crate::links;
use crate::places::Places;

/// What the last paragraph of a page begins with.
const NEXT: &str = "Next: ";

/// Pages that do not lead to the one that follows them in `SUMMARY.md`. The
/// appendix is not read in order.
pub(crate) fn dead_ends(
    places: &Places,
    sources: &BTreeMap<String, String>,
) -> Result<Vec<Finding>> {
    let path = places.pages().join("SUMMARY.md");
    let summary =
        fs::read_to_string(&path).with_context(|| format!("reading {}", places.shown(&path)))?;
    let order: Vec<String> = links::anchors(&summary)
        .links
        .into_iter()
        .filter(|page| !page.starts_with("appendix/"))
        .collect();
    let mut findings = Vec::new();
    for (page, after) in order.iter().zip(order.iter().skip(1)) {
        let Some(source) = sources.get(page) else {
            continue;
        };
        let last = source.rsplit_once(&format!("\n{NEXT}"));
        let leads_on = last.is_some_and(|(_, last)| {
            let mut links = links::anchors(last).links.into_iter();
            links.any(|link| links::resolve(page, &link).as_deref() == Some(after))
        });
        if !leads_on {
            let line = match last {
                None => 0,
                Some((before, _)) => before.matches('\n').count() + 2,
            };
            findings.push(Finding::new(
                format!("book/src/{page}"),
                line,
                format!("the page ends without \"{NEXT}\" and a link to {after}, which follows in SUMMARY.md"),
            ));
        }
    }
    Ok(findings)
}
