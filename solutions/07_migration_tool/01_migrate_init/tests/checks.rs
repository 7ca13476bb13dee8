//! What `init` and `lay_out` leave on the disk, and what they leave alone.

use std::fs;
use std::path::{Path, PathBuf};

use migrate_init::{README, TEMPLATE, beside, init, lay_out, setting};
use witness::prelude::*;

const URL: &str = "sqlite:///app.db";
const REPOSITORY: [&str; 4] = ["README", "migrate.conf", "template.sql", "versions/README"];

/// A new repository has four files.
#[test]
fn a_repository_has_four_files() {
    check(|w| {
        for (name, is_there) in [(w.name(), false), ("migrations".to_owned(), true)] {
            let dir = project(w)?.join(&name);
            if is_there {
                fs::create_dir(&dir)?;
            }
            w.run(|| init(&dir, URL))
                .because("A folder that is missing is made, and one that is empty is filled.")?;
            w.expect_files(&dir, &REPOSITORY)
                .because("Every command after this one looks for these names.")?;
            for (name, text) in [("README", README), ("template.sql", TEMPLATE)] {
                let found = fs::read_to_string(dir.join(name))?;
                expect_equal(&format!("the text of {name}"), found, text)?;
            }
        }
        Ok(())
    });
}

/// A setting is read back, and a missing one is named.
#[test]
fn a_setting_is_read_back() {
    check(|w| {
        let dir = project(w)?.join("migrations");
        let url = format!("sqlite:///my data/{}.db?a=1&b=2#c", w.name());
        w.run(|| init(&dir, &url))?;
        let found = w.run(|| setting(&dir, "database_url"))?;
        expect_equal("the URL that `setting` reads", found, url)
            .because("What `init` has written, the next command must find.")?;
        const BY_HAND: &str = "\n# table = comments\nold_table = a\ntable_of = b\nno setting\n  \
                               table=  \"my versions\" \n";
        fs::write(dir.join("migrate.conf"), BY_HAND)?;
        let found = w.run(|| setting(&dir, "table"))?;
        expect_equal("the value of `table`", found, "\"my versions\"").map_err(|failure| {
            failure.because(format!(
                "The file is edited by hand. Here it holds:{BY_HAND}"
            ))
        })?;
        let error = w
            .fails(|| setting(&dir, "database_url"))
            .saying("`setting` found a value for a key that is not there")?;
        expect_named(&error.to_string(), "database_url")?;
        fs::remove_file(dir.join("migrate.conf"))?;
        let error = w
            .fails(|| setting(&dir, "table"))
            .saying("`setting` found a value, though there is no migrate.conf")?;
        expect_named(&error.to_string(), "migrate.conf")
    });
}

/// What is there already is refused and kept.
#[test]
fn what_is_there_is_kept() {
    check(|w| {
        let project = project(w)?;
        let note = format!("for {}\n", w.name());
        for (name, file) in [
            ("folder", "folder/notes.txt"),
            ("hidden", "hidden/.notes"),
            ("repository", "repository/template.sql"),
            ("nested", "nested/versions/notes/today.txt"),
            ("file", "file"),
        ] {
            let (dir, file) = (project.join(name), project.join(file));
            if name == "repository" {
                w.run(|| init(&dir, URL))?;
            }
            fs::create_dir_all(file.parent().unwrap_or(&dir))?;
            fs::write(&file, &note)?;
            refused(w, &dir, || init(&dir, URL))
                .because("A tool that runs once may be started twice, or in the wrong place.")?;
        }
        for (name, is_empty) in [("free", false), ("quiet", true)] {
            let dir = project.join(name);
            fs::create_dir(beside(&dir))?;
            if !is_empty {
                fs::write(beside(&dir).join("notes.txt"), &note)?;
            }
            let before = w.tree(beside(&dir))?;
            let result = init(&dir, URL);
            before.expect_unchanged().because(
                "You did not make this folder, so it is not yours: not to be used, nor cleared away.",
            )?;
            if result.is_ok() {
                w.expect_files(&dir, &REPOSITORY).because(
                    "Your code returned Ok, so whoever called it counts on a repository.",
                )?;
            }
        }
        Ok(())
    });
}

/// When a file cannot be made, nothing is left.
#[test]
fn nothing_is_left_of_a_failure() {
    check(|w| {
        let project = project(w)?;
        let dir = project.join("migrations");
        for impossible in ["README/today.txt", "versions/README/today.txt", "a\0b"] {
            let files: Vec<_> = REPOSITORY
                .into_iter()
                .chain([impossible, "last.txt"])
                .map(|path| (path, "some text\n"))
                .collect();
            for is_there in [false, true] {
                if is_there {
                    fs::create_dir(&dir)?;
                }
                refused(w, &dir, || lay_out(&dir, &files)).because(format!(
                    "{impossible:?} cannot be made. What was made before it is on the disk, until you remove it. An empty folder that was there before is there afterwards."
                ))?;
            }
            fs::remove_dir(&dir)?;
        }
        somebody_is_quicker(w, &project)?;
        w.run(|| init(&dir, URL))
            .saying("after a failure, `init` does not work any more")
    });
}

/// While a folder is filled, somebody else makes one of its name: here with a file
/// of the list, whose path leads there.
fn somebody_is_quicker(w: &Witness, project: &Path) -> Outcome {
    let dir = project.join("late");
    let theirs = dir.join("notes.txt").display().to_string();
    let before = w.tree(project)?;
    let result = lay_out(&dir, &[("README", README), (&theirs, "not yours\n")]);
    match result {
        Ok(()) => w.expect_files(&dir, &["README", "notes.txt"]),
        Err(_) if dir.exists() => before.expect_added(&["late/notes.txt"]),
        Err(_) => before.expect_unchanged(),
    }
    .because(
        "While you filled your folder, somebody else made late, with notes.txt in it. \
         So yours cannot get its name: a failure like any other.",
    )
}

/// Nobody sees a part of the folder.
#[test]
fn nobody_sees_a_part() {
    check(|w| {
        let project = project(w)?;
        let names: Vec<String> = (1..=400).map(|number| format!("{number}.txt")).collect();
        let files: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), "some text\n"))
            .collect();
        for (name, is_there) in [("empty", true), ("missing", false)] {
            let dir = project.join(name);
            if is_there {
                fs::create_dir(&dir)?;
            }
            let seen = w.looking_at(&dir, || lay_out(&dir, &files))?;
            w.run(|| seen.result.as_ref().map_err(ToString::to_string))?;
            seen.at_once().because(
                "Whoever comes by, or is left with what was there when the power went, \
                 finds a repository or none.",
            )?;
        }
        // So long that it takes a while to write; and often, as a moment can be missed.
        let url = format!("sqlite:///{}.db", "very_long".repeat(500_000));
        for number in 1..=8 {
            let dir = project.join(format!("migrations_{number}"));
            let seen = w.looking_at(&dir, || init(&dir, &url))?;
            w.run(|| seen.result.as_ref().map_err(ToString::to_string))?;
            seen.at_once().because(
                "The settings belong to the repository: without them no command finds the database.",
            )?;
        }
        Ok(())
    });
}

/// A folder of the check's own, in which nothing else is.
fn project(w: &Witness) -> Outcome<PathBuf> {
    let project = w.folder().join("project");
    fs::create_dir_all(&project)?;
    Ok(project)
}

/// Whether the code refuses, says so of `dir`, and leaves everything as it was.
fn refused(w: &Witness, dir: &Path, code: impl FnOnce() -> migrate_init::Result<()>) -> Outcome {
    let name = dir.file_name().unwrap_or_default().display().to_string();
    let before = w.tree(w.folder())?;
    let result = code();
    before.expect_unchanged()?;
    let error = w.fails(|| result).saying(format!(
        "your code returned Ok, but it made no folder {name}"
    ))?;
    expect_named(&error.to_string(), &name)
        .because("Whoever reads the error must know which folder it is about.")
}

fn expect_named(error: &str, what: &str) -> Outcome {
    if error.contains(what) {
        return Ok(());
    }
    Err(Failure::new("an error does not say what it is about")
        .expected(format!("an error with {what} in it"))
        .observed(error.to_owned()))
}
