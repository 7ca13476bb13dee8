//! What is not right with a file, and where.

/// One thing that is not right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The byte of the file that it is about.
    pub at: usize,
    pub message: String,
}

impl Fault {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Fault {
            at,
            message: message.into(),
        }
    }

    /// The line of `source`, the text of the file; from 1.
    #[must_use]
    pub fn line(&self, source: &str) -> usize {
        let before = source.as_bytes().iter().take(self.at);
        before.filter(|byte| **byte == b'\n').count() + 1
    }
}

impl From<toml::de::Error> for Fault {
    fn from(error: toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        Fault::new(at, error.message())
    }
}
