//! `exercise.toml`: what an author says about an exercise.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::checks::CheckName;

/// The parsed `exercise.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) title: String,
    pub(crate) minutes: u32,
    pub(crate) seeds: Vec<String>,
    #[serde(default)]
    pub(crate) prerequisites: Vec<String>,
    /// What is the learner's, relative to the exercise's folder.
    pub(crate) files: Vec<String>,
    /// One line: what the learner does.
    pub(crate) summary: String,
    /// Shown after passing: what was verified.
    pub(crate) success: String,
    /// Shown after passing: one question to think about.
    pub(crate) reflection: String,
    #[serde(default)]
    pub(crate) renamed_from: Vec<String>,
    /// Lifts `unsafe_code = "forbid"` from the learner's library.
    #[serde(default)]
    pub(crate) allow_unsafe: bool,
    /// Checks that pass on the starter, on purpose.
    #[serde(default)]
    pub(crate) regression: Vec<CheckName>,
    #[serde(default)]
    pub(crate) points: BTreeMap<CheckName, u32>,
    #[serde(default)]
    pub(crate) needs: BTreeMap<CheckName, Vec<CheckName>>,
    #[serde(default)]
    pub(crate) limits: Limits,
    /// A code of rustc's (`E0308`) and what it means in this exercise.
    #[serde(default)]
    pub(crate) compile_slips: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) hints: Vec<Hint>,
    #[serde(default)]
    pub(crate) wrong: Vec<Variant>,
    #[serde(default)]
    pub(crate) right: Vec<Variant>,
    #[serde(default)]
    pub(crate) survivors: Vec<Survivor>,
}

/// A ladder of hints for the checks that it names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hint {
    /// Names of checks, or keys that a check's failure carries.
    #[serde(rename = "for")]
    pub(crate) serves: Vec<String>,
    /// From a question to something close to code.
    pub(crate) levels: Vec<String>,
}

/// How long and how large a submission may grow.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Limits {
    check_seconds: f64,
    build_seconds: f64,
    memory_mib: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            check_seconds: 10.0,
            build_seconds: 60.0,
            memory_mib: 1024,
        }
    }
}

impl Limits {
    /// How long one check may run.
    pub(crate) fn check(&self) -> Duration {
        Duration::try_from_secs_f64(self.check_seconds).unwrap_or(Duration::from_secs(10))
    }

    /// How long rustc may work on the submission's crate.
    pub(crate) fn build(&self) -> Duration {
        Duration::try_from_secs_f64(self.build_seconds).unwrap_or(Duration::from_secs(60))
    }

    /// How much address space one check may use, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        self.memory_mib.saturating_mul(1024 * 1024)
    }
}

/// A stored submission: right in another style, or wrong in a known way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) about: String,
    /// The misconception behind it, of `book/misconceptions.toml`.
    #[serde(default)]
    pub(crate) misconception: Option<String>,
    /// Changes to the solution, or …
    #[serde(default)]
    pub(crate) edits: Vec<Edit>,
    /// … a file of the exercise's folder that takes the place of `src/lib.rs`.
    #[serde(default)]
    pub(crate) file: Option<String>,
    /// The checks that must fail; empty for a right submission.
    #[serde(default)]
    pub(crate) fails: Vec<CheckName>,
    /// The hint that must be triggered; the failing check's own if not given.
    #[serde(default)]
    pub(crate) hint: Option<String>,
    /// Another design, not another literal.
    #[serde(default)]
    pub(crate) structural: bool,
}

/// One change to a file of the solution.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    #[serde(default = "lib_rs")]
    pub(crate) file: String,
    /// Must be found exactly once.
    pub(crate) find: String,
    pub(crate) replace: String,
}

fn lib_rs() -> String {
    "src/lib.rs".to_owned()
}

/// A mutant that survives on purpose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Survivor {
    /// Part of the text that the mutant deletes.
    pub(crate) contains: String,
    pub(crate) why: String,
}

impl Manifest {
    pub(super) fn read(path: &str, text: &str) -> Result<Self> {
        toml::from_str(text).with_context(|| format!("{path} cannot be understood"))
    }
}
