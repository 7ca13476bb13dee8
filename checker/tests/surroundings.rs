//! Submissions whose files are not what they should be, and things beside them
//! that must not reach the grade.

#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use support::{Report, Workbook, right, wrong};

fn assert_others_graded(report: &Report) {
    assert_eq!(report.status("passes"), "passed");
    assert_eq!(report.status("fails"), "failed");
    assert_eq!(
        report.check("fails", "a_body_is_required")["status"],
        "failed"
    );
}

fn workbook(name: &str, exercises: &[&str]) -> Workbook {
    let mut workbook = Workbook::new(name).exercise("passes").exercise("fails");
    for exercise in exercises {
        workbook = workbook.exercise(exercise);
    }
    let workbook = workbook.sync();
    workbook.submit("passes", &right());
    workbook.submit("fails", &wrong());
    workbook
}

#[test]
fn files_that_are_not_files_are_refused_before_anything_is_compiled() {
    let workbook = workbook(
        "odd_files",
        &[
            "no_file",
            "no_folder",
            "folder_is_a_file",
            "fifo",
            "dangling_link",
            "link_to_itself",
            "not_text",
            "folder_for_a_file",
            "device",
            "fifo_beside",
            "links_around",
            "huge",
        ],
    );
    let file = |name: &str| workbook.submission(name).join("src/lib.rs");
    let replace = |name: &str| {
        let file = file(name);
        fs::remove_file(&file).unwrap();
        file
    };
    let mkfifo =
        |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());

    replace("no_file");
    let folder = workbook.submission("no_folder");
    fs::remove_dir_all(folder).unwrap();
    let folder = workbook.submission("folder_is_a_file");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "a file").unwrap();
    mkfifo(&replace("fifo"));
    symlink("nowhere.rs", replace("dangling_link")).unwrap();
    symlink("lib.rs", replace("link_to_itself")).unwrap();
    fs::write(file("not_text"), b"pub fn f() {} // \xff\xfe").unwrap();
    fs::create_dir(replace("folder_for_a_file")).unwrap();
    symlink("/dev/zero", replace("device")).unwrap();
    workbook.solve("fifo_beside");
    mkfifo(&workbook.submission("fifo_beside").join("src/other.rs"));
    workbook.solve("links_around");
    symlink("..", workbook.submission("links_around").join("src/around")).unwrap();
    fs::write(file("huge"), "// x\n".repeat(300_000)).unwrap();

    let report = workbook.report();
    assert_others_graded(&report);
    for (name, status, message) in [
        (
            "no_file",
            "missing",
            "src/lib.rs is missing; `reset` brings it back",
        ),
        (
            "no_folder",
            "missing",
            "no_folder is missing; `reset` brings it back",
        ),
        (
            "folder_is_a_file",
            "error",
            "folder_is_a_file is not a folder",
        ),
        ("fifo", "error", "src/lib.rs is not a regular file"),
        (
            "dangling_link",
            "missing",
            "is a link to something that does not exist",
        ),
        ("link_to_itself", "error", "cannot be read"),
        (
            "not_text",
            "error",
            "is not UTF-8 text (the byte at offset 17",
        ),
        (
            "folder_for_a_file",
            "error",
            "src/lib.rs is not a regular file",
        ),
        ("device", "error", "src/lib.rs is not a regular file"),
        ("fifo_beside", "error", "src/other.rs is not a regular file"),
        ("links_around", "error", "src/around is not a regular file"),
        ("huge", "error", "is larger than 1 MiB"),
    ] {
        let found = report.exercise(name);
        assert_eq!(found["status"], status, "{name}: {found:#}");
        assert!(
            found["message"].as_str().unwrap().contains(message),
            "{name}: {}",
            found["message"]
        );
        let checks = found["checks"].as_array().unwrap();
        assert!(
            checks.iter().all(|check| check["status"] == "not_run"),
            "{name}"
        );
    }
}

#[test]
fn what_is_done_to_checks_and_manifests_never_reaches_the_grade() {
    let workbook = workbook(
        "tampering",
        &[
            "edited_checks",
            "deleted_checks",
            "edited_manifest",
            "broken_manifest",
            "build_script",
            "config",
        ],
    );
    let marker = workbook.folder().join("build_script_ran");
    let folder = |name: &str| workbook.submission(name);
    for wrong_one in [
        "edited_checks",
        "deleted_checks",
        "edited_manifest",
        "build_script",
        "config",
    ] {
        workbook.submit(wrong_one, &wrong());
    }
    workbook.submit("broken_manifest", &right());
    let easy = "#[test]\nfn a_note_is_kept() {}\n#[test]\nfn a_body_is_required() {}\n";
    fs::write(folder("edited_checks").join("tests/checks.rs"), easy).unwrap();
    fs::remove_dir_all(folder("deleted_checks").join("tests")).unwrap();
    let manifest = folder("edited_manifest").join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        format!("{text}\n[[test]]\nname = \"checks\"\npath = \"/dev/null\"\nharness = false\n"),
    )
    .unwrap();
    fs::write(
        folder("broken_manifest").join("Cargo.toml"),
        "[package\nname =",
    )
    .unwrap();
    fs::write(
        folder("build_script").join("build.rs"),
        format!("fn main() {{ std::fs::write({marker:?}, \"\").unwrap(); }}"),
    )
    .unwrap();
    fs::create_dir(folder("config").join(".cargo")).unwrap();
    let config = "[build]\nrustc = \"/bin/true\"\n[target.'cfg(all())']\nrunner = \"/bin/true\"\n";
    fs::write(folder("config").join(".cargo/config.toml"), config).unwrap();
    // And around them all.
    let exercises = workbook.folder().join("exercises");
    fs::write(exercises.join("Cargo.toml"), "this is no manifest").unwrap();
    fs::create_dir(exercises.join(".cargo")).unwrap();
    fs::write(exercises.join(".cargo/config.toml"), config).unwrap();
    fs::write(
        exercises.join("rust-toolchain.toml"),
        "[toolchain]\nchannel = \"nightly-2000-01-01\"\n",
    )
    .unwrap();
    fs::write(exercises.join("build.rs"), "compile_error!()").unwrap();

    let report = workbook.report();
    assert_others_graded(&report);
    for (name, status, changed) in [
        ("edited_checks", "failed", vec!["tests/checks.rs"]),
        ("deleted_checks", "failed", vec!["tests/checks.rs"]),
        ("edited_manifest", "failed", vec!["Cargo.toml"]),
        ("broken_manifest", "passed", vec!["Cargo.toml"]),
        ("build_script", "failed", vec!["build.rs"]),
        ("config", "failed", vec![".cargo"]),
    ] {
        let found = report.exercise(name);
        assert_eq!(found["status"], status, "{name}: {found:#}");
        assert_eq!(found["changed_files"], serde_json::json!(changed), "{name}");
    }
    assert!(!marker.exists(), "the learner's build script ran");

    // What was given is put back; what is the learner's stays.
    workbook
        .checker()
        .args(["reset", "--checks", "edited_checks"])
        .assert()
        .success();
    let checks = fs::read_to_string(folder("edited_checks").join("tests/checks.rs")).unwrap();
    assert!(checks.contains("use witness::prelude::*;"));
    assert_eq!(
        fs::read_to_string(folder("edited_checks").join("src/lib.rs")).unwrap(),
        wrong()
    );
    let report = workbook.report_of(&["edited_checks"]);
    assert_eq!(
        report.exercise("edited_checks")["changed_files"],
        serde_json::json!([])
    );
}

#[test]
fn paths_with_spaces_and_other_letters_work_from_anywhere_inside() {
    let workbook = Workbook::new("där é a space 表").exercise("one").sync();
    workbook.submit("one", &wrong());
    let report = workbook.report();
    let failed = report.check("one", "a_body_is_required");
    assert_eq!(failed["status"], "failed");
    assert_eq!(failed["place"]["file"], "src/lib.rs");
    assert!(Path::new(failed["database"].as_str().unwrap()).is_file());
    // From within the exercise, naming the folders relative to it.
    let inside = workbook.submission("one").join("src");
    let mut command = assert_cmd::Command::cargo_bin("checker").unwrap();
    command
        .current_dir(inside)
        .args([
            "--course",
            "../../../../solutions",
            "--exercises",
            "../../..",
            "run",
            ".",
        ])
        .assert()
        .code(4);
    let mut command = assert_cmd::Command::cargo_bin("checker").unwrap();
    command
        .current_dir(workbook.submission("one").join("src"))
        .args([
            "--course",
            "../../../../solutions",
            "--exercises",
            "../../..",
            "run",
            "1.1",
        ])
        .assert()
        .code(1);
}
