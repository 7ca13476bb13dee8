//! What must have become of each submission of an exercise.

use std::collections::BTreeSet;

use super::variants::{Role, Variant};
use crate::course::{CheckName, Exercise};
use crate::report::{CheckStatus, ExerciseReport, Status};

/// How the mutants of an exercise ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) right: usize,
    pub(super) wrong: usize,
    pub(super) killed: usize,
    /// They do not compile, so they say nothing.
    pub(super) stillborn: usize,
    pub(super) explained: usize,
}

/// Every fault found in the graded submissions, a sentence each.
pub(super) fn expect(
    exercise: &Exercise,
    graded: &[(Variant<'_>, ExerciseReport)],
) -> (Vec<String>, Tally) {
    let mut faults = Vec::new();
    let mut tally = Tally::default();
    let mut used = BTreeSet::new();
    for (variant, report) in graded {
        match &variant.role {
            Role::Starter => starter(exercise, report, &mut faults),
            Role::Solution => passes("the solution", report, &mut faults),
            Role::Right(stored) => {
                tally.right += 1;
                passes(
                    &format!("the right submission `{}`", stored.name),
                    report,
                    &mut faults,
                );
            }
            Role::Wrong(stored) => {
                tally.wrong += 1;
                wrong(exercise, stored, report, &mut faults);
            }
            Role::Mutant(mutant) => {
                let explanation = exercise
                    .manifest
                    .survivors
                    .iter()
                    .position(|survivor| mutant.deleted.contains(&survivor.contains));
                match (report.status, explanation) {
                    (Status::BuildFailed, _) => tally.stillborn += 1,
                    (Status::Passed, Some(explanation)) => {
                        used.insert(explanation);
                        tally.explained += 1;
                    }
                    (Status::Passed, None) => faults.push(format!(
                        "a mutant survives: without `{}` ({}) every check passes; make a check look at it, or explain it in [[survivors]]",
                        mutant.deleted, mutant.line
                    )),
                    _ => tally.killed += 1,
                }
            }
        }
    }
    // Checks that do not compile fail every submission in the same way.
    let mut seen = BTreeSet::new();
    faults.retain(|fault| {
        let detail = fault
            .split_once(':')
            .map_or(fault.as_str(), |(_, detail)| detail);
        seen.insert(detail.to_owned())
    });
    for (index, survivor) in exercise.manifest.survivors.iter().enumerate() {
        if !used.contains(&index) {
            faults.push(format!(
                "[[survivors]] explains `{}`, but no such mutant survives",
                survivor.contains
            ));
        }
    }
    (faults, tally)
}

fn starter(exercise: &Exercise, report: &ExerciseReport, faults: &mut Vec<String>) {
    warnings("the starter", report, faults);
    if report.status == Status::BuildFailed {
        faults.push(format!(
            "the starter does not compile:\n{}",
            first_diagnostic(report)
        ));
        return;
    }
    for check in &report.checks {
        let may_pass = exercise.manifest.regression.contains(&check.name);
        match (check.status == CheckStatus::Passed, may_pass) {
            (true, false) => faults.push(format!(
                "`{}` passes on the starter; if it guards against a regression, say so",
                check.name
            )),
            (false, true) => faults.push(format!(
                "`{}` is a regression check, but fails on the starter",
                check.name
            )),
            _ => {}
        }
    }
}

fn passes(what: &str, report: &ExerciseReport, faults: &mut Vec<String>) {
    if report.status == Status::Passed {
        warnings(what, report, faults);
    } else {
        faults.push(format!("{what} does not pass: {}", why(report)));
    }
}

fn wrong(
    exercise: &Exercise,
    stored: &crate::course::Variant,
    report: &ExerciseReport,
    faults: &mut Vec<String>,
) {
    let what = format!("the wrong submission `{}`", stored.name);
    if matches!(
        report.status,
        Status::BuildFailed | Status::Missing | Status::Error
    ) {
        faults.push(format!("{what} does not compile: {}", why(report)));
        return;
    }
    let failed: BTreeSet<&CheckName> = report
        .checks
        .iter()
        .filter(|check| !matches!(check.status, CheckStatus::Passed | CheckStatus::Skipped))
        .map(|check| &check.name)
        .collect();
    let named: BTreeSet<&CheckName> = stored.fails.iter().collect();
    for check in named.difference(&failed) {
        faults.push(format!("{what} should fail `{check}`, but does not"));
    }
    for check in failed.difference(&named) {
        let message = report
            .checks
            .iter()
            .find(|report| report.name == **check)
            .map(|report| report.message.as_str())
            .unwrap_or_default();
        faults.push(format!(
            "{what} also fails `{check}` ({message}): let it need the other, or look at less"
        ));
    }
    let triggered: Vec<&str> = report
        .checks
        .iter()
        .filter(|check| named.contains(&check.name))
        .map(crate::report::CheckReport::hint_key)
        .collect();
    match &stored.hint {
        Some(hint) if !triggered.contains(&hint.as_str()) => {
            faults.push(format!(
                "{what} should lead to the hint `{hint}`, but leads to {triggered:?}"
            ));
        }
        _ => {}
    }
    for key in triggered {
        if exercise.hint(key).is_none() {
            faults.push(format!(
                "{what} leads to the hint `{key}`, which does not exist"
            ));
        }
    }
}

fn warnings(what: &str, report: &ExerciseReport, faults: &mut Vec<String>) {
    if report.status != Status::BuildFailed && !report.build.diagnostics.is_empty() {
        faults.push(format!(
            "{what} compiles with warnings:\n{}",
            first_diagnostic(report)
        ));
    }
}

fn why(report: &ExerciseReport) -> String {
    match report.first_failing() {
        Some(check) if report.status != Status::BuildFailed => {
            let details = [&check.expected, &check.observed, &check.diff]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(" / ");
            format!("`{}`: {} {details}", check.name, check.message)
        }
        _ => first_diagnostic(report),
    }
}

fn first_diagnostic(report: &ExerciseReport) -> String {
    report
        .build
        .diagnostics
        .first()
        .or(report.message.as_ref())
        .cloned()
        .unwrap_or_default()
}
