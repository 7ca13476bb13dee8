//! `dev new`: begins an exercise with a skeleton that passes `dev check`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{pages, sync};
use crate::cli::CourseArgs;
use crate::commands::Desk;
use crate::course::split_folder;
use crate::exit::Exit;
use crate::terminal;

/// Path within the exercise, and content, of the skeleton's files.
const SKELETON: [(&str, &str); 4] = [
    ("Cargo.toml", include_str!("skeleton/Cargo.toml")),
    ("exercise.toml", include_str!("skeleton/exercise.toml")),
    ("src/lib.rs", include_str!("skeleton/lib.rs.txt")),
    ("tests/checks.rs", include_str!("skeleton/checks.rs.txt")),
];

/// Writes the skeleton of the exercise `id`.
pub(super) fn new(args: &CourseArgs, id: &str) -> Result<Exit> {
    let solutions = sync::solutions(args)?;
    let from_disk = CourseArgs {
        exercises: args.exercises.clone(),
        course: Some(solutions.clone()),
    };
    let desk = Desk::set(&from_disk)?;
    let parsed = id
        .split_once('/')
        .and_then(|(part, name)| Some((split_folder(part)?, split_folder(name)?)));
    let Some(((part, _), (index, name))) = parsed else {
        bail!(
            "`{id}` is no folder of an exercise: it takes the form 01_models/04_user_constraints"
        );
    };
    if let Some(other) = desk.course.exercises.iter().find(|exercise| {
        exercise.name == name || (exercise.number.part == part && exercise.number.index == index)
    }) {
        bail!("{} already has this name or number", other.id);
    }
    let folder = solutions.join(id);
    if folder.exists() {
        bail!("{} already exists", folder.display());
    }
    let mut title = name.replace('_', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    for (path, template) in SKELETON {
        let text = template
            .replace("NAME", name)
            .replace("NUMBER", &format!("{part}.{index}"))
            .replace("TITLE", &title);
        write(&folder.join(path), &text)?;
    }
    let root = sync::root(args)?;
    let skeletons = pages::skeletons(&root, id, &format!("{part}.{index}"), &title);
    for (path, text) in &skeletons {
        if !root.join(path).exists() {
            write(&root.join(path), text)?;
        }
    }
    let on_pages = if skeletons.is_empty() {
        String::new()
    } else {
        format!(
            "5. write its page book/src/{id}.md, name it in book/src/SUMMARY.md, and write\n   \
             its quiz book/quizzes/{id}.toml\n\
             6. cargo run -p book -- check   says what is not yet right with them\n"
        )
    };
    let command = |arguments: &str| desk.view.invocation.command(arguments);
    terminal::print(&format!(
        "{id} begins in {}\n\n\
         1. write the solution in src/lib.rs, the answers between `//: answer` and `//: end`\n\
         2. write its checks in tests/checks.rs, and the rest in exercise.toml\n\
         3. {}   says what is not yet right\n\
         4. {}             generates the starter\n\
         {on_pages}",
        folder.display(),
        command(&format!("dev check {name}")),
        command("dev sync"),
    ))?;
    Ok(Exit::Success)
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
