//! The checks of an exercise, read from the source of its `tests/checks.rs`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a check: of its test function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct CheckName(pub(crate) String);

impl CheckName {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A check as its source declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) name: CheckName,
    /// The first line of its doc comment, or its name with spaces; no period.
    pub(crate) title: String,
}

/// The checks in the order in which the file has them: every `fn` that
/// follows a `#[test]`. `dev check` compares the list with what the compiled
/// test program lists.
pub(super) fn read(source: &str) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut doc: Option<String> = None;
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            doc.get_or_insert_with(|| text.trim().trim_end_matches('.').to_owned());
        } else if line == "#[test]" {
            is_test = true;
        } else if let Some(name) = line
            .strip_prefix("fn ")
            .and_then(|rest| rest.split('(').next())
        {
            if is_test {
                let title = doc.take().unwrap_or_else(|| name.replace('_', " "));
                checks.push(Check {
                    name: CheckName(name.to_owned()),
                    title,
                });
            }
            (doc, is_test) = (None, false);
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            doc = None;
        }
    }
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_doc_comment_or_the_name() {
        let source = "\
/// An id is assigned.
/// More text.
#[test]
fn an_id_is_assigned() {
    check(|w| { fn inner() {} });
}

fn helper() {}

#[test]
fn names_are_unique() {}
";
        let found: Vec<_> = read(source)
            .into_iter()
            .map(|c| (c.name.0, c.title))
            .collect();
        assert_eq!(
            found,
            [
                (
                    "an_id_is_assigned".to_owned(),
                    "An id is assigned".to_owned()
                ),
                ("names_are_unique".to_owned(), "names are unique".to_owned()),
            ]
        );
    }
}
