//! A string that knows where in its file it stands.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// A string, and the byte of its file where it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    text: String,
    at: usize,
}

impl Text {
    /// The byte of the file where it begins.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<String>::deserialize(deserializer)?;
        Ok(Text {
            at: spanned.span().start,
            text: spanned.into_inner(),
        })
    }
}
