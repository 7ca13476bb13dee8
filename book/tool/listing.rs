//! Pieces of files that tests compile and run, by anchor.

use std::fs;

use crate::places::Places;

/// The lines between `ANCHOR: name` and `ANCHOR_END: name` of a file in
/// `book/listings/src`, without the common indentation and without other
/// anchors; the whole file when no anchor is named.
///
/// # Errors
/// A message that names what is missing and what there is.
pub(crate) fn read(places: &Places, asked: &str) -> Result<String, String> {
    let (file, anchor) = match asked.split_once(':') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (asked, None),
    };
    let path = places.listings().join(file);
    let shown = places.shown(&path);
    let text = fs::read_to_string(&path).map_err(|error| format!("{shown}: {error}"))?;
    let lines: Vec<&str> = match anchor {
        None => text.lines().filter(|line| mark(line).is_none()).collect(),
        Some(anchor) => between(&text, anchor).ok_or_else(|| {
            format!(
                "{shown} has no complete anchor {anchor}; there are: {}",
                anchors(&text).join(", ")
            )
        })?,
    };
    let code = dedent(&lines);
    if code.trim().is_empty() {
        return Err(format!("{shown}: the listing {asked} is empty"));
    }
    Ok(code)
}

fn between<'a>(text: &'a str, anchor: &str) -> Option<Vec<&'a str>> {
    let mut lines = text.lines();
    lines
        .by_ref()
        .find(|line| mark(line) == Some(Mark::Begin(anchor)))?;
    let mut inside = Vec::new();
    for line in lines {
        match mark(line) {
            Some(Mark::End(name)) if name == anchor => return Some(inside),
            Some(_) => {}
            None => inside.push(line),
        }
    }
    None
}

#[derive(PartialEq)]
enum Mark<'a> {
    Begin(&'a str),
    End(&'a str),
}

fn mark(line: &str) -> Option<Mark<'_>> {
    let comment = line.trim().strip_prefix("//")?.trim();
    if let Some(name) = comment.strip_prefix("ANCHOR:") {
        return Some(Mark::Begin(name.trim()));
    }
    comment
        .strip_prefix("ANCHOR_END:")
        .map(|name| Mark::End(name.trim()))
}

fn anchors(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| match mark(line) {
            Some(Mark::Begin(name)) => Some(name),
            _ => None,
        })
        .collect()
}

fn dedent(lines: &[&str]) -> String {
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(indent..).unwrap_or_default())
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The code with each of the texts replaced by a gap.
///
/// # Errors
/// A message naming the text that the code does not hold.
pub(crate) fn with_gaps(code: &str, gaps: &str) -> Result<String, String> {
    let mut code = code.to_owned();
    for gap in gaps.split('|') {
        if gap.is_empty() || !code.contains(gap) {
            return Err(format!("the listing does not hold the gap {gap:?}"));
        }
        code = code.replacen(gap, "____", 1);
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "use a;\n// ANCHOR: outer\nfn f() {\n    // ANCHOR: inner\n    one();\n\n      two();\n    // ANCHOR_END: inner\n}\n// ANCHOR_END: outer\n// ANCHOR: open\n";

    #[test]
    fn anchors_may_lie_in_each_other() {
        assert_eq!(
            dedent(&between(TEXT, "inner").unwrap()),
            "one();\n\n  two();"
        );
        assert_eq!(
            dedent(&between(TEXT, "outer").unwrap()),
            "fn f() {\n    one();\n\n      two();\n}"
        );
        assert_eq!(between(TEXT, "open"), None);
        assert_eq!(between(TEXT, "gone"), None);
        assert_eq!(anchors(TEXT), ["outer", "inner", "open"]);
    }

    #[test]
    fn a_gap_must_be_there() {
        assert_eq!(with_gaps("a b a", "a").unwrap(), "____ b a");
        assert!(with_gaps("a", "b").is_err());
        assert!(with_gaps("a", "").is_err());
    }
}
