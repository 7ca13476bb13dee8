//! The block of TOML between two lines `+++` at the top of a page.

use serde::Deserialize;

/// What a page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Front {
    /// What the reader can do afterwards.
    #[serde(default)]
    pub(crate) objectives: Vec<String>,
    /// Ids of pages, beside the exercise's own prerequisites.
    #[serde(default)]
    pub(crate) prerequisites: Vec<String>,
    /// Ids of the facts of `book/seeds.toml` that the page covers, beside the
    /// exercise's own.
    #[serde(default)]
    pub(crate) seeds: Vec<String>,
}

const FENCE: &str = "+++";

/// The front matter, and the number of lines that it takes.
///
/// # Errors
/// A message, and the line where it is wrong.
pub(crate) fn split(text: &str) -> Result<Option<(Front, usize)>, (usize, String)> {
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some(FENCE) {
        return Ok(None);
    }
    let inside: Vec<&str> = lines.take_while(|line| line.trim_end() != FENCE).collect();
    let taken = inside.len() + 2;
    if text.lines().count() < taken {
        return Err((1, format!("the front matter has no second line {FENCE}")));
    }
    let source = inside.join("\n");
    let front = toml::from_str(&source).map_err(|error| {
        let before = error
            .span()
            .and_then(|span| source.get(..span.start))
            .unwrap_or_default();
        let line = before.matches('\n').count() + 2;
        (
            line,
            format!(
                "the front matter cannot be understood: {}; it may hold objectives, prerequisites, seeds",
                error.message()
            ),
        )
    })?;
    Ok(Some((front, taken)))
}
