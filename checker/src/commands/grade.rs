//! Grading: the bare command, and `run`.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use anyhow::Result;

use super::desk::Desk;
use super::watcher::Watcher;
use super::whereabouts::whereabouts;
use crate::cli::RunArgs;
use crate::course::CheckName;
use crate::course::Exercise;
use crate::digest::hex;
use crate::exit::Exit;
use crate::grader::{Freshness, Grader, Request};
use crate::report::{ExerciseReport, RunReport, SCHEMA, Status, report_json, text};
use crate::submission::Keys;
use crate::terminal;
use crate::toolchain::Toolchain;

/// The bare command: grade what changed, show where the learner is.
pub(crate) fn stand(desk: &Desk, json: bool) -> Result<Exit> {
    let graded = grade(
        desk,
        desk.course.exercises.iter().collect(),
        Freshness::Remembered,
        Vec::new(),
        json,
    )?;
    if json {
        return graded.print_json();
    }
    let reports = &graded.report.exercises;
    let statuses: Vec<(&str, Status)> = reports
        .iter()
        .map(|report| (report.id.as_str(), report.status))
        .collect();
    let current = whereabouts(desk, &statuses)?.and_then(|index| reports.get(index));
    let standing = text::Standing {
        reports,
        new: &graded.new,
        current,
    };
    let shown = text::overview(&desk.course, &standing, &desk.view, |report| {
        desk.advice(report)
    });
    terminal::print(&shown)?;
    Ok(Exit::of(reports))
}

/// `run`: grade what was named, or everything.
pub(crate) fn run(desk: &Desk, args: &RunArgs) -> Result<Exit> {
    let exercises: Vec<&Exercise> = if args.named.is_empty() {
        desk.course.exercises.iter().collect()
    } else {
        match desk.select(&args.named) {
            Ok(exercises) => exercises,
            Err(exit) => return Ok(exit),
        }
    };
    let only = match desk.select_checks(&args.checks, &exercises) {
        Ok(checks) => checks,
        Err(exit) => return Ok(exit),
    };
    let freshness = match (args.seed, args.fresh) {
        (Some(seed), _) => Freshness::Again(Some(seed)),
        (None, true) => Freshness::Again(Some(new_seed())),
        (None, false) if only.is_empty() => Freshness::Remembered,
        (None, false) => Freshness::Again(None),
    };
    let graded = grade(desk, exercises, freshness, only, args.json)?;
    if args.json {
        return graded.print_json();
    }
    let reports = &graded.report.exercises;
    let mut shown = text::named(&desk.course, reports, &desk.view, |report| {
        desk.advice(report)
    });
    if let Some(seed) = graded.report.seed {
        shown.push_str(&format!(
            "\nseed {seed}; --seed {seed} asks the same again\n"
        ));
    }
    terminal::print(&shown)?;
    Ok(Exit::of(reports))
}

/// A run that is over.
pub(crate) struct Graded {
    pub(crate) report: RunReport,
    /// The exercises that passed now and never before, by their folders.
    pub(crate) new: Vec<String>,
}

impl Graded {
    fn print_json(&self) -> Result<Exit> {
        terminal::print(&format!("{}\n", report_json(&self.report)?))?;
        Ok(Exit::of(&self.report.exercises))
    }
}

/// Grades the learner's exercises and records it.
pub(crate) fn grade(
    desk: &Desk,
    exercises: Vec<&Exercise>,
    freshness: Freshness,
    only: Vec<CheckName>,
    quiet: bool,
) -> Result<Graded> {
    let begun = Instant::now();
    let started = crate::progress::now();
    let toolchain = Toolchain::find()?;
    let mut progress = desk.progress();
    let watcher = Watcher::new(quiet);
    let grader = Grader {
        places: &desk.places,
        course: &desk.course,
        toolchain: &toolchain,
        keys: Keys::new(&desk.course.files, &toolchain.rustc, rusqlite::version()),
        color: !quiet && terminal::wants_color(),
        observer: &watcher,
    };
    let request = Request {
        exercises,
        freshness,
        only,
    };
    let before = match &progress {
        Some(progress) => progress.passed()?,
        None => HashSet::new(),
    };
    let reports = grader.grade(progress.as_mut(), &request)?;
    let new = reports
        .iter()
        .filter(|report| report.status == Status::Passed && !before.contains(&report.id))
        .map(|report| report.id.clone())
        .collect();
    let report = envelope(desk, &toolchain, started, begun, freshness, reports);
    Ok(Graded { report, new })
}

fn envelope(
    desk: &Desk,
    toolchain: &Toolchain,
    started: String,
    begun: Instant,
    freshness: Freshness,
    exercises: Vec<ExerciseReport>,
) -> RunReport {
    RunReport {
        schema: SCHEMA,
        checker_version: env!("CARGO_PKG_VERSION"),
        course_version: hex(&desk.course.files.hash("solutions"))
            .chars()
            .take(12)
            .collect(),
        sqlite_version: rusqlite::version(),
        rustc: toolchain.version().to_owned(),
        started,
        duration_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        seed: match freshness {
            Freshness::Again(seed) => seed,
            Freshness::Remembered => None,
        },
        points: exercises.iter().map(|report| report.points).sum(),
        max_points: exercises.iter().map(|report| report.max_points).sum(),
        exercises,
    }
}

/// Small enough to be typed again.
fn new_seed() -> u64 {
    getrandom::u32().map_or(1, u64::from) % 1_000_000
}

/// The status and the points of every exercise, by its folder, without
/// building anything: what has changed since its last verdict is `failed`
/// until it is graded.
pub(crate) fn standing(desk: &Desk) -> Result<HashMap<String, (Status, u32)>> {
    let toolchain = Toolchain::find()?;
    let last = match desk.progress() {
        Some(progress) => progress.last()?,
        None => HashMap::new(),
    };
    let watcher = Watcher::new(true);
    let grader = Grader {
        places: &desk.places,
        course: &desk.course,
        toolchain: &toolchain,
        keys: Keys::new(&desk.course.files, &toolchain.rustc, rusqlite::version()),
        color: false,
        observer: &watcher,
    };
    desk.course
        .exercises
        .iter()
        .map(|exercise| {
            let report = grader.known(exercise, last.get(&exercise.id))?;
            let standing =
                report.map_or((Status::Failed, 0), |report| (report.status, report.points));
            Ok((exercise.id.clone(), standing))
        })
        .collect()
}
