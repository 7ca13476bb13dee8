//! `dev check`: whether exercises teach what they claim.

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::{Context, Result};

use super::expect::{Tally, expect};
use super::inspect::inspect;
use super::pages;
use super::sync::{self, LIST};
use super::variants::{Variant, variants};
use crate::cli::{CourseArgs, DevCheckArgs};
use crate::commands::{Desk, Watcher};
use crate::course::{Course, Exercise};
use crate::exit::Exit;
use crate::grader::{Grader, Observer, Work};
use crate::places::Places;
use crate::report::ExerciseReport;
use crate::report::text::style::{BAD, FAINT, GOOD, STRONG, paint};
use crate::staging::{Stage, StageLock, Staged};
use crate::starter;
use crate::submission::{Inputs, Key, Keys, Snapshot, Submission};
use crate::terminal;
use crate::toolchain::Toolchain;

/// Checks the exercises that were named, or all.
pub(super) fn check(args: &CourseArgs, named: &DevCheckArgs) -> Result<Exit> {
    let solutions = sync::solutions(args)?;
    let from_disk = CourseArgs {
        exercises: args.exercises.clone(),
        course: Some(solutions),
    };
    let desk = Desk::set(&from_disk)?;
    let exercises: Vec<&Exercise> = if named.named.is_empty() {
        desk.course.exercises.iter().collect()
    } else {
        match desk.select(&named.named) {
            Ok(exercises) => exercises,
            Err(exit) => return Ok(exit),
        }
    };
    let toolchain = Toolchain::find()?;
    let root = sync::root(args)?;
    let watcher = Watcher::new(false);
    let bench = Bench {
        desk: &desk,
        toolchain: &toolchain,
        watcher: &watcher,
    };
    let mut faulty = 0;
    for exercise in exercises {
        let begun = Instant::now();
        let (mut faults, tally) = bench
            .check(exercise)
            .with_context(|| format!("checking {}", exercise.id))?;
        faults.extend(pages::missing(&root, exercise)?);
        faulty += usize::from(!faults.is_empty());
        terminal::print(&shown(
            exercise,
            &faults,
            tally,
            begun.elapsed().as_secs_f64(),
        ))?;
    }
    let stale = stale(&desk, args)?;
    let tree = if named.tree {
        tree(&desk.course, &desk.places)?
    } else {
        Vec::new()
    };
    for fault in stale.iter().chain(&tree) {
        terminal::print(&format!("{} {fault}\n", paint(BAD, "✗")))?;
    }
    let fine = faulty == 0 && stale.is_empty() && tree.is_empty();
    Ok(if fine { Exit::Success } else { Exit::NotYet })
}

fn shown(exercise: &Exercise, faults: &[String], tally: Tally, seconds: f64) -> String {
    let mut out = String::new();
    let symbol = if faults.is_empty() {
        paint(GOOD, "✓")
    } else {
        paint(BAD, "✗")
    };
    let _ = write!(
        out,
        "{symbol} {}",
        paint(
            STRONG,
            format!("{:<5}{:<24}", exercise.number.to_string(), exercise.name)
        )
    );
    let Tally {
        right,
        wrong,
        killed,
        stillborn,
        explained,
    } = tally;
    let summary = format!(
        "{right} right, {wrong} wrong, {killed} mutants killed, {explained} explained, {stillborn} do not compile, {seconds:.1} s"
    );
    let _ = writeln!(out, "{}", paint(FAINT, summary));
    for fault in faults {
        let mut lines = fault.trim_end().lines();
        let _ = writeln!(out, "    - {}", lines.next().unwrap_or_default());
        for line in lines {
            let _ = writeln!(out, "      {line}");
        }
    }
    out
}

/// What grades the submissions of one exercise after another.
struct Bench<'b> {
    desk: &'b Desk,
    toolchain: &'b Toolchain,
    watcher: &'b Watcher,
}

impl Bench<'_> {
    fn check(&self, exercise: &Exercise) -> Result<(Vec<String>, Tally)> {
        let mut faults = inspect(&self.desk.course, exercise)?;
        let variants = match variants(&self.desk.course.files, exercise) {
            Ok(variants) => variants,
            Err(error) => {
                faults.push(format!("{error:#}"));
                return Ok((faults, Tally::default()));
            }
        };
        let graded = self.grade(exercise, variants)?;
        let (found, tally) = expect(exercise, &graded);
        faults.extend(found);
        Ok((faults, tally))
    }

    fn grade<'v>(
        &self,
        exercise: &Exercise,
        variants: Vec<Variant<'v>>,
    ) -> Result<Vec<(Variant<'v>, ExerciseReport)>> {
        let places = &self.desk.places;
        let files = &self.desk.course.files;
        let grader = Grader {
            places,
            course: &self.desk.course,
            toolchain: self.toolchain,
            keys: Keys::new(files, &self.toolchain.rustc, rusqlite::version()),
            color: false,
            observer: self.watcher,
        };
        let bench = places.workbench().join(&exercise.name);
        let lock = StageLock::take(&bench, || self.watcher.waiting())?;
        let submissions: Vec<Submission<'_>> = variants
            .iter()
            .map(|variant| {
                let folder = bench.join("submissions").join(&variant.label);
                variant.write(&folder)?;
                Ok(Submission {
                    exercise,
                    folder,
                    package: format!("{}-{}", exercise.name, variant.label),
                })
            })
            .collect::<Result<_>>()?;
        let keys: Vec<Key> = submissions
            .iter()
            .map(|submission| {
                let snapshot = Snapshot::read(submission)
                    .with_context(|| format!("reading {}", submission.package))?;
                Ok(grader
                    .keys
                    .of(files, submission, &snapshot, &Inputs::default()))
            })
            .collect::<Result<_>>()?;
        let members: Vec<Staged<'_>> = submissions
            .iter()
            .zip(&keys)
            .map(|(submission, key)| Staged { submission, key })
            .collect();
        let stage = Stage::lay_out(places, files, bench.join("stage"), false, &members)?;
        let work = Work {
            stage: &stage,
            only: &[],
            submissions: submissions
                .iter()
                .zip(&keys)
                .map(|(submission, key)| (submission, key.seed()))
                .collect(),
            keep_databases: false,
        };
        let reports = grader.build_and_run(lock, &work)?;
        Ok(variants
            .into_iter()
            .zip(reports.into_iter().map(|(report, _)| report))
            .collect())
    }
}

/// Whether the recorded list is that of the generator.
fn stale(desk: &Desk, args: &CourseArgs) -> Result<Vec<String>> {
    let solutions = sync::solutions(args)?;
    let list = solutions
        .parent()
        .context("finding the folder around the course")?
        .join(LIST);
    let recorded = sync::read_list(&list)?;
    let generated: std::collections::BTreeMap<String, String> = starter::hashes(&desk.course)?
        .into_iter()
        .map(|(path, (_, hash))| (path, hash))
        .collect();
    let command = desk.view.invocation.command("dev sync");
    Ok(if recorded == generated {
        Vec::new()
    } else {
        vec![format!(
            "the generated starters are out of date: run `{command}`"
        )]
    })
}

/// How `exercises/` differs from what would be generated.
fn tree(course: &Course, places: &Places) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (path, (_, hash)) in starter::hashes(course)? {
        let full = places.exercises.join(&path);
        match std::fs::read(&full) {
            Ok(content) if crate::digest::sha256(&content) == hash => {}
            Ok(_) => faults.push(format!("{} is not as generated", places.shown(&full))),
            Err(error) => faults.push(format!("{} cannot be read ({error})", places.shown(&full))),
        }
    }
    Ok(faults)
}
