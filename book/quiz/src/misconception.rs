//! `book/misconceptions.toml`: beliefs that are wrong, by id.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::fact::{Fact, settle};
use crate::fault::Fault;
use crate::text::Text;

/// A belief that is wrong.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misconception {
    pub belief: Text,
    /// What happens instead.
    pub happens: Text,
    /// What shows that it happens: run in the tests.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
}

/// All of them, by id (`M1`).
#[derive(Clone, Debug, Default)]
pub struct Misconceptions(BTreeMap<String, Misconception>);

impl Misconceptions {
    /// # Errors
    /// When the text is not a table of misconceptions.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        toml::from_str(text)
            .map(Misconceptions)
            .map_err(Fault::from)
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Misconception> {
        self.0.get(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Misconception)> {
        self.0.iter().map(|(id, one)| (id.as_str(), one))
    }

    /// Everything that is not right with them, without running a fact.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (id, one) in self.iter() {
            let mut fault = |text: String| {
                faults.push(Fault::new(one.belief.at(), format!("{id}: {text}")));
            };
            let numbered = id.strip_prefix('M').is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            });
            if !numbered {
                fault("an id is an M and a number".to_owned());
            }
            for (key, sentence) in [("belief", &one.belief), ("happens", &one.happens)] {
                if !sentence.ends_with('.') {
                    fault(format!("`{key}` is a sentence, with a full stop"));
                }
            }
            for fact in &one.facts {
                if fact.with_code {
                    fault("there is no code here for `with_code`".to_owned());
                } else if let Some(text) = fact.shape() {
                    fault(text.to_owned());
                }
            }
        }
        faults
    }

    /// Runs the facts. What does not happen as it is said comes back.
    #[must_use]
    pub fn run_facts(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (id, one) in self.iter() {
            for fact in &one.facts {
                if let Err(message) = settle(fact, "") {
                    faults.push(Fault::new(
                        fact.at(one.belief.at()),
                        format!("{id}: {message}"),
                    ));
                }
            }
        }
        faults
    }
}
