//! A learner's whole way through the course, at a terminal: each exercise is
//! looked at, failed, asked about, solved, thrown away and solved again.
//!
//! What is typed here as `cargo run` starts the checker that cargo has built
//! for the tests, as cargo would. `script`, which is part of every Linux, gives
//! it a pseudo-terminal, and [`vt100`] shows what stands on that.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;

use insta::assert_snapshot;
use serde::Deserialize;
use support::course::{clone, root};

/// Columns of the terminal.
const COLUMNS: NonZero<u16> = NonZero::new(80).unwrap();
/// More lines than any command prints.
const LINES: NonZero<u16> = NonZero::new(400).unwrap();

/// What the journey needs to know of an exercise.
#[derive(Debug, Deserialize)]
struct About {
    title: String,
    success: String,
    hints: Vec<Ladder>,
    wrong: Vec<Wrong>,
}

#[derive(Debug, Deserialize)]
struct Ladder {
    r#for: Vec<String>,
    levels: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Wrong {
    name: String,
    fails: Vec<String>,
    hint: Option<String>,
    file: Option<PathBuf>,
    #[serde(default)]
    edits: Vec<Edit>,
}

#[derive(Debug, Deserialize)]
struct Edit {
    #[serde(default = "library")]
    file: PathBuf,
    find: String,
    replace: String,
}

fn library() -> PathBuf {
    PathBuf::from("src/lib.rs")
}

struct Exercise {
    /// `1.10`.
    number: String,
    /// `01_models/10_school_project`.
    id: String,
    about: About,
}

impl Exercise {
    fn home(&self) -> PathBuf {
        root().join("solutions").join(&self.id)
    }

    /// A file of the solution, as a learner would have written it.
    fn solution(&self, file: &Path) -> String {
        let text = fs::read_to_string(self.home().join(file)).unwrap();
        let mut out = String::new();
        let mut in_starter = false;
        for line in text.lines() {
            match line.trim() {
                "//: answer" => {}
                "//: starter" => in_starter = true,
                "//: end" => in_starter = false,
                _ if in_starter => {}
                _ => out.extend([line, "\n"]),
            }
        }
        out
    }

    /// A mistake that others have made before; to hand in the starter as it
    /// is, is none.
    fn mistake(&self) -> &Wrong {
        let is_one = |wrong: &&Wrong| wrong.name != "nothing_changed";
        self.about.wrong.iter().find(is_one).unwrap()
    }

    /// The hint that this submission gets first.
    fn first_hint(&self, wrong: &Wrong) -> &str {
        let key = wrong.hint.as_ref().unwrap_or(&wrong.fails[0]);
        let ladder = self
            .about
            .hints
            .iter()
            .find(|hint| hint.r#for.contains(key));
        &ladder.unwrap_or_else(|| panic!("no hint for {key}")).levels[0]
    }
}

/// All exercises, in order.
fn course() -> Vec<Exercise> {
    let mut found = Vec::new();
    for part in folders(&root().join("solutions")) {
        for name in folders(&root().join("solutions").join(&part)) {
            let number = |folder: &str| folder.split('_').next().unwrap().parse::<u32>().unwrap();
            let id = format!("{part}/{name}");
            let text = fs::read_to_string(root().join("solutions").join(&id).join("exercise.toml"));
            found.push((
                (number(&part), number(&name)),
                Exercise {
                    number: format!("{}.{}", number(&part), number(&name)),
                    id,
                    about: toml::from_str(&text.unwrap()).unwrap(),
                },
            ));
        }
    }
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, exercise)| exercise).collect()
}

/// Names that begin with two digits.
fn folders(parent: &Path) -> Vec<String> {
    fs::read_dir(parent)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(|first: char| first.is_ascii_digit()))
        .collect()
}

/// A clone of the project, and a terminal in it.
struct Learner {
    clone: PathBuf,
}

/// What stands on the terminal after a command.
struct Screen {
    /// The command, and what it printed.
    text: String,
    /// The same with its colors.
    colored: String,
    code: i32,
}

impl Screen {
    /// Lines are wrapped and indented, so it is words that are compared.
    fn has(&self, words: &str) -> bool {
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        squeeze(&self.text).contains(&squeeze(words))
    }

    #[track_caller]
    fn shows(&self, words: &str) -> &Self {
        assert!(
            self.has(words),
            "{words:?} is not on the screen:\n{}",
            self.text
        );
        self
    }

    #[track_caller]
    fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}", self.text);
        self
    }
}

impl Learner {
    fn new(name: &str) -> Self {
        Self { clone: clone(name) }
    }

    /// Types `cargo run -- …` and waits.
    fn run(&self, arguments: &str) -> Screen {
        let typed = match arguments {
            "" => "cargo run".to_owned(),
            _ => format!("cargo run -- {arguments}"),
        };
        let checker = env!("CARGO_BIN_EXE_checker");
        let line = format!("stty columns {COLUMNS} rows {LINES}; exec '{checker}' {arguments}");
        let output = Command::new("script")
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .current_dir(&self.clone)
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm-256color")
            .env("CARGO_PKG_NAME", "checker")
            .env_remove("NO_COLOR")
            .env_remove("CI")
            .output()
            .unwrap();
        let mut terminal = vt100::Parser::new(LINES, COLUMNS, 0);
        terminal.process(format!("$ {typed}\r\n").as_bytes());
        terminal.process(&output.stdout);
        let screen = terminal.screen();
        let colored = screen
            .rows_formatted(0, COLUMNS.get())
            .map(|row| row.trim_end().to_owned() + "\u{1b}[0m\n");
        let colored: Vec<String> = colored.collect();
        let text = screen.contents();
        let used = text.lines().count();
        Screen {
            text,
            colored: colored.get(..used).unwrap_or(&colored).concat(),
            code: output.status.code().unwrap(),
        }
    }

    fn write(&self, exercise: &Exercise, file: &Path, text: &str) {
        let path = self.clone.join("exercises").join(&exercise.id).join(file);
        fs::write(path, text).unwrap();
    }

    fn read(&self, exercise: &Exercise, file: &Path) -> String {
        let path = self.clone.join("exercises").join(&exercise.id).join(file);
        fs::read_to_string(path).unwrap()
    }

    fn err(&self, exercise: &Exercise, wrong: &Wrong) {
        self.solve(exercise);
        if let Some(file) = &wrong.file {
            let text = fs::read_to_string(exercise.home().join(file)).unwrap();
            self.write(exercise, &library(), &text);
        }
        for edit in &wrong.edits {
            let text = self.read(exercise, &edit.file);
            self.write(
                exercise,
                &edit.file,
                &text.replacen(&edit.find, &edit.replace, 1),
            );
        }
    }

    fn solve(&self, exercise: &Exercise) {
        self.solve_folder(exercise, Path::new("src"));
    }

    fn solve_folder(&self, exercise: &Exercise, folder: &Path) {
        for entry in fs::read_dir(exercise.home().join(folder)).unwrap() {
            let entry = entry.unwrap();
            let file = folder.join(entry.file_name());
            match entry.file_type().unwrap().is_dir() {
                true => self.solve_folder(exercise, &file),
                false => self.write(exercise, &file, &exercise.solution(&file)),
            }
        }
    }
}

#[test]
fn a_learner_goes_through_the_whole_course() {
    let learner = Learner::new("journey");
    let course = course();
    assert!(course.len() >= 11);
    let mut places = 0;
    for (exercise, next) in course
        .iter()
        .zip(course.iter().skip(1).map(Some).chain([None]))
    {
        let Exercise { number, about, .. } = exercise;
        println!("{number} {}", about.title);
        let starter = learner.read(exercise, &library());
        learner.run("next").shows(number).shows(&about.title);

        let wrong = exercise.mistake();
        learner.err(exercise, wrong);
        let failed = learner.run("");
        failed
            .ends_with(1)
            .shows(&format!("✗ {number}"))
            .shows("read book/src/")
            .shows("hint");
        // Where files were made and no SQL was sent, no line is known.
        if failed.has("your SQL") {
            failed.shows("look at");
            places += 1;
        }
        learner
            .run("hint")
            .ends_with(0)
            .shows(exercise.first_hint(wrong));
        learner.run("db").shows(number);

        learner.solve(exercise);
        let passed = learner.run("");
        passed.shows(&format!("✓ {number}")).shows(&about.success);
        match next {
            Some(next) => passed.ends_with(1).shows(&next.number),
            None => passed.ends_with(0),
        };

        learner.run(&format!("reset {number}")).ends_with(0);
        assert_eq!(learner.read(exercise, &library()), starter);
        learner.run("next").shows(number);
        learner.solve(exercise);
        learner
            .run(&format!("run {number}"))
            .ends_with(0)
            .shows(&format!("✓ {number}"));
    }
    assert!(places * 2 > course.len(), "{places} screens name a line");
    learner.run("").ends_with(0);
    let list = learner.run("list");
    for exercise in &course {
        list.shows(&exercise.number);
    }
}

/// Word for word, where no name varies. It is also the README's picture:
/// `UPDATE_PICTURE=1` draws that anew.
#[test]
fn the_first_steps_as_they_stand_on_the_terminal() {
    let learner = Learner::new("first_steps");
    let course = course();
    let [first, second, ..] = course.as_slice() else {
        panic!("there is no course");
    };
    let mut transcript = Vec::new();
    let mut run = |arguments: &str| {
        let screen = learner.run(arguments);
        transcript.push(format!(
            "{}\n[exit code {}]",
            screen.text.trim_end(),
            screen.code
        ));
        screen
    };
    run("");
    learner.err(first, first.mistake());
    run("");
    run("hint");
    run("db");
    learner.solve(first);
    run("");
    run("next");
    // The attempt that page 1.1 shows, too: it does not give the answer away.
    let attempt = root()
        .join("book/attempts")
        .join(&second.id)
        .join("types_only.rs");
    learner.write(second, &library(), &fs::read_to_string(attempt).unwrap());
    // The names that vary must not vary with the toolchain.
    let failed = run("run 1.1 --seed 7");
    run("hint 1.1");
    run(&format!("reset {}", second.number));
    // What later exercises change is left out.
    let filters = vec![
        (r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ", "NOW"),
        (r"[█░]{20}", "BAR"),
        (r"(\d+) of \d+ (exercises )?done", "$1 of ALL ${2}done"),
        (r"(?m)^  ([2-9]|1\d)  ?\w.*\n", ""),
    ];
    insta::with_settings!({ filters => filters }, {
        assert_snapshot!(transcript.join("\n\n"));
    });

    let drawn = anstyle_svg::Term::new()
        .min_width_px(720)
        .render_svg(&failed.colored);
    let path = root().join("book/src/picture.svg");
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "the picture is out of date; UPDATE_PICTURE=1 draws it anew:\n{}",
        failed.text
    );
}
