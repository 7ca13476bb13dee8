//! What a quiz file says.

use serde::Deserialize;

use crate::fact::Fact;
use crate::fault::Fault;
use crate::text::Text;

/// A file of questions. Texts are Markdown of one paragraph.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// What it is about, where the page around it does not say so.
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default, rename = "question")]
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub prompt: Text,
    /// Shown below the prompt.
    #[serde(default)]
    pub code: Option<String>,
    /// That of `code`.
    #[serde(default)]
    pub language: Option<Language>,
    #[serde(default, rename = "option")]
    pub options: Vec<QuizOption>,
    /// What makes the question and its feedback true: run in the tests.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
    /// Ids of the facts of `book/seeds.toml` that the question covers.
    #[serde(default)]
    pub seeds: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Sql,
    Rust,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuizOption {
    pub text: Text,
    #[serde(default)]
    pub right: bool,
    /// The id in `book/misconceptions.toml` of what makes it look right.
    #[serde(default)]
    pub misconception: Option<Text>,
    #[serde(default)]
    pub feedback: Text,
}

impl Quiz {
    /// # Errors
    /// When the text is no quiz: not TOML, an unknown key, a missing one.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        toml::from_str(text).map_err(Fault::from)
    }
}

impl Question {
    /// Several options are right, so several can be chosen.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        self.options.iter().filter(|option| option.right).count() > 1
    }

    /// The options with the letters by which they are called.
    pub fn lettered(&self) -> impl Iterator<Item = (char, &QuizOption)> {
        ('a'..='z').zip(&self.options)
    }
}

impl Language {
    /// As it stands after three backticks.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Language::Sql => "sql",
            Language::Rust => "rust",
        }
    }
}
