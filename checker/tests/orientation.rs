//! Where to go next, and how to get there.

mod support;

use std::fs;

use insta::assert_snapshot;
use predicates::prelude::*;
use predicates::str::{contains, starts_with};
use support::said::{assert_valid, json, output, said};
use support::{Workbook, right};

#[test]
fn next_is_the_first_that_is_not_done() {
    let workbook = Workbook::new("next")
        .exercise("first")
        .exercise("second")
        .sync();
    assert_snapshot!(said(&workbook, &["next"]));
    workbook.submit("first", &right());
    assert_eq!(workbook.report().status("first"), "passed");
    assert_snapshot!(said(&workbook, &["next"]));
    assert_snapshot!(said(&workbook, &["next", "--json"]));
    assert_valid("next-v1", &json(&workbook, &["next", "--json"]));
    workbook.submit("second", &right());
    workbook.report();
    assert_snapshot!(said(&workbook, &["next"]));
    assert_snapshot!(said(&workbook, &["next", "--json"]));
    assert_valid("next-v1", &json(&workbook, &["next", "--json"]));
    assert_snapshot!(said(&workbook, &["open"]));
    assert_snapshot!(said(&workbook, &["db"]));
}

#[test]
fn open_never_waits_where_nobody_sits_at_a_terminal() {
    let workbook = Workbook::new("open").exercise("one").sync();
    let mut command = workbook.checker();
    command
        .arg("open")
        .env("EDITOR", "sleep 1000 #")
        .timeout(std::time::Duration::from_secs(20));
    assert_snapshot!(output(&workbook, command, &["open"]));
    fs::remove_file(workbook.submission("one").join("src/lib.rs")).unwrap();
    assert_snapshot!(said(&workbook, &["open", "1.1"]));
}

/// `script` is part of every Linux: it gives a command a terminal.
#[cfg(target_os = "linux")]
#[test]
fn open_starts_the_editor_with_its_arguments_at_a_terminal() {
    let workbook = Workbook::new("open_at_a_terminal").exercise("one").sync();
    let at_terminal = |editor: &str| {
        let line = format!(
            "{} --course solutions --exercises exercises open one",
            env!("CARGO_BIN_EXE_checker")
        );
        assert_cmd::Command::new("script")
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .current_dir(workbook.folder())
            .env("SHELL", "/bin/sh")
            .env_remove("VISUAL")
            .env("EDITOR", editor)
            .assert()
    };
    at_terminal("printf '<%s>' 'two words'")
        .success()
        .stdout(contains("<exercises/01_cases/01_one/src/lib.rs>").not())
        .stdout(contains("<"))
        .stdout(contains("01_cases/01_one/src/lib.rs>"));
    at_terminal("false").code(1);
    at_terminal("no-such-editor")
        .code(1)
        .stdout(contains("no-such-editor could not be started"))
        .stdout(contains("EDITOR chooses it"))
        .stdout(contains("01_cases/01_one/src/lib.rs"));
}

#[test]
fn the_help_page_groups_every_command_in_eighty_columns() {
    let workbook = Workbook::new("help");
    let long = said(&workbook, &["--help"]);
    assert_snapshot!(long);
    assert_snapshot!(said(&workbook, &["-h"]));
    let same = said(&workbook, &["help"]);
    assert_eq!(
        long.split_once('\n').unwrap().1,
        same.split_once('\n').unwrap().1
    );
    assert!(!long.contains("\nMore:"), "{long}");
    for line in long.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_slip_of_the_finger_is_understood() {
    let workbook = Workbook::new("slip");
    assert_snapshot!(said(&workbook, &["hnit"]));
    assert_snapshot!(said(&workbook, &["solution"]));
}

#[test]
fn completions_are_scripts_and_need_no_project() {
    for (shell, expected) in [
        ("bash", "_checker()"),
        ("zsh", "#compdef checker"),
        ("fish", "complete -c checker"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "set edit:completion:arg-completer[checker]"),
    ] {
        assert_cmd::Command::cargo_bin("checker")
            .unwrap()
            .current_dir(std::env::temp_dir())
            .env_remove("CARGO_MANIFEST_DIR")
            .args(["completions", shell])
            .assert()
            .success()
            .stdout(contains(expected).and(contains("solution")))
            .stderr("");
    }
    assert_cmd::Command::cargo_bin("checker")
        .unwrap()
        .args(["completions", "tcsh"])
        .assert()
        .code(2)
        .stderr(starts_with("error: invalid value 'tcsh'"));
}

/// `checker … | head -1`: the reader goes away.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let workbook = Workbook::new("closed_pipe").exercise("one").sync();
    for command in [
        "next",
        "list",
        "doctor",
        "hint",
        "completions zsh",
        "quiz --list",
        "--help",
    ] {
        let line = format!(
            "{{ {} --course solutions --exercises exercises {command}; echo $? >&2; }} | true",
            env!("CARGO_BIN_EXE_checker")
        );
        assert_cmd::Command::new("sh")
            .args(["-c", &line])
            .current_dir(workbook.folder())
            .assert()
            .success()
            .stderr(contains("panicked").not())
            .stderr(contains("Broken pipe").not())
            .stderr(contains("0\n").or(contains("1\n")));
    }
}

#[test]
fn who_leaves_an_exercise_out_hears_about_the_other() {
    let workbook = Workbook::new("left_out")
        .exercise("one")
        .exercise("two")
        .sync();
    workbook.submit("two", &support::wrong());
    let shown = said(&workbook, &[]);
    assert!(
        shown.contains("✗ 1.2 two — A table for notes, not right yet"),
        "{shown}"
    );
    assert!(
        shown.contains("A note without a body is refused"),
        "{shown}"
    );
    assert!(said(&workbook, &["next"]).contains("1.2 A table"));
    assert!(said(&workbook, &["hint"]).contains("1.2 two"));
    workbook.solve("two");
    assert!(said(&workbook, &[]).contains("1.1 A table for notes"));
}
