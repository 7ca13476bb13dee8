//! What a quiz file says.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A file of questions. Texts are Markdown of one paragraph.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// The heading, if it is another than "Quiz".
    #[serde(default)]
    pub title: Option<String>,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub prompt: String,
    /// Code that the question is about, shown below the prompt.
    #[serde(default)]
    pub code: Option<String>,
    /// The language of `code`: `sql` or `rust`.
    #[serde(default)]
    pub language: Option<String>,
    #[serde(rename = "option")]
    pub options: Vec<QuizOption>,
    /// What makes the question and its feedback true: run in the tests.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
    /// Ids of the facts of `book/seeds.toml` that the question covers.
    #[serde(default)]
    pub seeds: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuizOption {
    pub text: String,
    #[serde(default)]
    pub right: bool,
    /// The id in `book/misconceptions.toml` of what makes it look right.
    #[serde(default)]
    pub misconception: Option<String>,
    pub feedback: String,
}

/// A claim about SQL or Rust that a machine can settle.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Statements, run on an empty database, on top of those of `code` when
    /// `with_code` is set.
    #[serde(default)]
    pub sql: String,
    /// Run the question's `code` first.
    #[serde(default)]
    pub with_code: bool,
    /// Asked after `sql`; its rows are compared with `rows`.
    #[serde(default)]
    pub query: Option<String>,
    /// Values as SQLite's `quote` writes them: `NULL`, `1`, `'text'`.
    #[serde(default)]
    pub rows: Option<Vec<Vec<String>>>,
    /// The last statement of `sql` fails, and the message contains this.
    #[serde(default)]
    pub fails: Option<String>,
    /// A test of the listings that shows it: `subject_group::name_of_test`.
    #[serde(default)]
    pub test: Option<String>,
}

/// A belief that is wrong, by its id (`M1`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misconception {
    pub belief: String,
    /// What happens instead.
    pub happens: String,
}

impl Quiz {
    /// # Errors
    /// When the text is no quiz; the message gives the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}

impl Question {
    /// Several options are right, so several can be chosen.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        self.options.iter().filter(|option| option.right).count() > 1
    }
}

pub(crate) fn parse_misconceptions(text: &str) -> Result<BTreeMap<String, Misconception>, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}
