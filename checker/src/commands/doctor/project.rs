//! The clone of the workbook: what was given, and what the checker keeps.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::super::desk::Desk;
use super::{Finding, command};
use crate::course::Origin;
use crate::process::{ask, find_program};
use crate::progress::{Opened, Progress};
use crate::starter;

pub(super) fn look(desk: &Desk) -> Vec<Finding> {
    let mut findings = vec![exercises(desk), manifest(desk)];
    findings.extend(lock_file(desk));
    findings.push(strays(desk));
    findings.extend(settings_above(desk));
    findings.extend(line_ends(desk));
    findings.push(stage(desk));
    findings.push(progress(desk));
    findings
}

fn exercises(desk: &Desk) -> Finding {
    let shown = desk.places.shown(&desk.places.exercises);
    if let Err(error) = fs::read_dir(&desk.places.exercises) {
        return Finding::problem(
            "exercises",
            format!("{shown} cannot be read: {error}"),
            "check its permissions",
        );
    }
    let all = desk.course.exercises.len();
    let gone: Vec<String> = desk
        .course
        .exercises
        .iter()
        .filter(|exercise| !desk.places.submission(&exercise.id).is_dir())
        .map(|exercise| exercise.number.to_string())
        .collect();
    match gone.first() {
        None => Finding::ok(
            "exercises",
            match all {
                1 => format!("{shown}, 1 exercise"),
                _ => format!("{shown}, {all} exercises"),
            },
        ),
        Some(first) => Finding::problem(
            "exercises",
            format!("{} of {all} missing: {}", gone.len(), gone.join(", ")),
            format!("`{}` brings one back", command(&format!("reset {first}"))),
        ),
    }
}

/// What an editor, and `cargo test`, read; grading has its own.
fn manifest(desk: &Desk) -> Finding {
    let given = starter::hashes(&desk.course)
        .ok()
        .and_then(|mut files| files.remove("Cargo.toml"));
    let given = given.map(|(text, _)| text);
    compare(desk, "workspace", "Cargo.toml", given.as_deref())
}

fn lock_file(desk: &Desk) -> Option<Finding> {
    let given = desk.course.files.text("solutions/exercises.lock").ok()?;
    let is_own = desk.course.files.origin == Origin::Embedded;
    is_own.then(|| compare(desk, "lock file", "Cargo.lock", Some(given)))
}

fn compare(desk: &Desk, subject: &'static str, name: &str, given: Option<&str>) -> Finding {
    let path = desk.places.exercises.join(name);
    let shown = desk.places.shown(&path);
    let remedy = format!("`git checkout -- {shown}`, in the folder of the workbook");
    match (fs::read_to_string(&path), given) {
        (Ok(present), Some(given)) if present.replace("\r\n", "\n") == given => {
            Finding::ok(subject, format!("{shown} is as given"))
        }
        (Ok(present), _) => Finding::problem(
            subject,
            match toml::from_str::<toml::Table>(&present) {
                Ok(_) => format!("{shown} is not as given"),
                Err(error) => format!("{shown} cannot be understood: {}", error.message()),
            },
            remedy,
        ),
        (Err(error), _) => {
            Finding::problem(subject, format!("{shown} cannot be read: {error}"), remedy)
        }
    }
}

/// Files inside exercises that change how cargo builds there.
fn strays(desk: &Desk) -> Finding {
    let mut strays = Vec::new();
    for exercise in &desk.course.exercises {
        let folder = desk.places.submission(&exercise.id);
        for name in ["build.rs", ".cargo"] {
            let path = folder.join(name);
            if fs::symlink_metadata(&path).is_ok() {
                strays.push((exercise.number, desk.places.shown(&path)));
            }
        }
    }
    match strays.first() {
        None => Finding::ok(
            "build settings",
            "no build.rs or .cargo was added to an exercise",
        ),
        Some((number, _)) => {
            let shown: Vec<&str> = strays.iter().map(|(_, path)| path.as_str()).collect();
            Finding::problem(
                "build settings",
                format!("added, and ignored when grading: {}", shown.join(", ")),
                format!(
                    "`{}` moves it away",
                    command(&format!("reset --checks {number}"))
                ),
            )
        }
    }
}

/// Cargo's settings around the project apply to grading, too.
fn settings_above(desk: &Desk) -> Option<Finding> {
    let stage = desk.places.stage();
    let own = home_of_cargo();
    let found: Vec<String> = [&desk.places.exercises, &stage]
        .into_iter()
        .flat_map(|folder| folder.ancestors())
        .map(|folder| folder.join(".cargo"))
        .filter(|folder| own.as_deref() != Some(folder))
        .flat_map(|folder| [folder.join("config.toml"), folder.join("config")])
        .filter(|file| file.is_file())
        .map(|file| desk.places.shown(&file))
        .collect();
    let mut distinct = found;
    distinct.sort();
    distinct.dedup();
    (!distinct.is_empty()).then(|| {
        Finding::note(
            "cargo settings",
            format!("cargo also reads {}", distinct.join(", ")),
        )
    })
}

fn home_of_cargo() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// Git may have changed the ends of lines; grading takes both.
fn line_ends(desk: &Desk) -> Option<Finding> {
    let exercise = desk.course.exercises.first()?;
    let checks = desk.places.submission(&exercise.id).join("tests/checks.rs");
    let is_windows = fs::read(checks).is_ok_and(|text| text.windows(2).any(|pair| pair == b"\r\n"));
    let setting = find_program(Path::new("git"))
        .and_then(|git| {
            ask(
                &git,
                &["config", "--get", "core.autocrlf"],
                &desk.places.exercises,
            )
            .ok()
        })
        .unwrap_or_default();
    let setting = match setting.trim() {
        "" => "core.autocrlf is not set".to_owned(),
        value => format!("core.autocrlf is {value}"),
    };
    Some(match is_windows {
        false => Finding::ok("line ends", format!("LF; {setting}")),
        true => Finding::ok("line ends", format!("CRLF, which is as good; {setting}")),
    })
}

/// What the checker has laid out in the target directory.
fn stage(desk: &Desk) -> Finding {
    let remedy = || format!("`{}`; the next run lays it out again", command("clean"));
    let scratch = desk.places.scratch();
    let half = fs::read_dir(&scratch)
        .into_iter()
        .flatten()
        .flatten()
        .find(|entry| {
            entry.file_name().to_string_lossy().starts_with("library-")
                && !entry.path().join("complete").is_file()
        });
    if let Some(half) = half {
        let shown = desk.places.shown(&half.path());
        return Finding::problem("stage", format!("{shown} is incomplete"), remedy());
    }
    let stage = desk.places.stage();
    let path = stage.join("Cargo.toml");
    let shown = desk.places.shown(&path);
    if fs::symlink_metadata(&path).is_err() {
        return Finding::ok("stage", "not laid out yet; the first run does it");
    }
    let manifest = match fs::read_to_string(&path) {
        Ok(text) => {
            toml::from_str::<toml::Table>(&text).map_err(|error| error.message().to_owned())
        }
        Err(error) => Err(error.to_string()),
    };
    let members = |manifest: &toml::Table| -> Option<Vec<PathBuf>> {
        let members = manifest.get("workspace")?.get("members")?.as_array()?;
        let names = members.iter().filter_map(toml::Value::as_str);
        Some(
            names
                .map(|name| stage.join(name).join("Cargo.toml"))
                .collect(),
        )
    };
    match manifest.as_ref().map(members) {
        Err(error) => Finding::problem(
            "stage",
            format!("{shown} cannot be understood: {error}"),
            remedy(),
        ),
        Ok(Some(members)) if members.iter().all(|member| member.is_file()) => {
            let count = match members.len() {
                1 => "1 exercise is".to_owned(),
                count => format!("{count} exercises are"),
            };
            Finding::ok("stage", format!("{count} laid out"))
        }
        Ok(_) => Finding::problem(
            "stage",
            format!("{shown} names what is not there"),
            remedy(),
        ),
    }
}

fn progress(desk: &Desk) -> Finding {
    let path = desk.places.state.join("progress.sqlite");
    let shown = desk.places.shown(&path);
    if fs::symlink_metadata(&path).is_err() {
        return Finding::ok("progress", "nothing is recorded yet");
    }
    // Looked at first without the checker's own way of opening it, which sets
    // a damaged file aside.
    let intact =
        Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|conn| {
            conn.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
        });
    match intact {
        Ok(answer) if answer != "ok" => return damaged(&shown, &answer),
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
            ) =>
        {
            return damaged(&shown, &error.to_string());
        }
        // What else is wrong is found, and told better, by opening it.
        _ => {}
    }
    match Progress::open(&desk.places.state, &desk.course) {
        Opened::Ready(_) => Finding::ok("progress", format!("{shown} is intact")),
        Opened::SetAside(..) => Finding::note("progress", format!("{shown} was begun anew")),
        Opened::Unusable(reason) => Finding::problem(
            "progress",
            reason,
            "grading works without it, but forgets; close other programs that use it",
        ),
    }
}

fn damaged(shown: &str, reason: &str) -> Finding {
    Finding::problem(
        "progress",
        format!("{shown} is damaged: {reason}"),
        "the next run sets it aside and begins a new one",
    )
}
