//! What is wrong with the book, and where.

use std::fmt;

/// One thing that stops the book from being built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From the root of the project.
    pub file: String,
    /// From 1; 0 when it is about the file as a whole.
    pub line: usize,
    pub message: String,
}

impl Finding {
    pub(crate) fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Finding {
            file: file.into(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// All of them, as one error.
#[derive(Clone, Debug, Default)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    pub(crate) fn sorted(mut findings: Vec<Finding>) -> Self {
        findings.sort();
        findings.dedup();
        Findings(findings)
    }

    /// Those of files whose path holds one of the texts; all when there is no
    /// text.
    #[must_use]
    pub fn about(mut self, texts: &[String]) -> Self {
        if !texts.is_empty() {
            self.0.retain(|finding| {
                texts
                    .iter()
                    .any(|text| finding.file.contains(text.as_str()))
            });
        }
        self
    }

    /// # Errors
    /// When there are any.
    pub fn settle(self) -> Result<(), Findings> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let noun = if count == 1 { "thing is" } else { "things are" };
        write!(f, "{count} {noun} wrong with the book")?;
        for finding in &self.0 {
            write!(f, "\n{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}
