//! What all pages are made from.

use std::collections::BTreeMap;

use crate::course::Course;
use crate::glossary::Glossary;
use crate::places::Places;

/// Read once, given to each page.
pub(crate) struct Sources {
    pub(crate) places: Places,
    pub(crate) course: Course,
    pub(crate) glossary: Glossary,
    /// Where the project can be read, if `book.toml` says so.
    pub(crate) repository: Option<String>,
    /// The heading of each page, by its path.
    pub(crate) headings: BTreeMap<String, String>,
    /// Minutes of all pages and exercises.
    pub(crate) minutes: u32,
}
