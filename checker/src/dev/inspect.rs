//! What can be said about an exercise without compiling anything.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::course::{Course, Exercise, Files};
use crate::starter::{Kind, Regions, starter};

/// Levels of every ladder of hints.
const LEVELS: usize = 3;
/// The most checks that a first hint may serve: it is to be specific.
const SERVED: usize = 2;
/// The least number of stored submissions.
const RIGHT: usize = 2;
const WRONG: usize = 4;
/// A line of the solution that is shorter is in many answers.
const TELLING: usize = 12;

/// Every fault found, a sentence each.
pub(super) fn inspect(course: &Course, exercise: &Exercise) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    minutes(exercise, &mut faults);
    hints(course, exercise, &mut faults)?;
    stored(exercise, &mut faults);
    strays(&course.files, exercise, &mut faults);
    for prerequisite in &exercise.manifest.prerequisites {
        if !course
            .exercises
            .iter()
            .any(|other| other.name == *prerequisite && other.number < exercise.number)
        {
            faults.push(format!(
                "prerequisite `{prerequisite}` is no earlier exercise"
            ));
        }
    }
    if exercise.manifest.seeds.is_empty() {
        faults.push("it covers no seed id".to_owned());
    }
    formatted(&course.files, exercise, &mut faults)?;
    Ok(faults)
}

fn minutes(exercise: &Exercise, faults: &mut Vec<String>) {
    let manifest = &exercise.manifest;
    if exercise.number.part > 0 && !(10..=20).contains(&manifest.minutes) {
        faults.push(format!(
            "{} minutes; an exercise takes 10 to 20",
            manifest.minutes
        ));
    }
    for (name, text) in [
        ("title", &manifest.title),
        ("summary", &manifest.summary),
        ("success", &manifest.success),
    ] {
        if text.trim().is_empty() {
            faults.push(format!("`{name}` is empty"));
        }
    }
    if !manifest.reflection.trim_end().ends_with('?') {
        faults.push("`reflection` is not a question".to_owned());
    }
    for check in &exercise.checks {
        if !check.title.starts_with(char::is_uppercase) {
            faults.push(format!(
                "the title of `{}` is not a sentence: give it a doc comment",
                check.name
            ));
        }
    }
}

fn hints(course: &Course, exercise: &Exercise, faults: &mut Vec<String>) -> Result<()> {
    for check in &exercise.checks {
        if exercise.hint(check.name.as_str()).is_none() {
            faults.push(format!("`{}` has no hint", check.name));
        }
    }
    let mut answers = Vec::new();
    for path in &exercise.manifest.files {
        let text = course
            .files
            .text(&format!("{}/{path}", exercise.solution()))?;
        let regions = Regions::parse(path, text)?;
        answers.extend(
            regions
                .answer_lines()
                .filter(|line| line.len() >= TELLING)
                .map(str::to_owned),
        );
    }
    for hint in &exercise.manifest.hints {
        let name = hint.serves.join("`, `");
        if hint.serves.len() > SERVED {
            faults.push(format!(
                "one hint serves `{name}`: a first hint is specific, for {SERVED} checks at most"
            ));
        }
        if hint.levels.len() != LEVELS {
            faults.push(format!(
                "the hint for `{name}` has {} levels, not {LEVELS}",
                hint.levels.len()
            ));
        }
        if let Some(last) = hint.levels.last()
            && let Some(line) = answers
                .iter()
                .find(|line| last.lines().any(|hint| hint.trim() == line.as_str()))
        {
            faults.push(format!(
                "the last hint for `{name}` gives a line of the solution away: {line}"
            ));
        }
    }
    Ok(())
}

fn stored(exercise: &Exercise, faults: &mut Vec<String>) {
    let manifest = &exercise.manifest;
    if manifest.right.len() < RIGHT {
        faults.push(format!(
            "{} right submissions in another style; {RIGHT} at least",
            manifest.right.len()
        ));
    }
    if manifest.wrong.len() < WRONG {
        faults.push(format!(
            "{} known-wrong submissions; {WRONG} at least",
            manifest.wrong.len()
        ));
    }
    if !manifest.wrong.iter().any(|wrong| wrong.structural) {
        faults.push(
            "no known-wrong submission is structural: another design, not another literal"
                .to_owned(),
        );
    }
    for check in &exercise.checks {
        if !manifest
            .wrong
            .iter()
            .any(|wrong| wrong.fails.contains(&check.name))
        {
            faults.push(format!(
                "no known-wrong submission fails `{}`: can it fail?",
                check.name
            ));
        }
    }
    let mut names = BTreeMap::new();
    for variant in manifest.right.iter().chain(&manifest.wrong) {
        let legal = variant
            .name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !legal || variant.name.is_empty() {
            faults.push(format!(
                "`{}` is no legal name: lower-case letters, digits and _",
                variant.name
            ));
        }
        if names.insert(&variant.name, ()).is_some() {
            faults.push(format!(
                "two stored submissions are named `{}`",
                variant.name
            ));
        }
    }
    for right in &manifest.right {
        if !right.fails.is_empty() {
            faults.push(format!(
                "the right submission `{}` names checks that fail",
                right.name
            ));
        }
    }
    for survivor in &manifest.survivors {
        if survivor.why.trim().is_empty() {
            faults.push(format!(
                "[[survivors]] does not say why `{}` may be missing",
                survivor.contains
            ));
        }
    }
    for wrong in &manifest.wrong {
        let numbered = |id: &str| {
            id.strip_prefix('M')
                .is_some_and(|number| number.parse::<u16>().is_ok())
        };
        if wrong
            .misconception
            .as_deref()
            .is_some_and(|id| !numbered(id))
        {
            faults.push(format!(
                "the misconception of `{}` is not of the form M1",
                wrong.name
            ));
        }
        if !(1..=2).contains(&wrong.fails.len()) {
            faults.push(format!(
                "the wrong submission `{}` names {} checks; one or two, the rest through needs",
                wrong.name,
                wrong.fails.len()
            ));
        }
    }
}

/// Files in the exercise's folder that nothing refers to.
fn strays(files: &Files, exercise: &Exercise, faults: &mut Vec<String>) {
    let manifest = &exercise.manifest;
    for (path, _) in files.below(&exercise.solution()) {
        let known = matches!(path, "Cargo.toml" | "exercise.toml" | "tests/checks.rs")
            || path.starts_with("src/")
            || manifest.files.iter().any(|file| file == path)
            || manifest
                .right
                .iter()
                .chain(&manifest.wrong)
                .any(|variant| variant.file.as_deref() == Some(path));
        if !known {
            faults.push(format!("{path} belongs to nothing"));
        }
    }
}

/// The starter and the solution as rustfmt would have them.
fn formatted(files: &Files, exercise: &Exercise, faults: &mut Vec<String>) -> Result<()> {
    let given = starter(files, exercise)?.files;
    for (path, text) in given.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let formatted = rustfmt(text)?;
        if formatted != *text {
            let diff = similar::TextDiff::from_lines(text, &formatted);
            let diff = diff.unified_diff().context_radius(1).to_string();
            faults.push(format!(
                "the starter's {path} is not as rustfmt would have it:\n{diff}"
            ));
        }
    }
    for path in exercise
        .manifest
        .files
        .iter()
        .filter(|path| path.ends_with(".rs"))
    {
        let source = files.text(&format!("{}/{path}", exercise.solution()))?;
        let text = Regions::parse(path, source)?.text(Kind::Solution);
        if rustfmt(&text)? != text {
            faults.push(format!(
                "the solution's {path} is not as rustfmt would have it; run `cargo fmt`"
            ));
        }
    }
    Ok(())
}

fn rustfmt(text: &str) -> Result<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("starting rustfmt; `rustup component add rustfmt` installs it")?;
    if let Some(mut input) = child.stdin.take() {
        input
            .write_all(text.as_bytes())
            .context("sending a file to rustfmt")?;
    }
    let output = child.wait_with_output().context("waiting for rustfmt")?;
    if !output.status.success() {
        anyhow::bail!(
            "rustfmt cannot read the starter:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
