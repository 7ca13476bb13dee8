//! An expectation that did not hold, while it is being written.

use std::fmt::{self, Display};
use std::path::Path;

use crate::evidence;

/// What an expectation, and a whole check, comes to.
pub type Outcome<T = ()> = Result<T, Failure>;

/// An expectation that did not hold.
///
/// The SQL that ran, the line of the learner's file and the database are added
/// when the check ends, unless they are set here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(Box<Draft>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Draft {
    record: evidence::Failure,
    about: Option<String>,
    is_error: bool,
}

impl Failure {
    /// A failure that says, in one sentence, what is wrong.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Draft {
            record: evidence::Failure {
                message: message.into(),
                ..evidence::Failure::default()
            },
            about: None,
            is_error: false,
        }))
    }

    /// What the database, or the code, should hold or do.
    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.0.record.expected = Some(text.into());
        self
    }

    /// What was found instead.
    #[must_use]
    pub fn observed(mut self, text: impl Into<String>) -> Self {
        self.0.record.observed = Some(text.into());
        self
    }

    /// Expected and observed side by side, one difference a line.
    #[must_use]
    pub fn diff(mut self, text: impl Into<String>) -> Self {
        self.0.record.diff = Some(text.into());
        self
    }

    /// One line on why it matters. The first reason given stays, so that the
    /// expectation's own, being nearer to the cause, wins over the check's.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.0.record.why.get_or_insert_with(|| why.into());
        self
    }

    /// Chooses a hint other than the check's own. The first key given stays.
    #[must_use]
    pub fn hint(mut self, key: impl Into<String>) -> Self {
        self.0.record.hint.get_or_insert_with(|| key.into());
        self
    }

    /// The database to look at.
    #[must_use]
    pub fn database(mut self, path: &Path) -> Self {
        self.0
            .record
            .database
            .get_or_insert_with(|| path.to_path_buf());
        self
    }

    /// The line of the learner's file to look at.
    pub(crate) fn place(mut self, place: evidence::Place) -> Self {
        self.0.record.place = Some(place);
        self
    }

    /// What the code under test sent to SQLite, oldest first.
    pub(crate) fn sql(mut self, statements: Vec<evidence::Statement>) -> Self {
        self.0.record.sql = statements;
        self
    }

    /// A word, as a rule a table's name: the last statement that contains it
    /// is the one whose line in the learner's file is shown.
    #[must_use]
    pub fn about(mut self, word: impl Into<String>) -> Self {
        self.0.about = Some(word.into());
        self
    }

    /// The sentence that says what is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.record.message
    }

    /// What will be written down, as far as it is known.
    #[must_use]
    pub fn record(&self) -> &evidence::Failure {
        &self.0.record
    }

    /// Whether it says that the code under test returned an error.
    pub(crate) fn is_error(&self) -> bool {
        self.0.is_error
    }

    pub(crate) fn into_parts(self) -> (evidence::Failure, Option<String>) {
        (self.0.record, self.0.about)
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.record.message)
    }
}

impl std::error::Error for Failure {}

/// For `?` on the statements of a check itself.
impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(format!("SQLite says: {error}"))
    }
}

/// For `?` on what a check does with files.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(format!("the check cannot use its folder: {error}"))
    }
}

/// Adds to the [`Failure`] of an [`Outcome`], if it is one.
pub trait OutcomeExt {
    /// One line on why it matters; see [`Failure::because`].
    #[must_use]
    fn because(self, why: impl Into<String>) -> Self;
    /// Chooses a hint other than the check's own; see [`Failure::hint`].
    #[must_use]
    fn hint(self, key: impl Into<String>) -> Self;
    /// Says what is wrong in the check's own words; what was observed stays.
    #[must_use]
    fn saying(self, message: impl Into<String>) -> Self;
}

impl<T> OutcomeExt for Outcome<T> {
    fn because(self, why: impl Into<String>) -> Self {
        self.map_err(|failure| failure.because(why))
    }

    fn hint(self, key: impl Into<String>) -> Self {
        self.map_err(|failure| failure.hint(key))
    }

    fn saying(self, message: impl Into<String>) -> Self {
        self.map_err(|mut failure| {
            failure.0.record.message = message.into();
            failure
        })
    }
}

impl Failure {
    /// The code under test returned an error where it should not.
    pub(crate) fn returned(error: &dyn Display) -> Self {
        let text = error.to_string();
        let mut failure = Self::new(format!("your code returned an error: {text}"));
        failure.0.is_error = true;
        failure.0.record.why = explained(&text).map(str::to_owned);
        failure
    }

    /// The code under test returned no error where it should.
    pub(crate) fn should_have_failed() -> Self {
        Self::new("your code returned Ok, but should have returned an error")
            .expected("an error")
            .observed("Ok")
    }
}

/// What a message of SQLite's or rusqlite's means, if it does not say so and
/// has one cause only.
fn explained(error: &str) -> Option<&'static str> {
    if error.starts_with("incomplete input") {
        Some("The SQL ends too early: look for a parenthesis or a quote that is never closed.")
    } else if error.starts_with("Wrong number of parameters") {
        Some(
            "Each placeholder such as ?1 takes one value. Between quotes it is text and takes none.",
        )
    } else if error.contains(": syntax error") {
        Some(
            "SQLite cannot read this SQL. Look just before the word it names: is something \
             missing, such as a comma or the semicolon between two statements, or in another order?",
        )
    } else {
        None
    }
}
