//! The facts that the workbook must teach, and where it does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::course::Course;
use crate::finding::Finding;
use crate::page::Page;
use crate::places::Places;
use crate::quizzes;

/// How many facts are taught.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub covered: usize,
    /// Those that wait for a part or an exercise which does not exist yet.
    pub planned: usize,
}

/// Where a fact is taught.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Home {
    /// `exercise ID`, `page ID` or `quiz ID`.
    Here(Vec<String>),
    Later {
        /// `06` for a part, `6.5` for an exercise.
        planned: String,
    },
}

const SEEDS: &str = "book/seeds.toml";
const COVERAGE: &str = "book/coverage.toml";

impl Coverage {
    /// Compares `book/coverage.toml` with what exercises, pages and quizzes
    /// claim, both ways.
    pub(crate) fn read(
        places: &Places,
        course: &Course,
        pages: &BTreeMap<String, Page>,
    ) -> Result<(Self, Vec<Finding>)> {
        let seeds: BTreeMap<String, String> = table(places, SEEDS)?;
        let homes: BTreeMap<String, Home> = table(places, COVERAGE)?;
        let claims = claims(places, course, pages);
        let mut coverage = Coverage::default();
        let mut findings = Vec::new();
        let mut find = |file: &str, message: String| findings.push(Finding::new(file, 0, message));
        for (id, fact) in &seeds {
            if fact.trim().is_empty() {
                find(SEEDS, format!("{id} has no fact"));
            }
            match homes.get(id) {
                None => find(
                    COVERAGE,
                    format!("{id} is nowhere: name its places, or planned = \"06\" or \"6.5\""),
                ),
                Some(Home::Here(homes)) => {
                    coverage.covered += 1;
                    if homes.is_empty() {
                        find(COVERAGE, format!("{id} has an empty list"));
                    }
                    for home in homes {
                        let is_claimed = claims
                            .get(home.as_str())
                            .is_some_and(|claimed| claimed.contains(id.as_str()));
                        if !is_claimed {
                            find(
                                COVERAGE,
                                format!(
                                    "{id}: {home:?} does not list it among its seeds, or is not there"
                                ),
                            );
                        }
                    }
                }
                Some(Home::Later { planned }) => {
                    coverage.planned += 1;
                    let message = match is_there(course, planned) {
                        Some(false) => continue,
                        Some(true) => {
                            format!("{id} was planned for {planned}, which exists: say where it is")
                        }
                        None => format!("{id}: {planned:?} is no number of a part or an exercise"),
                    };
                    find(COVERAGE, message);
                }
            }
        }
        for id in homes.keys().filter(|id| !seeds.contains_key(*id)) {
            find(COVERAGE, format!("{SEEDS} has no {id}"));
        }
        for (home, claimed) in &claims {
            for id in claimed {
                let is_listed =
                    matches!(homes.get(id), Some(Home::Here(homes)) if homes.contains(home));
                if !seeds.contains_key(id) {
                    find(SEEDS, format!("{home} lists {id}, which is no seed"));
                } else if !is_listed {
                    find(COVERAGE, format!("{home} lists {id}: add it there"));
                }
            }
        }
        Ok((coverage, findings))
    }
}

/// Whether a part (`06`) or an exercise (`6.5`) exists; `None` if it is neither.
fn is_there(course: &Course, planned: &str) -> Option<bool> {
    let (part, index) = match planned.split_once('.') {
        None => (planned, None),
        Some((part, index)) => (part, Some(index.parse::<u32>().ok()?)),
    };
    let part: u32 = part.parse().ok()?;
    let mut exercises = course.exercises.iter().filter(|one| one.part == part);
    Some(exercises.any(|one| index.is_none_or(|index| one.index == index)))
}

/// By `exercise ID`, `page ID` or `quiz ID`, the ids that stand there.
fn claims(
    places: &Places,
    course: &Course,
    pages: &BTreeMap<String, Page>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut claims: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut claim = |home: String, ids: &[String]| {
        if !ids.is_empty() {
            claims.entry(home).or_default().extend(ids.iter().cloned());
        }
    };
    for exercise in &course.exercises {
        claim(format!("exercise {}", exercise.id), &exercise.about.seeds);
    }
    for (path, page) in pages {
        let id = path.strip_suffix(".md").unwrap_or(path);
        claim(format!("page {id}"), &page.front.seeds);
        for quiz in &page.quizzes {
            let Ok(questions) = quizzes::load(places, quiz) else {
                continue;
            };
            for question in &questions.questions {
                claim(format!("quiz {quiz}"), &question.seeds);
            }
        }
    }
    claims
}

fn table<T: serde::de::DeserializeOwned>(places: &Places, file: &str) -> Result<T> {
    let text =
        fs::read_to_string(places.root.join(file)).with_context(|| format!("reading {file}"))?;
    toml::from_str(&text).with_context(|| format!("{file} cannot be understood"))
}
