//! The verdict: from what was observed to what is reported. Pure: data in,
//! data out.

use std::collections::HashMap;
use std::path::Path;

use crate::build::{Built, Failure as BuildFailure};
use crate::course::{CheckName, Exercise};
use crate::message;
use crate::process::Ending;
use crate::report::{Build, CheckReport, CheckStatus, ExerciseReport, Status, worst};
use crate::run::{Evidence, Outcome, Ran};
use crate::submission::Refusal;

/// What a check's process proved.
pub(crate) fn status(ran: &Ran) -> CheckStatus {
    judge(&ran.evidence, ran.ended.ending)
}

/// Exit code 0 is not evidence; neither is a completion record alone.
fn judge(evidence: &Evidence, ending: Ending) -> CheckStatus {
    match ending {
        Ending::TimedOut => CheckStatus::TimedOut,
        _ if evidence.failure.is_some() || evidence.panic.is_some() => CheckStatus::Failed,
        Ending::Exited(0) if evidence.completed => CheckStatus::Passed,
        _ if !evidence.began => CheckStatus::NotRun,
        Ending::Exited(_) | Ending::Signaled(_) => CheckStatus::Crashed,
    }
}

/// Nothing of an exercise has been looked at yet.
pub(crate) fn blank(exercise: &Exercise, status: Status) -> ExerciseReport {
    ExerciseReport {
        number: exercise.number.to_string(),
        id: exercise.id.clone(),
        part: exercise.part.folder.clone(),
        name: exercise.name.clone(),
        title: exercise.manifest.title.clone(),
        status,
        points: 0,
        max_points: exercise.max_points(),
        message: None,
        changed_files: Vec::new(),
        seed: None,
        build: Build::default(),
        checks: Vec::new(),
    }
}

/// An exercise that was not even compiled.
pub(crate) fn refused(
    exercise: &Exercise,
    refusal: &Refusal,
    shown: impl Fn(&Path) -> String,
) -> ExerciseReport {
    let status = if refusal.is_missing() {
        Status::Missing
    } else {
        Status::Error
    };
    let mut report = blank(exercise, status);
    report.message = Some(message::refusal(refusal, shown));
    report.checks = not_run(exercise);
    report
}

/// An exercise that did not compile.
pub(crate) fn not_built(exercise: &Exercise, built: &Built) -> ExerciseReport {
    let mut report = blank(exercise, Status::BuildFailed);
    report.checks = not_run(exercise);
    match &built.failure {
        Some(BuildFailure::Errors(errors)) => {
            let first = errors.first();
            report.message = Some(message::does_not_compile(
                first.is_some_and(|error| error.in_checks),
            ));
            report.build.note = first
                .and_then(|error| error.code.as_ref())
                .and_then(|code| exercise.manifest.compile_slips.get(code))
                .cloned();
            report.build.diagnostics = errors.iter().map(|error| error.rendered.clone()).collect();
        }
        Some(BuildFailure::OutOfTime) => {
            report.message = Some(message::compiler_out_of_time(
                exercise.manifest.limits.build(),
            ));
        }
        Some(BuildFailure::Silent) | None => report.message = Some(message::compiler_silent()),
    }
    report.build.diagnostics.extend(
        built
            .warnings
            .iter()
            .map(|warning| warning.rendered.clone()),
    );
    report
}

/// An exercise whose checks were run; `only` names those that were asked for,
/// all if empty. A check that was asked for and has no outcome did not run.
pub(crate) fn of_checks(
    exercise: &Exercise,
    built: &Built,
    outcomes: &HashMap<CheckName, Outcome>,
    only: &[CheckName],
) -> ExerciseReport {
    let mut report = blank(exercise, Status::Error);
    report.build.diagnostics = built
        .warnings
        .iter()
        .map(|warning| warning.rendered.clone())
        .collect();
    report.checks = exercise
        .checks
        .iter()
        .filter(|check| {
            only.is_empty() || only.contains(&check.name) || outcomes.contains_key(&check.name)
        })
        .map(|check| match outcomes.get(&check.name) {
            Some(Outcome::Ran(ran)) => of_check(exercise, &check.name, ran),
            Some(Outcome::Skipped(need)) => {
                let need = exercise
                    .check(need)
                    .map_or_else(|| need.to_string(), |check| check.title.clone());
                let mut skipped = empty(exercise, &check.name, CheckStatus::Skipped);
                skipped.message = message::not_checked_yet(&need);
                skipped
            }
            None => empty(exercise, &check.name, CheckStatus::NotRun),
        })
        .collect();
    report.status = worst(&report.checks);
    report.points = report.checks.iter().map(|check| check.points).sum();
    report
}

fn of_check(exercise: &Exercise, name: &CheckName, ran: &Ran) -> CheckReport {
    let status = status(ran);
    let mut report = empty(exercise, name, status);
    report.duration_ms = u64::try_from(ran.ended.duration.as_millis()).unwrap_or(u64::MAX);
    report.stdout = strip_libtest(&ran.ended.stdout.text());
    report.stderr = ran.ended.stderr.text();
    report.truncated_bytes = ran.ended.stdout.dropped + ran.ended.stderr.dropped;
    report.database.clone_from(&ran.database);
    match status {
        CheckStatus::Passed => report.points = exercise.points(name),
        CheckStatus::Failed => {
            if let Some(failure) = &ran.evidence.failure {
                report.message.clone_from(&failure.message);
                report.expected.clone_from(&failure.expected);
                report.observed.clone_from(&failure.observed);
                report.diff.clone_from(&failure.diff);
                report.why.clone_from(&failure.why);
                report.sql.clone_from(&failure.sql);
                report.place.clone_from(&failure.place);
                report.hint_key.clone_from(&failure.hint);
            } else if let Some(panic) = &ran.evidence.panic {
                report.message = message::panicked(panic);
                report.sql.clone_from(&panic.sql);
                report.place.clone_from(&panic.place);
            }
        }
        CheckStatus::TimedOut => {
            report.message = message::check_out_of_time(exercise.manifest.limits.check())
        }
        CheckStatus::Crashed => {
            report.message = message::crashed(
                ran.ended.ending,
                &report.stderr,
                exercise.manifest.limits.memory(),
                ran.evidence.completed,
            );
        }
        CheckStatus::NotRun => report.message = message::not_run(ran.ended.ending),
        CheckStatus::Skipped => {}
    }
    report
}

fn empty(exercise: &Exercise, name: &CheckName, status: CheckStatus) -> CheckReport {
    CheckReport {
        name: name.clone(),
        title: exercise
            .check(name)
            .map_or_else(|| name.to_string(), |check| check.title.clone()),
        status,
        points: 0,
        duration_ms: 0,
        message: String::new(),
        expected: None,
        observed: None,
        diff: None,
        why: None,
        sql: Vec::new(),
        place: None,
        hint_key: None,
        database: None,
        stdout: String::new(),
        stderr: String::new(),
        truncated_bytes: 0,
    }
}

fn not_run(exercise: &Exercise) -> Vec<CheckReport> {
    exercise
        .checks
        .iter()
        .map(|check| empty(exercise, &check.name, CheckStatus::NotRun))
        .collect()
}

/// What the learner's code printed, without the lines of the test program
/// around it.
fn strip_libtest(stdout: &str) -> String {
    let text = stdout.strip_prefix("\nrunning 1 test\n").unwrap_or(stdout);
    let text = match text.rfind("\ntest result: ") {
        Some(end) => text.get(..end).unwrap_or(text),
        None => text,
    };
    let text = text
        .split_once("failures:\n")
        .map_or(text, |(before, _)| before);
    let text = match text
        .strip_prefix("test ")
        .and_then(|rest| rest.split_once(" ... "))
    {
        Some((_, printed)) => printed,
        None => text,
    };
    let text = text.trim_end();
    let text = text
        .strip_suffix("ok")
        .or_else(|| text.strip_suffix("FAILED"))
        .unwrap_or(text);
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(began: bool, completed: bool) -> Evidence {
        Evidence {
            began,
            completed,
            ..Evidence::default()
        }
    }

    #[test]
    fn a_pass_takes_a_completion_and_exit_code_zero() {
        assert_eq!(
            judge(&evidence(true, true), Ending::Exited(0)),
            CheckStatus::Passed
        );
        for (began, completed, ending, expected) in [
            (true, false, Ending::Exited(0), CheckStatus::Crashed),
            (true, true, Ending::Exited(101), CheckStatus::Crashed),
            (true, true, Ending::Signaled(6), CheckStatus::Crashed),
            (true, true, Ending::TimedOut, CheckStatus::TimedOut),
            (false, false, Ending::Exited(0), CheckStatus::NotRun),
            (false, false, Ending::Exited(1), CheckStatus::NotRun),
        ] {
            assert_eq!(
                judge(&evidence(began, completed), ending),
                expected,
                "{began} {completed} {ending:?}"
            );
        }
    }

    #[test]
    fn a_recorded_failure_is_a_failure_whatever_the_exit_code() {
        let mut failed = evidence(true, false);
        failed.failure = Some(witness::evidence::Failure::default());
        assert_eq!(judge(&failed, Ending::Exited(0)), CheckStatus::Failed);
        assert_eq!(judge(&failed, Ending::Signaled(11)), CheckStatus::Failed);
    }

    #[test]
    fn only_what_the_learner_printed_is_left_of_stdout() {
        let passed = "\nrunning 1 test\ntest an_id ... hello\nworld\nok\n\ntest result: ok. 1 passed; 0 failed\n\n";
        assert_eq!(strip_libtest(passed), "hello\nworld");
        let silent = "\nrunning 1 test\ntest an_id ... ok\n\ntest result: ok. 1 passed\n";
        assert_eq!(strip_libtest(silent), "");
        assert_eq!(strip_libtest("cut sho"), "cut sho");
    }
}
