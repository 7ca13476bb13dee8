//! The whole book: every page written, and what holds between pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};

use crate::course::Course;
use crate::facts;
use crate::files::files;
use crate::finding::{Finding, Findings};
use crate::glossary::Glossary;
use crate::links;
use crate::order;
use crate::page::{self, Page};
use crate::places::Places;
use crate::reading;
use crate::seeds::Coverage;
use crate::sources::Sources;
use crate::template;

/// The pages, made.
pub struct Workbook {
    pub(crate) pages: BTreeMap<String, Page>,
    pub(crate) course: Course,
    /// How many facts are covered, and how many wait for a part to come.
    pub coverage: Coverage,
    /// What is wrong.
    pub findings: Findings,
}

impl Workbook {
    /// Makes the pages, given by their path from `book/src`, and looks for all
    /// that the build must not let through.
    ///
    /// # Errors
    /// When what the pages are made from cannot be read.
    pub fn write(places: &Places, sources: &BTreeMap<String, String>) -> Result<Self> {
        let course = Course::read(places)?;
        let minutes = minutes(places, &course, sources);
        let given = Sources {
            places: places.clone(),
            course,
            glossary: Glossary::read(places),
            repository: repository(places),
            headings: headings(sources),
            minutes,
        };
        let pages: BTreeMap<String, Page> = sources
            .iter()
            .map(|(path, text)| (path.clone(), page::write(&given, path, text)))
            .collect();
        let mut findings: Vec<Finding> = pages
            .values()
            .flat_map(|page| page.findings.iter().cloned())
            .collect();
        findings.extend(not_in_summary(places, &pages)?);
        let both = sources
            .iter()
            .filter_map(|(path, source)| {
                let page = pages.get(path)?;
                Some((path.clone(), (source.clone(), page.markdown.clone())))
            })
            .collect();
        findings.extend(links::dead(places, &both));
        findings.extend(order::dead_ends(places, sources)?);
        findings.extend(template::faults(&given.course, &pages));
        findings.extend(quizzes_without_page(places, &pages)?);
        for quiz in pages.values().flat_map(|page| &page.quizzes) {
            findings.extend(facts::faults(places, quiz));
        }
        let (coverage, gaps) = Coverage::read(places, &given.course, &pages)?;
        findings.extend(gaps);
        Ok(Workbook {
            pages,
            course: given.course,
            coverage,
            findings: Findings::sorted(findings),
        })
    }

    /// # Errors
    /// Everything that is wrong with it.
    pub fn sound(self) -> Result<Self, Findings> {
        if self.findings.0.is_empty() {
            Ok(self)
        } else {
            Err(self.findings)
        }
    }

    /// How much there is, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        format!(
            "{} pages, {} exercises; of the facts to teach, {} are covered and {} planned",
            self.pages.len(),
            self.course.exercises.len(),
            self.coverage.covered,
            self.coverage.planned
        )
    }

    /// The pages as they lie in `book/src`.
    ///
    /// # Errors
    /// When what they are made from cannot be read.
    pub fn from_disk(places: &Places) -> Result<Self> {
        let (sources, missing) = on_disk(places)?;
        let mut workbook = Self::write(places, &sources)?;
        workbook.findings.0.extend(missing);
        Ok(workbook)
    }
}

/// Every page that `SUMMARY.md` names, and those that are not there.
pub(crate) fn on_disk(places: &Places) -> Result<(BTreeMap<String, String>, Vec<Finding>)> {
    let folder = places.pages();
    let path = folder.join("SUMMARY.md");
    let shown = places.shown(&path);
    let summary = fs::read_to_string(&path).with_context(|| format!("reading {shown}"))?;
    let mut pages = BTreeMap::new();
    let mut missing = Vec::new();
    for page in links::anchors(&summary).links {
        match fs::read_to_string(folder.join(&page)) {
            Ok(text) => {
                pages.insert(page, text);
            }
            Err(error) => {
                let line = links::line_of(&summary, &page);
                missing.push(Finding::new(&shown, line, format!("{page}: {error}")));
            }
        }
    }
    Ok((pages, missing))
}

/// Of the pages that people read from top to bottom, and of the exercises.
fn minutes(places: &Places, course: &Course, sources: &BTreeMap<String, String>) -> u32 {
    let reading = sources
        .iter()
        .filter(|(path, _)| !path.starts_with("appendix/"))
        .map(|(_, text)| reading::minutes(places, text));
    let doing = course
        .exercises
        .iter()
        .map(|exercise| exercise.about.minutes);
    reading.chain(doing).sum()
}

fn headings(sources: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let heading = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("# "))?;
        Some(line.trim_start_matches("# ").trim().to_owned())
    };
    sources
        .iter()
        .filter_map(|(path, text)| Some((path.clone(), heading(text)?)))
        .collect()
}

/// `git-repository-url` of `book.toml`.
fn repository(places: &Places) -> Option<String> {
    let text = fs::read_to_string(places.book().join("book.toml")).ok()?;
    let config: toml::Table = toml::from_str(&text).ok()?;
    let html = config.get("output")?.get("html")?;
    html.get("git-repository-url")?.as_str().map(str::to_owned)
}

fn not_in_summary(places: &Places, pages: &BTreeMap<String, Page>) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for path in files(&places.pages(), "md")? {
        if path != "SUMMARY.md" && !pages.contains_key(&path) {
            findings.push(Finding::new(
                format!("book/src/{path}"),
                0,
                "the page is not in SUMMARY.md",
            ));
        }
    }
    Ok(findings)
}

fn quizzes_without_page(places: &Places, pages: &BTreeMap<String, Page>) -> Result<Vec<Finding>> {
    let asked: BTreeSet<&str> = pages
        .values()
        .flat_map(|page| page.quizzes.iter().map(String::as_str))
        .collect();
    let mut findings = Vec::new();
    for path in files(&places.quizzes(), "toml")? {
        let id = path.strip_suffix(".toml").unwrap_or(&path);
        if !asked.contains(id) {
            findings.push(Finding::new(
                format!("book/quizzes/{path}"),
                0,
                format!("no page asks this quiz; write {{{{#quiz {id}}}}} on one"),
            ));
        }
    }
    Ok(findings)
}
