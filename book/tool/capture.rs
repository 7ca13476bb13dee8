//! Records what runs print and what the checker says: `book/listings/out`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use crate::course::{Course, Edit, Exercise};
use crate::directive::Directive;
use crate::output::{self, Attempt};
use crate::places::Places;
use crate::scan::{self, Kind};
use crate::workbook::on_disk;

/// Records by their path from `book/listings/out`.
pub type Records = BTreeMap<String, String>;

/// Runs everything anew and gives what it says, without writing it.
///
/// # Errors
/// When a run fails, or a page names a submission that is not there.
pub fn record(places: &Places) -> Result<Records> {
    let mut records = of_listings(places)?;
    records.extend(of_checker(places)?);
    Ok(records)
}

/// What lies in `book/listings/out`.
///
/// # Errors
/// When it cannot be read.
pub fn recorded(places: &Places) -> Result<Records> {
    let folder = places.recorded();
    crate::files::files(&folder, "txt")?
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(folder.join(&path))
                .with_context(|| format!("reading the record {path}"))?;
            Ok((path, text))
        })
        .collect()
}

/// Records everything anew. Gives what has changed, in words.
///
/// # Errors
/// When a run fails or a file cannot be written.
pub fn capture(places: &Places) -> Result<Vec<String>> {
    let records = record(places)?;
    let before = recorded(places)?;
    let folder = places.recorded();
    let mut said = Vec::new();
    for (path, text) in &records {
        if before.get(path) != Some(text) {
            let file = folder.join(path);
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent)
                    .with_context(|| format!("creating {}", places.shown(parent)))?;
            }
            fs::write(&file, text).with_context(|| format!("writing {}", places.shown(&file)))?;
            said.push(format!("recorded {path}"));
        }
    }
    for path in before.keys().filter(|path| !records.contains_key(*path)) {
        let file = folder.join(path);
        fs::remove_file(&file).with_context(|| format!("removing {}", places.shown(&file)))?;
        said.push(format!("removed {path}, which no page shows"));
    }
    Ok(said)
}

fn of_listings(places: &Places) -> Result<Records> {
    let folder = tempfile::tempdir().context("making a folder for what the listings print")?;
    let output = cargo(places, "listings")
        .arg(folder.path())
        .output()
        .context("starting cargo for the listings")?;
    if !output.status.success() {
        bail!("the listings failed:\n{}", words(&output));
    }
    let mut records = Records::new();
    for path in crate::files::files(folder.path(), "txt")? {
        let text = fs::read_to_string(folder.path().join(&path)).context("reading a record")?;
        records.insert(path, text);
    }
    Ok(records)
}

/// `cargo run -q -p PACKAGE --`
fn cargo(places: &Places, package: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(&places.root)
        .args(["run", "-q", "-p", package, "--"])
        .env("NO_COLOR", "1")
        .env_remove("CHECKER_EXERCISES");
    command
}

/// The submissions that pages show, by exercise.
fn attempts(places: &Places, course: &Course) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for text in on_disk(places)?.0.values() {
        for piece in scan::pieces(text, 1) {
            let Kind::Directive(line) = piece.kind else {
                continue;
            };
            let Some(Ok(directive)) = Directive::parse(&line) else {
                continue;
            };
            if let ("failing", [number, name]) =
                (directive.name.as_str(), directive.plain.as_slice())
                && let Some(exercise) = course.find(number)
            {
                found
                    .entry(exercise.id.clone())
                    .or_default()
                    .insert(name.clone());
            }
        }
    }
    Ok(found)
}

/// One run of the checker grades one submission of every exercise, so that
/// all are built at once; then each is asked for its words.
fn of_checker(places: &Places) -> Result<Records> {
    let course = Course::read(places)?;
    let mut waiting = attempts(places, &course)?;
    let mut records = Records::new();
    loop {
        let round: Vec<(&Exercise, String)> = course
            .exercises
            .iter()
            .filter_map(|exercise| {
                let name = waiting.get_mut(&exercise.id)?.pop_first()?;
                Some((exercise, name))
            })
            .collect();
        if round.is_empty() {
            return Ok(records);
        }
        let folder = tempfile::tempdir().context("making a folder for submissions")?;
        let exercises = folder.path().join("exercises");
        // Not the learner's: what a page shows does not depend on it.
        copy(&places.solutions(), &exercises)?;
        for (exercise, name) in &round {
            submit(places, exercise, name, &exercises.join(&exercise.id))?;
        }
        let ids: Vec<&str> = round
            .iter()
            .map(|(exercise, _)| exercise.id.as_str())
            .collect();
        run(places, &exercises, &ids)?;
        for (exercise, name) in &round {
            let output = run(places, &exercises, &[&exercise.id])?;
            if output.status.success() {
                bail!("the checker lets {name} of {} pass", exercise.number());
            }
            records.insert(
                format!("{}.txt", output::checker_record(exercise, name)),
                told(&String::from_utf8_lossy(&output.stdout), &exercises),
            );
        }
    }
}

fn run(places: &Places, exercises: &Path, ids: &[&str]) -> Result<Output> {
    let output = cargo(places, "checker")
        .arg("--exercises")
        .arg(exercises)
        .arg("run")
        .args(ids)
        .args(["--seed", "1"])
        .output()
        .context("starting the checker")?;
    match output.status.code() {
        Some(0 | 1 | 3) => Ok(output),
        _ => bail!("the checker failed:\n{}", words(&output)),
    }
}

/// What a learner reads: without the folder of this run, and without what to
/// do next.
fn told(stdout: &str, exercises: &Path) -> String {
    let folder = exercises.display().to_string();
    let text = stdout.replace(&folder, "exercises");
    let text = text.split("\nNext\n").next().unwrap_or_default();
    format!("{}\n", text.trim_end())
}

fn submit(places: &Places, exercise: &Exercise, name: &str, folder: &Path) -> Result<()> {
    let home = places.solutions().join(&exercise.id);
    let first = exercise
        .about
        .files
        .first()
        .map_or("src/lib.rs", String::as_str);
    let attempt = output::attempt(places, exercise, name).map_err(anyhow::Error::msg)?;
    let variant = match attempt {
        Attempt::Written(text) => return write(&folder.join(first), &text),
        Attempt::Wrong(variant) => variant,
    };
    if let Some(file) = &variant.file {
        let text =
            fs::read_to_string(home.join(file)).with_context(|| format!("reading {file}"))?;
        return write(&folder.join(first), &text);
    }
    for file in &exercise.about.files {
        let path = home.join(file);
        let mut text = fs::read_to_string(&path)
            .with_context(|| format!("reading {}", places.shown(&path)))?;
        for edit in edits(&variant.edits, file, first) {
            text = text.replacen(edit.find.as_str(), &edit.replace, 1);
        }
        write(&folder.join(file), &solution(&text))?;
    }
    Ok(())
}

fn edits<'a>(edits: &'a [Edit], file: &'a str, first: &'a str) -> impl Iterator<Item = &'a Edit> {
    edits
        .iter()
        .filter(move |edit| edit.file.as_deref().unwrap_or(first) == file)
}

/// The code without what only the starter shows.
fn solution(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let start = line.trim_start();
        if !start.starts_with("//:") && !start.starts_with("//|") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("creating {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry.with_context(|| format!("reading {}", from.display()))?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("copying {}", entry.path().display()))?;
        }
    }
    Ok(())
}

fn words(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
