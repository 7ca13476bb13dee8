//! Prints the table of budgets with ratios measured side by side in this run.
//!
//! ```text
//! cargo run -p checker --example budgets             # 36 and 65 exercises
//! cargo run -p checker --example budgets -- 10       # other sizes
//! cargo run -p checker --example budgets -- --fresh  # and a fresh clone
//! ```
//!
//! A course of small exercises is generated, solved and edited; the checker
//! grades it, and the usual commands run the same checks from the same
//! sources, in cargo's default profile and a target directory of their own.
//! Both sides run in turn, three times: times are the fastest, ratios the
//! median of the pairs, since the machine may be busy with other things.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Runs of each command.
const ROUNDS: u32 = 3;

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = vec![36, 65];
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or("the checker lies inside the project")?;
    run(Command::new("cargo")
        .current_dir(root)
        .args(["build", "-q", "-p", "checker"]))?;
    println!(
        "{:<58}{:>10}{:>10}{:>8}{:>9}",
        "", "checker", "other", "ratio", "budget"
    );
    for size in sizes {
        measure(root, size)?;
    }
    if arguments.iter().any(|argument| argument == "--fresh") {
        fresh(root)?;
    }
    Ok(())
}

/// A generated course, its submissions, and the same as a plain workspace.
struct Bench {
    folder: PathBuf,
    checker: PathBuf,
    size: usize,
    edits: std::cell::Cell<u32>,
}

fn measure(root: &Path, size: usize) -> Result {
    let bench = Bench::generate(root, size)?;
    let one = "exercise_01";
    println!("{size} exercises");

    bench.edit_all()?;
    bench.grade(&[])?;
    bench.cargo(&["test", "--workspace"])?;
    let one_edited = || bench.edit(1);
    let all_edited = || bench.edit_all();
    let grade_all = || bench.grade(&[]);

    compare(
        "  one edited, against cargo test -q --test checks",
        Some(1.1),
        one_edited,
        || bench.grade(&["run", one]),
        || bench.cargo(&["test", "-q", "--test", "checks", "-p", one]),
    )?;
    compare(
        "  all edited, against cargo test --workspace",
        Some(0.5),
        all_edited,
        grade_all,
        || bench.cargo(&["test", "--workspace"]),
    )?;
    compare(
        "  all edited, against … --test checks",
        Some(0.9),
        all_edited,
        grade_all,
        || bench.cargo(&["test", "--workspace", "--test", "checks"]),
    )?;
    if on_path("cargo-nextest") {
        compare(
            "  all edited, against cargo nextest run",
            None,
            all_edited,
            grade_all,
            || bench.cargo(&["nextest", "run", "--workspace"]),
        )?;
    }
    if on_path("wr") {
        bench.wr()?;
        compare(
            "  all edited, against wr --recheck --keep-going",
            Some(0.25),
            all_edited,
            grade_all,
            || bench.wr(),
        )?;
    } else {
        println!("  all edited, against wr: not on the PATH (package workshop-runner)");
    }
    bench.grade(&[])?;
    let mut nothing = Duration::MAX;
    for _ in 0..ROUNDS {
        nothing = nothing.min(time(|| Ok(()), grade_all)?);
    }
    println!(
        "  {:<56}{:>7} ms{:>18}{:>9}",
        "nothing edited",
        nothing.as_millis(),
        "",
        "60 ms"
    );

    bench.edit_all()?;
    let peak = peak_memory(&mut bench.checker(&[]))?;
    println!(
        "  {:<56}{:>6} MiB{:>18}{:>9}",
        "memory of the checker, all edited",
        peak / 1024,
        "",
        "60 MiB"
    );
    Ok(())
}

/// Runs both in turn, each after an edit, and prints the fastest of each and
/// the median of the ratios, pair by pair.
fn compare(
    name: &str,
    budget: Option<f64>,
    edit: impl Fn() -> Result,
    ours: impl Fn() -> Result,
    theirs: impl Fn() -> Result,
) -> Result {
    let mut pairs = Vec::new();
    for _ in 0..ROUNDS {
        pairs.push((
            time(&edit, &ours)?.as_secs_f64(),
            time(&edit, &theirs)?.as_secs_f64(),
        ));
    }
    let fastest = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).fold(f64::INFINITY, f64::min);
    let mut ratios: Vec<f64> = pairs.iter().map(|(ours, theirs)| ours / theirs).collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN);
    let budget = budget.map_or_else(|| "–".to_owned(), |budget| format!("≤ {budget}"));
    let (ours, theirs) = (fastest(|pair| pair.0), fastest(|pair| pair.1));
    println!("{name:<58}{ours:>8.2} s{theirs:>8.2} s{ratio:>8.2}{budget:>9}");
    Ok(())
}

fn time(prepare: impl Fn() -> Result, timed: impl Fn() -> Result) -> Result<Duration> {
    prepare()?;
    let begun = Instant::now();
    timed()?;
    Ok(begun.elapsed())
}

impl Bench {
    fn generate(root: &Path, size: usize) -> Result<Self> {
        let folder = root.join("target/budgets").join(size.to_string());
        // A target directory of its own, as after a fresh clone: rustc looks
        // through all that lies there.
        let ours = root.join("target/budgets/ours");
        let checker = ours.join("debug/checker");
        fs::create_dir_all(ours.join("debug"))?;
        fs::copy(root.join("target/debug/checker"), &checker)?;
        fs::copy(root.join("target/CACHEDIR.TAG"), ours.join("CACHEDIR.TAG"))?;
        let bench = Bench {
            checker,
            folder,
            size,
            edits: std::cell::Cell::new(std::process::id() % 1000 * 1000),
        };
        if bench.folder.exists() {
            fs::remove_dir_all(bench.folder.join("solutions"))?;
            fs::remove_dir_all(bench.folder.join("exercises"))?;
        }
        for number in 1..=size {
            bench.write_exercise(number)?;
        }
        run(&mut bench.checker(&["dev", "sync"]))?;
        // The same sources as a workspace in cargo's default profile.
        let manifest = bench.folder.join("exercises/Cargo.toml");
        let text = fs::read_to_string(&manifest)?
            .replace(
                "../checker/witness",
                &root.join("checker/witness").display().to_string(),
            )
            .replace(
                "../solutions/mini_orm",
                &root.join("solutions/mini_orm").display().to_string(),
            );
        let profile = text.find("[profile").unwrap_or(text.len());
        fs::write(&manifest, text.get(..profile).unwrap_or_default())?;
        fs::copy(
            root.join("Cargo.lock"),
            bench.folder.join("exercises/Cargo.lock"),
        )?;
        // wr finds its configuration at the root of a git repository.
        run(Command::new("git")
            .args(["init", "-q"])
            .current_dir(&bench.folder))?;
        fs::write(
            bench.folder.join(".wr.toml"),
            "exercises_dir = \"exercises\"\n",
        )?;
        Ok(bench)
    }

    fn write_exercise(&self, number: usize) -> Result {
        let name = format!("exercise_{number:02}");
        let folder = self
            .folder
            .join(format!("solutions/01_all/{number:02}_{name}"));
        fs::create_dir_all(folder.join("src"))?;
        fs::create_dir_all(folder.join("tests"))?;
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion.workspace = true\nedition.workspace = true\n\n\
                 [dependencies]\nrusqlite.workspace = true\n\n[dev-dependencies]\nwitness.workspace = true\n"
            ),
        )?;
        fs::write(
            folder.join("exercise.toml"),
            "title = \"A table\"\nminutes = 10\nseeds = [\"S0.01\"]\nfiles = [\"src/lib.rs\"]\n\
             summary = \"Create it.\"\nsuccess = \"It is there.\"\nreflection = \"What else?\"\n",
        )?;
        fs::write(folder.join("src/lib.rs"), source(0))?;
        fs::write(
            folder.join("tests/checks.rs"),
            format!(
                "use witness::prelude::*;\n\n\
                 #[test]\nfn a_name_is_kept() {{\n    check(|w| {{\n        let db = w.database()?;\n        \
                 db.run({name}::create_table)?;\n        \
                 db.accepts(\"INSERT INTO t (name) VALUES ('x')\")\n    }})\n}}\n\n\
                 #[test]\nfn a_name_is_required() {{\n    check(|w| {{\n        let db = w.database()?;\n        \
                 db.run({name}::create_table)?;\n        \
                 db.refuses(Violation::NotNull, \"INSERT INTO t (name) VALUES (NULL)\")\n    }})\n}}\n"
            ),
        )?;
        Ok(())
    }

    fn edit(&self, number: usize) -> Result {
        self.edits.set(self.edits.get() + 1);
        let name = format!("exercise_{number:02}");
        let file = self
            .folder
            .join(format!("exercises/01_all/{number:02}_{name}/src/lib.rs"));
        fs::write(file, source(self.edits.get()))?;
        Ok(())
    }

    fn edit_all(&self) -> Result {
        (1..=self.size).try_for_each(|number| self.edit(number))
    }

    fn checker(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.checker);
        command
            .args(["--course", "solutions", "--exercises", "exercises"])
            .args(arguments)
            .current_dir(&self.folder);
        command
    }

    fn grade(&self, arguments: &[&str]) -> Result {
        run(&mut self.checker(arguments))
    }

    fn cargo(&self, arguments: &[&str]) -> Result {
        run(Command::new("cargo")
            .args(arguments)
            .arg("--target-dir")
            .arg(self.folder.join("target"))
            .current_dir(self.folder.join("exercises")))
    }

    fn wr(&self) -> Result {
        run(Command::new("wr")
            .args(["--recheck", "--keep-going"])
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .current_dir(&self.folder))
    }
}

fn source(edit: u32) -> String {
    format!(
        "use rusqlite::{{Connection, Result}};\n\n/// Edit {edit}.\npub fn create_table(conn: &Connection) -> Result<()> {{\n    \
         let _edit = {edit};\n    conn.execute_batch(\"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL)\")\n}}\n"
    )
}

fn run(command: &mut Command) -> Result {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{command:?} failed:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
    .into())
}

/// The most memory that a process had resident, in KiB, by Linux's own count.
fn peak_memory(command: &mut Command) -> Result<u64> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line
            .and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
            .unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(peak)
}

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    })
}

/// From a fresh clone to the first verdict, with the packages downloaded.
fn fresh(root: &Path) -> Result {
    let clone = root.join("target/budgets/clone");
    if clone.exists() {
        fs::remove_dir_all(&clone)?;
    }
    run(Command::new("git")
        .args(["clone", "-q"])
        .arg(root)
        .arg(&clone))?;
    let begun = Instant::now();
    // Exit code 1: nothing is done yet.
    let output = Command::new("cargo")
        .arg("run")
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(&clone)
        .stdin(Stdio::null())
        .output()?;
    let standing = begun.elapsed();
    if output.status.code() != Some(1) {
        return Err(format!(
            "cargo run in a fresh clone: {}",
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    for folder in fs::read_dir(clone.join("solutions"))? {
        copy_sources(&folder?.path(), &clone)?;
    }
    Command::new("cargo")
        .arg("run")
        .current_dir(&clone)
        .stdin(Stdio::null())
        .output()?;
    let verdicts = begun.elapsed();
    let built = fs::read_dir(clone.join("target/debug/build"))?
        .filter_map(std::result::Result::ok)
        .filter(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with("libsqlite3-sys-")
                && entry.path().join("out/libsqlite3.a").is_file()
        })
        .count();
    println!(
        "fresh clone to where you stand: {:.1} s; to the verdicts of all solutions: {:.1} s (≤ 45 s); SQLite compiled {built} time(s)",
        standing.as_secs_f64(),
        verdicts.as_secs_f64()
    );
    Ok(())
}

/// Submits the solutions of one part.
fn copy_sources(part: &Path, clone: &Path) -> Result {
    let name = part
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    if !part.is_dir() || !name.starts_with(|first: char| first.is_ascii_digit()) {
        return Ok(());
    }
    for exercise in fs::read_dir(part)? {
        let exercise = exercise?.path();
        let from = exercise.join("src/lib.rs");
        if let (true, Some(folder)) = (from.is_file(), exercise.file_name()) {
            fs::copy(
                from,
                clone
                    .join("exercises")
                    .join(&name)
                    .join(folder)
                    .join("src/lib.rs"),
            )?;
        }
    }
    Ok(())
}
