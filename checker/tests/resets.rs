//! `reset`: the starter again, and nothing lost.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use predicates::str::contains;
use support::said::{filters, said};
use support::{CHECKS, SOLUTION, Workbook, wrong};

/// Every regular file below `folder`, with its content.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let kind = fs::symlink_metadata(&path).unwrap();
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                let name = path.strip_prefix(folder).unwrap();
                found.push((
                    name.to_str().unwrap().replace('\\', "/"),
                    fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    found.sort();
    found
}

/// What every backup of the exercise holds, without the time in its path.
fn kept(workbook: &Workbook) -> Vec<(String, String)> {
    let backups = workbook.state().join("backups/01_cases/01_one");
    if !backups.exists() {
        return Vec::new();
    }
    files(&backups)
        .into_iter()
        .map(|(path, text)| (path.split_once('/').unwrap().1.to_owned(), text))
        .collect()
}

struct Given {
    workbook: Workbook,
    folder: PathBuf,
    starter: Vec<(String, String)>,
}

fn given(name: &str) -> Given {
    let workbook = Workbook::new(name).exercise("one").exercise("two").sync();
    let folder = workbook.submission("one");
    let starter = files(&folder);
    assert_eq!(starter.len(), 3);
    Given {
        workbook,
        folder,
        starter,
    }
}

impl Given {
    fn reset(&self) -> String {
        said(&self.workbook, &["reset", "one"])
    }

    fn assert_starter(&self) {
        assert_eq!(files(&self.folder), self.starter);
        assert_eq!(self.workbook.report().status("one"), "not_started");
        let part = fs::read_dir(self.folder.parent().unwrap()).unwrap();
        assert_eq!(part.count(), 2, "something was left beside the exercise");
    }
}

#[test]
fn changed_files_come_back_and_what_they_held_is_kept() {
    let _filters = filters().bind_to_scope();
    let given = given("reset_changed");
    assert_snapshot!(given.reset());
    assert!(kept(&given.workbook).is_empty());

    given.workbook.submit("one", &wrong());
    fs::write(given.folder.join("Cargo.toml"), "[package]\n").unwrap();
    fs::write(given.folder.join("src/more.rs"), "// more\n").unwrap();
    fs::create_dir(given.folder.join("src/deep")).unwrap();
    fs::write(given.folder.join("src/deep/mod.rs"), "// deep\n").unwrap();
    fs::write(given.folder.join("build.rs"), "fn main() {}\n").unwrap();
    fs::write(given.folder.join("notes.txt"), "mine\n").unwrap();
    assert_snapshot!(given.reset());
    let own = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    assert_eq!(
        kept(&given.workbook),
        [
            own("Cargo.toml", "[package]\n"),
            own("build.rs", "fn main() {}\n"),
            own("src/deep/mod.rs", "// deep\n"),
            own("src/lib.rs", &wrong()),
            own("src/more.rs", "// more\n"),
        ]
    );
    // What has nothing to do with the exercise stays where it is.
    let notes = given.folder.join("notes.txt");
    assert_eq!(fs::read_to_string(&notes).unwrap(), "mine\n");
    fs::remove_file(notes).unwrap();
    given.assert_starter();

    // Twice within a second: each has a folder of its own.
    for text in ["// a", "// b", "// c"] {
        given.workbook.submit("one", text);
        given.reset();
    }
    let texts: Vec<String> = kept(&given.workbook).into_iter().map(|(_, t)| t).collect();
    for text in ["// a", "// b", "// c"] {
        assert!(texts.iter().any(|kept| kept == text), "{texts:?}");
    }
}

#[test]
fn checks_alone_leave_the_answer() {
    let _filters = filters().bind_to_scope();
    let given = given("reset_checks");
    given.workbook.submit("one", &wrong());
    fs::write(given.folder.join("src/more.rs"), "// more\n").unwrap();
    fs::write(given.folder.join("tests/checks.rs"), "// none\n").unwrap();
    fs::create_dir(given.folder.join(".cargo")).unwrap();
    fs::write(given.folder.join(".cargo/config.toml"), "[build]\n").unwrap();
    assert_snapshot!(said(&given.workbook, &["reset", "--checks", "one"]));
    let text = |name: &str| fs::read_to_string(given.folder.join(name)).unwrap();
    assert_eq!(text("src/lib.rs"), wrong());
    assert_eq!(text("src/more.rs"), "// more\n");
    assert!(text("tests/checks.rs").contains("fn a_note_is_kept"));
    assert!(!given.folder.join(".cargo").exists());
    let names: Vec<String> = kept(&given.workbook).into_iter().map(|(n, _)| n).collect();
    assert_eq!(names, [".cargo/config.toml", "tests/checks.rs"]);
    assert_snapshot!(said(&given.workbook, &["reset", "--checks", "one"]));
}

#[test]
fn windows_line_ends_are_no_change() {
    let given = given("reset_windows");
    for (name, text) in &given.starter {
        fs::write(given.folder.join(name), text.replace('\n', "\r\n")).unwrap();
    }
    assert_snapshot!(given.reset());
    assert!(kept(&given.workbook).is_empty());
}

#[test]
fn what_is_missing_comes_back() {
    let given = given("reset_missing");
    fs::remove_file(given.folder.join("src/lib.rs")).unwrap();
    assert_snapshot!(given.reset());
    fs::remove_dir_all(&given.folder).unwrap();
    given.reset();
    given.assert_starter();
    fs::remove_dir_all(given.folder.parent().unwrap()).unwrap();
    given.reset();
    assert_eq!(files(&given.folder), given.starter);
    assert!(kept(&given.workbook).is_empty());
}

/// Files, links, pipes and folders where something else should be.
#[cfg(unix)]
#[test]
fn whatever_lies_in_the_place_is_moved_away_not_followed() {
    use std::os::unix::fs::symlink;
    let given = given("reset_odd");
    let elsewhere = given.workbook.folder().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("lib.rs"), "// precious").unwrap();
    let source = given.folder.join("src");
    let file = source.join("lib.rs");
    let clear = |path: &Path| {
        if path.is_dir() && !path.is_symlink() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    };
    let pipe = |path: &Path| {
        assert_cmd::Command::new("mkfifo")
            .arg(path)
            .assert()
            .success();
    };
    for (place, what) in [(&file, "file"), (&source, "folder"), (&given.folder, "all")] {
        for kind in ["file", "link", "dangling", "pipe", "folder", "forbidden"] {
            if kind == "folder" && what != "file" {
                continue;
            }
            clear(place);
            match kind {
                "file" => fs::write(place, "in the way").unwrap(),
                "link" if what == "file" => symlink(elsewhere.join("lib.rs"), place).unwrap(),
                "link" => symlink(&elsewhere, place).unwrap(),
                "dangling" => symlink("nowhere", place).unwrap(),
                "pipe" => pipe(place),
                "folder" => fs::create_dir(place).unwrap(),
                _ => {
                    fs::write(place, "nobody may read it").unwrap();
                    let nobody = std::os::unix::fs::PermissionsExt::from_mode(0o0);
                    fs::set_permissions(place, nobody).unwrap();
                }
            }
            let mut command = given.workbook.checker();
            command
                .args(["reset", "one"])
                .timeout(std::time::Duration::from_secs(20))
                .assert()
                .success();
            assert_eq!(files(&given.folder), given.starter, "{what} as {kind}");
            assert_eq!(
                fs::read_to_string(elsewhere.join("lib.rs")).unwrap(),
                "// precious"
            );
        }
    }
    let part = given.folder.parent().unwrap();
    fs::rename(part, given.workbook.folder().join("aside")).unwrap();
    fs::write(part, "in the way of a whole part").unwrap();
    given
        .workbook
        .checker()
        .args(["reset", "one"])
        .assert()
        .success();
    assert_eq!(files(&given.folder), given.starter);
    // Sixteen things were moved, and the file in the place of the part.
    let backups = given.workbook.state().join("backups/01_cases/01_one");
    assert_eq!(fs::read_dir(backups).unwrap().count(), 17);
}

/// A file-size limit stands in for a disk that is full half way: with the
/// signal ignored, writing fails; with it, the checker dies on the spot.
#[cfg(target_os = "linux")]
#[test]
fn when_writing_fails_half_way_nothing_is_lost() {
    let long = "// a long line of an answer that fills the disk\n".repeat(400);
    let solution = format!("{long}{SOLUTION}");
    let workbook = Workbook::new("reset_full_disk")
        .exercise_with("one", "", &solution, CHECKS)
        .sync();
    let folder = workbook.submission("one");
    // Whether the copy fails or the new file does.
    for (answer, trap) in [
        (long.repeat(4), "trap '' XFSZ;"),
        ("// short".to_owned(), "trap '' XFSZ;"),
        (long.repeat(4), ""),
        ("// short".to_owned(), ""),
    ] {
        workbook.submit("one", &answer);
        let before = files(&folder);
        let line = format!(
            "{trap} ulimit -f 8; exec {} --course solutions --exercises exercises reset one",
            env!("CARGO_BIN_EXE_checker")
        );
        let assert = assert_cmd::Command::new("sh")
            .args(["-c", &line])
            .current_dir(workbook.folder())
            .env("NO_COLOR", "1")
            .assert()
            .failure();
        assert_eq!(files(&folder), before);
        if !trap.is_empty() {
            assert
                .code(70)
                .stderr(contains("error: nothing was changed: "));
            assert!(kept(&workbook).is_empty(), "half a copy was left");
        }
    }
    workbook.checker().args(["reset", "one"]).assert().success();
    assert_eq!(workbook.report().status("one"), "not_started");
}

/// The state lies on another file system than the exercises.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_moved_across_file_systems_is_kept_beside() {
    use std::os::unix::fs::MetadataExt;
    let shared = Path::new("/dev/shm");
    let given = given("reset_across");
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    let other = tempfile::tempdir_in(shared);
    let Some(other) = other
        .ok()
        .filter(|_| device(shared) != device(given.workbook.folder()))
    else {
        // The same file system, or none in memory: there is nothing to cross.
        return;
    };
    let exercises = other.path().join("exercises");
    let folder = exercises.join("01_cases/01_one");
    for (name, text) in &given.starter {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(folder.join("src/lib.rs"), "// mine").unwrap();
    fs::write(folder.join("src/more.rs"), "// more").unwrap();
    let mut command = assert_cmd::Command::cargo_bin("checker").unwrap();
    let assert = command
        .env_remove("CARGO_MANIFEST_DIR")
        .current_dir(given.workbook.folder())
        .args(["--course", "solutions", "reset", "one", "--exercises"])
        .arg(&exercises)
        .assert()
        .success();
    let said = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert_eq!(files(&folder), given.starter);
    let kept = files(&exercises.join(".backups"));
    assert!(kept.iter().any(|(_, text)| text == "// more"), "{said}");
    assert_eq!(said.matches("kept in").count(), 2, "{said}");
}
