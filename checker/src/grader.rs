//! The way that submissions go: what changed → staging → build → run →
//! verdict → progress. Rooms are entered in this order and none reaches back.

use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::build::{self, BuildRequest, Built};
use crate::course::{CheckName, Course, Exercise};
use crate::places::Places;
use crate::progress::{Ended, Extent, Last, Progress};
use crate::report::{ExerciseReport, Status};
use crate::run::{Program, RunFolder, run_checks};
use crate::staging::{Stage, StageLock, Staged};
use crate::submission::{Inputs, Key, Keys, Refusal, Snapshot, Submission, given};
use crate::toolchain::Toolchain;
use crate::verdict;

/// What stays the same for all that one command grades.
pub(crate) struct Grader<'a> {
    pub(crate) places: &'a Places,
    pub(crate) course: &'a Course,
    pub(crate) toolchain: &'a Toolchain,
    pub(crate) keys: Keys,
    pub(crate) color: bool,
    pub(crate) observer: &'a dyn Observer,
}

/// Told what happens, as it happens.
pub(crate) trait Observer: Sync {
    /// Another checker is using this stage.
    fn waiting(&self);
    /// Verdicts could not be recorded; they are true all the same.
    fn not_recorded(&self, error: &anyhow::Error);
    /// So many crates will be compiled.
    fn building(&self, crates: usize);
    fn built(&self, package: &str);
    /// So many checks will be run.
    fn running(&self, checks: usize);
    fn ran(&self);
    fn finished(&self);
}

/// Which verdicts may be taken from memory, and with which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// Same key, same verdict.
    Remembered,
    /// Run again, with the seed of the key or with this one.
    Again(Option<u64>),
}

/// How the learner's submissions are to be graded.
pub(crate) struct Request<'c> {
    pub(crate) exercises: Vec<&'c Exercise>,
    pub(crate) freshness: Freshness,
    /// Only these checks, with what they need; all if empty.
    pub(crate) only: Vec<CheckName>,
}

/// A submission that has to be built.
struct Pending<'c> {
    submission: Submission<'c>,
    snapshot: Snapshot,
    key: Key,
    seed: u64,
}

enum Decision {
    Known(Box<ExerciseReport>),
    Build(Snapshot, Key),
}

impl<'a> Grader<'a> {
    /// Grades the learner's submissions, in the order asked for.
    ///
    /// # Errors
    ///
    /// When grading itself cannot work; a submission's own faults are
    /// verdicts.
    pub(crate) fn grade(
        &self,
        progress: Option<&mut Progress>,
        request: &Request<'a>,
    ) -> Result<Vec<ExerciseReport>> {
        let last = match &progress {
            Some(progress) => progress.last()?,
            None => HashMap::new(),
        };
        let mut reports: Vec<Option<ExerciseReport>> = Vec::new();
        let mut pending = Vec::new();
        for exercise in &request.exercises {
            let submission = self.learners(exercise);
            let mut known = None;
            match self.decide(&submission, last.get(&exercise.id), request)? {
                Decision::Known(report) => known = Some(*report),
                Decision::Build(snapshot, key) => {
                    let seed = match request.freshness {
                        Freshness::Again(Some(seed)) => seed,
                        _ => key.seed(),
                    };
                    pending.push(Pending {
                        submission,
                        snapshot,
                        key,
                        seed,
                    });
                }
            }
            reports.push(known);
        }
        let mut graded = if pending.is_empty() {
            Vec::new()
        } else {
            self.grade_pending(progress, &pending, &last, request)?
        }
        .into_iter();
        // Those that were pending take the places left open for them.
        Ok(reports
            .into_iter()
            .filter_map(|report| report.or_else(|| graded.next()))
            .map(|report| self.annotate(report))
            .collect())
    }

    /// The learner's own submission to an exercise.
    pub(crate) fn learners(&self, exercise: &'a Exercise) -> Submission<'a> {
        Submission {
            exercise,
            folder: self.places.submission(&exercise.id),
            package: exercise.name.clone(),
        }
    }

    fn decide(
        &self,
        submission: &Submission<'_>,
        last: Option<&Last>,
        request: &Request<'_>,
    ) -> Result<Decision> {
        let exercise = submission.exercise;
        let snapshot = match Snapshot::read(submission) {
            Ok(snapshot) => snapshot,
            Err(refusal) => return Ok(Decision::Known(Box::new(self.refused(exercise, &refusal)))),
        };
        if given::is_starter(&self.course.files, exercise, &snapshot)? {
            return Ok(Decision::Known(Box::new(verdict::blank(
                exercise,
                Status::NotStarted,
            ))));
        }
        let none = Inputs::default();
        let inputs = last.map_or(&none, |last| &last.inputs);
        let key = self
            .keys
            .of(&self.course.files, submission, &snapshot, inputs);
        let remembered = last.filter(|last| {
            last.key == key && request.freshness == Freshness::Remembered && request.only.is_empty()
        });
        if let Some(report) = remembered.and_then(|last| last.report.clone())
            && matches!(
                report.status,
                Status::Passed | Status::Failed | Status::BuildFailed
            )
        {
            return Ok(Decision::Known(Box::new(report)));
        }
        Ok(Decision::Build(snapshot, key))
    }

    /// What is known of an exercise without building it; `None` if it has
    /// changed since its last verdict.
    pub(crate) fn known(
        &self,
        exercise: &'a Exercise,
        last: Option<&Last>,
    ) -> Result<Option<ExerciseReport>> {
        let request = Request {
            exercises: Vec::new(),
            freshness: Freshness::Remembered,
            only: Vec::new(),
        };
        match self.decide(&self.learners(exercise), last, &request)? {
            Decision::Known(report) => Ok(Some(*report)),
            Decision::Build(..) => Ok(None),
        }
    }

    fn refused(&self, exercise: &Exercise, refusal: &Refusal) -> ExerciseReport {
        verdict::refused(exercise, refusal, |path| self.places.shown(path))
    }

    fn grade_pending(
        &self,
        mut progress: Option<&mut Progress>,
        pending: &[Pending<'a>],
        last: &HashMap<String, Last>,
        request: &Request<'a>,
    ) -> Result<Vec<ExerciseReport>> {
        // A verdict is worth having even where it cannot be recorded.
        let begun = progress.as_mut().map(|progress| {
            progress.begin(
                pending
                    .iter()
                    .map(|pending| (pending.submission.exercise.id.as_str(), &pending.key)),
            )
        });
        let attempts = match begun.transpose() {
            Ok(attempts) => attempts,
            Err(error) => {
                self.observer.not_recorded(&error);
                None
            }
        };

        // Every exercise is always listed, so that the lock file fits.
        let stage_folder = self.places.stage();
        let lock = StageLock::take(&stage_folder, || self.observer.waiting())?;
        let unchanged = Key("unchanged".to_owned());
        let others: Vec<Submission<'_>> = self
            .course
            .exercises
            .iter()
            .map(|exercise| self.learners(exercise))
            .collect();
        let members: Vec<Staged<'_>> = others
            .iter()
            .map(|submission| {
                let key = pending
                    .iter()
                    .find(|pending| pending.submission.exercise.id == submission.exercise.id)
                    .map(|pending| &pending.key)
                    .or_else(|| last.get(&submission.exercise.id).map(|last| &last.key))
                    .unwrap_or(&unchanged);
                Staged { submission, key }
            })
            .collect();
        let locked = self.course.is_locked();
        let stage = Stage::lay_out(
            self.places,
            &self.course.files,
            stage_folder,
            locked,
            &members,
        )?;
        let work = Work {
            stage: &stage,
            only: &request.only,
            submissions: pending
                .iter()
                .map(|pending| (&pending.submission, pending.seed))
                .collect(),
            keep_databases: true,
        };
        let graded = self.build_and_run(lock, &work)?;

        let mut verdicts = Vec::new();
        for (pending, (report, inputs)) in pending.iter().zip(graded) {
            // A file that was saved while it was graded: the verdict is of
            // neither version, so it is not remembered.
            let settled =
                Snapshot::read(&pending.submission).is_ok_and(|now| now == pending.snapshot);
            let cacheable = settled
                && request.only.is_empty()
                && !matches!(request.freshness, Freshness::Again(Some(_)));
            let key = if cacheable {
                self.keys.of(
                    &self.course.files,
                    &pending.submission,
                    &pending.snapshot,
                    &inputs,
                )
            } else {
                Key(format!("not remembered {}", pending.key))
            };
            verdicts.push((key, inputs, report));
        }
        if let (Some(progress), Some(attempts)) = (progress, attempts) {
            let extent = if request.only.is_empty() {
                Extent::Whole
            } else {
                Extent::Partial
            };
            let ended: Vec<Ended<'_>> = attempts
                .into_iter()
                .zip(&verdicts)
                .map(|(attempt, (key, inputs, report))| Ended {
                    attempt,
                    key: key.clone(),
                    inputs: inputs.clone(),
                    report,
                    extent,
                })
                .collect();
            if let Err(error) = progress.end(&ended) {
                self.observer.not_recorded(&error);
            }
        }
        Ok(verdicts.into_iter().map(|(_, _, report)| report).collect())
    }

    /// Builds submissions that have been staged and runs their checks; the
    /// reports come in their order, with what rustc read for each.
    pub(crate) fn build_and_run(
        &self,
        lock: StageLock,
        work: &Work<'_>,
    ) -> Result<Vec<(ExerciseReport, Inputs)>> {
        let begun = Instant::now();
        let packages: HashMap<String, Duration> = work
            .submissions
            .iter()
            .map(|(submission, _)| {
                (
                    submission.package.clone(),
                    submission.exercise.manifest.limits.build(),
                )
            })
            .collect();
        self.observer.building(packages.len());
        let request = BuildRequest {
            stage: work.stage,
            packages,
            color: self.color,
            progress: &|package| self.observer.built(package),
        };
        let mut built = build::build(self.places, self.toolchain, &request)?;
        let build_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);

        let folder = RunFolder::create(&work.stage.folder)?;
        let kept: Vec<_> = work
            .submissions
            .iter()
            .map(|(submission, _)| self.places.kept_databases(&submission.exercise.id))
            .collect();
        let mut programs = Vec::new();
        for ((submission, seed), kept) in work.submissions.iter().zip(&kept) {
            let Some(program) = built
                .get(&submission.package)
                .and_then(|built| built.program.clone())
            else {
                continue;
            };
            if work.keep_databases {
                fs::remove_dir_all(kept).ok();
            }
            programs.push(Program {
                exercise: submission.exercise,
                submission: &submission.folder,
                path: folder.keep_program(&submission.package, &program)?,
                seed: *seed,
                keep_databases: work.keep_databases.then_some(kept.as_path()),
                only: work.only,
            });
        }
        drop(lock);

        self.observer.running(
            programs
                .iter()
                .map(|program| program.exercise.checks.len())
                .sum(),
        );
        let passed = |_: &Exercise, _: &CheckName, ran: &crate::run::Ran| {
            verdict::status(ran) == crate::report::CheckStatus::Passed
        };
        let mut outcomes =
            run_checks(&folder, &programs, passed, || self.observer.ran())?.into_iter();
        self.observer.finished();

        let mut graded = Vec::new();
        for (submission, seed) in &work.submissions {
            let built = built.remove(&submission.package).unwrap_or_default();
            let mut report = match &built {
                Built {
                    program: Some(_), ..
                } => verdict::of_checks(
                    submission.exercise,
                    &built,
                    &outcomes.next().unwrap_or_default(),
                    work.only,
                ),
                _ => verdict::not_built(submission.exercise, &built),
            };
            report.seed = Some(*seed);
            report.build.duration_ms = build_ms;
            self.shorten(&mut report);
            graded.push((report, built.inputs));
        }
        Ok(graded)
    }

    /// Paths as the learner knows them, in what rustc and the checks said.
    fn shorten(&self, report: &mut ExerciseReport) {
        let long = format!(
            "{}{}",
            self.places.exercises.display(),
            std::path::MAIN_SEPARATOR
        );
        let short = format!(
            "{}{}",
            self.places.shown(&self.places.exercises),
            std::path::MAIN_SEPARATOR
        );
        let mend = |text: &mut String| *text = text.replace(&long, &short);
        report.build.diagnostics.iter_mut().for_each(mend);
        for check in &mut report.checks {
            [&mut check.message, &mut check.stdout, &mut check.stderr]
                .into_iter()
                .for_each(mend);
        }
    }

    /// Adds what is not part of the verdict: files that were given and have
    /// been changed.
    fn annotate(&self, mut report: ExerciseReport) -> ExerciseReport {
        let Some(exercise) = self
            .course
            .exercises
            .iter()
            .find(|exercise| exercise.id == report.id)
        else {
            return report;
        };
        report.changed_files = given::changed_files(
            &self.course.files,
            exercise,
            &self.places.submission(&exercise.id),
        );
        report
    }
}

/// Staged submissions to build and run.
pub(crate) struct Work<'w> {
    pub(crate) stage: &'w Stage,
    /// Each with its seed.
    pub(crate) submissions: Vec<(&'w Submission<'w>, u64)>,
    pub(crate) only: &'w [CheckName],
    pub(crate) keep_databases: bool,
}
