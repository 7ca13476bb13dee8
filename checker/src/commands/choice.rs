//! Which exercise a command is about, and what is known of it.

use anyhow::Result;

use super::desk::Desk;
use super::grade::{grade, standing};
use super::watcher::Watcher;
use super::whereabouts::whereabouts;
use crate::course::Exercise;
use crate::exit::Exit;
use crate::grader::{Freshness, Grader};
use crate::progress::Last;
use crate::report::{ExerciseReport, Status};
use crate::submission::{Keys, Snapshot};
use crate::toolchain::Toolchain;

/// The exercise that a command is about.
pub(super) enum Choice<'d> {
    Exercise(&'d Exercise),
    /// None was named and none is open.
    AllDone,
    /// There is none of that name; it has been said.
    Refused(Exit),
}

/// The exercise that was named; the one that the learner is at if none was.
pub(super) fn choose<'d>(desk: &'d Desk, named: Option<&str>) -> Result<Choice<'d>> {
    if let Some(name) = named {
        return Ok(match desk.select_one(name) {
            Ok(exercise) => Choice::Exercise(exercise),
            Err(exit) => Choice::Refused(exit),
        });
    }
    Ok(exercise_at_hand(desk)?
        .0
        .map_or(Choice::AllDone, Choice::Exercise))
}

/// The exercise that the learner is at, and how many are done.
pub(super) fn exercise_at_hand(desk: &Desk) -> Result<(Option<&Exercise>, usize)> {
    let standing = standing(desk)?;
    let status = |exercise: &Exercise| {
        let found = standing.get(&exercise.id);
        found.map_or(Status::Failed, |(status, _)| *status)
    };
    let exercises = &desk.course.exercises;
    let statuses: Vec<(&str, Status)> = exercises
        .iter()
        .map(|exercise| (exercise.id.as_str(), status(exercise)))
        .collect();
    let done = statuses
        .iter()
        .filter(|(_, status)| *status == Status::Passed)
        .count();
    let current = whereabouts(desk, &statuses)?;
    Ok((current.and_then(|index| exercises.get(index)), done))
}

/// What the last run found, and whether the submission is still the same.
pub(super) struct LastRun {
    pub(super) report: Option<ExerciseReport>,
    pub(super) is_current: bool,
}

/// Looks it up; builds nothing.
pub(super) fn last_run(desk: &Desk, exercise: &Exercise) -> Result<LastRun> {
    let last = match desk.progress() {
        Some(progress) => progress.last()?.remove(&exercise.id),
        None => None,
    };
    let current = current(desk, exercise, last.as_ref())?;
    Ok(LastRun {
        is_current: current.is_some(),
        report: current.or_else(|| last.and_then(|last| last.report)),
    })
}

/// The verdict on the submission as it is now: the last one, or, if something
/// has changed since, a new one.
pub(super) fn verdict(
    desk: &Desk,
    exercise: &Exercise,
    quiet: bool,
) -> Result<Option<ExerciseReport>> {
    let last = last_run(desk, exercise)?;
    if last.is_current {
        return Ok(last.report);
    }
    let graded = grade(
        desk,
        vec![exercise],
        Freshness::Remembered,
        Vec::new(),
        quiet,
    )?;
    Ok(graded.report.exercises.into_iter().next())
}

/// The verdict that still holds, if there is one. One that is never taken for
/// granted when grading (out of time, crashed) is good enough to talk about.
fn current(
    desk: &Desk,
    exercise: &Exercise,
    last: Option<&Last>,
) -> Result<Option<ExerciseReport>> {
    let toolchain = Toolchain::find()?;
    let watcher = Watcher::new(true);
    let grader = Grader {
        places: &desk.places,
        course: &desk.course,
        toolchain: &toolchain,
        keys: Keys::new(&desk.course.files, &toolchain.rustc, rusqlite::version()),
        color: false,
        observer: &watcher,
    };
    // The course outlives the grader, but shares its lifetime.
    let known = desk
        .course
        .exercises
        .iter()
        .find(|other| other.id == exercise.id)
        .map(|exercise| grader.known(exercise, last))
        .transpose()?
        .flatten();
    if known.is_some() {
        return Ok(known);
    }
    let Some(last) = last else { return Ok(None) };
    let submission = grader.learners(exercise);
    let Ok(snapshot) = Snapshot::read(&submission) else {
        return Ok(None);
    };
    let key = grader
        .keys
        .of(&desk.course.files, &submission, &snapshot, &last.inputs);
    Ok(last.report.clone().filter(|_| key == last.key))
}
