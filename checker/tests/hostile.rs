//! Hostile submissions: real ones, each with its true verdict, ended by the
//! checker's own limits, and none that stops another.

mod support;

use std::time::{Duration, Instant};

use support::{CHECKS, Report, SOLUTION, Workbook, right, wrong};

/// The limits of every exercise here, in seconds and MiB.
const LIMITS: &str = "check_seconds = 3\nbuild_seconds = 6\nmemory_mib = 512\n";

/// Behavior, source, and whether it is allowed to be unsafe.
macro_rules! hostile {
    ($($name:ident)*) => { [$((stringify!($name), include_str!(concat!("hostile/", stringify!($name), ".rs")))),*] };
}

fn workbook(name: &str, submissions: &[(&str, &str)], toml: &str) -> Workbook {
    let mut workbook = Workbook::new(name)
        .limits(LIMITS)
        .exercise("passes")
        .exercise("fails");
    for (behavior, _) in submissions {
        workbook = workbook.exercise_with(behavior, toml, SOLUTION, CHECKS);
    }
    let workbook = workbook.sync();
    workbook.submit("passes", &right());
    workbook.submit("fails", &wrong());
    for (behavior, source) in submissions {
        workbook.submit(behavior, source);
    }
    workbook
}

/// Grades twice: the verdicts are the same, and of the two that behave, true.
fn grade(workbook: &Workbook, submissions: &[(&str, &str)]) -> Report {
    let report = workbook.report();
    let again = workbook.report_of(&["--fresh"]);
    for of in [&report, &again] {
        assert_eq!(of.status("passes"), "passed");
        assert_eq!(of.status("fails"), "failed");
        assert_eq!(of.check("fails", "a_note_is_kept")["status"], "passed");
        assert_eq!(of.check("fails", "a_body_is_required")["status"], "failed");
        assert_eq!(of.code, Some(1));
    }
    for (behavior, _) in submissions {
        assert_eq!(
            again.status(behavior),
            report.status(behavior),
            "{behavior}, graded again"
        );
    }
    report
}

/// The status of the exercise, and status and message of its first check.
fn verdict(report: &Report, behavior: &str) -> (String, String, String) {
    let check = report.check(behavior, "a_note_is_kept");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (
        report.status(behavior).to_owned(),
        text(&check["status"]),
        text(&check["message"]),
    )
}

fn assert_verdicts(report: &Report, expected: &[(&str, &str, &str, &str)]) {
    for (behavior, exercise, check, message) in expected {
        let found = verdict(report, behavior);
        assert_eq!(found.0, *exercise, "{behavior}: {found:?}");
        assert_eq!(found.1, *check, "{behavior}: {found:?}");
        assert!(found.2.contains(message), "{behavior}: {found:?}");
    }
}

/// Whether a process with this argument is still there.
fn runs(argument: &str) -> bool {
    std::fs::read_dir("/proc").unwrap().flatten().any(|entry| {
        std::fs::read(entry.path().join("cmdline")).is_ok_and(|line| {
            line.split(|byte| *byte == 0)
                .any(|word| word == argument.as_bytes())
        })
    })
}

#[test]
fn whatever_a_program_does_its_verdict_is_true() {
    let submissions = hostile![
        loops exits_zero exits_one aborts overflows_the_stack panics panics_in_drop
        exits_in_a_thread_local prints_a_pass records_a_pass floods eats_memory
        leaves_a_thread deletes_the_database deletes_its_folder goes_elsewhere
        writes_to_descriptors
    ];
    let workbook = workbook("hostile_programs", &submissions, "");
    let begun = Instant::now();
    let report = grade(&workbook, &submissions);
    // Two runs, each with two checks that loop; the rest ends by itself.
    assert!(
        begun.elapsed() < Duration::from_secs(240),
        "{:?}",
        begun.elapsed()
    );

    assert_verdicts(
        &report,
        &[
            (
                "loops",
                "timed_out",
                "timed_out",
                "did not end within 3 seconds",
            ),
            (
                "exits_zero",
                "crashed",
                "crashed",
                "exit code 0 before the check was finished",
            ),
            (
                "exits_one",
                "crashed",
                "crashed",
                "exit code 1 before the check was finished",
            ),
            ("aborts", "crashed", "crashed", "SIGABRT"),
            (
                "overflows_the_stack",
                "crashed",
                "crashed",
                "overflowed the stack",
            ),
            (
                "panics",
                "failed",
                "failed",
                "your code panicked: I give up",
            ),
            (
                "panics_in_drop",
                "failed",
                "failed",
                "your code panicked: in drop",
            ),
            (
                "exits_in_a_thread_local",
                "crashed",
                "crashed",
                "exit code 0 before the check was finished",
            ),
            (
                "prints_a_pass",
                "crashed",
                "crashed",
                "exit code 0 before the check was finished",
            ),
            (
                "records_a_pass",
                "crashed",
                "crashed",
                "exit code 0 before the check was finished",
            ),
            ("floods", "failed", "failed", ""),
            (
                "eats_memory",
                "crashed",
                "crashed",
                "more memory than the 512 MiB",
            ),
            ("leaves_a_thread", "passed", "passed", ""),
            ("deletes_the_database", "failed", "failed", "gone"),
            ("deletes_its_folder", "failed", "failed", "gone"),
            ("goes_elsewhere", "passed", "passed", ""),
            ("writes_to_descriptors", "failed", "failed", ""),
        ],
    );
    let flooded = report.check("floods", "a_note_is_kept");
    let kept: usize = ["stdout", "stderr"]
        .iter()
        .map(|stream| flooded[stream].as_str().unwrap().len())
        .sum();
    assert!(kept < 140 * 1024, "{kept} bytes of a flood were kept");
    assert!(
        flooded["truncated_bytes"].as_u64().unwrap() > 100_000_000,
        "{}",
        flooded["truncated_bytes"]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_that_a_program_leaves_behind_lives_on() {
    let submissions = hostile![leaves_a_child leaves_a_nameless_child];
    let workbook = workbook("hostile_children", &submissions, "");
    let begun = Instant::now();
    let report = grade(&workbook, &submissions);
    assert!(
        begun.elapsed() < Duration::from_secs(120),
        "{:?}",
        begun.elapsed()
    );
    assert_verdicts(
        &report,
        &[
            ("leaves_a_child", "passed", "passed", ""),
            ("leaves_a_nameless_child", "passed", "passed", ""),
        ],
    );
    assert!(!runs("3131"), "the child outlived its check");
    assert!(!runs("3232"), "the child without a name outlived its check");
}

#[test]
fn unsafe_code_is_a_compile_error() {
    let submissions = hostile![closes_streams writes_to_null runs_before_main];
    let workbook = workbook("hostile_unsafe", &submissions, "");
    let report = grade(&workbook, &submissions);
    for (behavior, _) in submissions {
        assert_eq!(report.status(behavior), "build_failed", "{behavior}");
        let said = report.exercise(behavior)["build"]["diagnostics"].to_string();
        assert!(said.contains("unsafe"), "{behavior}: {said}");
    }
}

/// The same where the rule is lifted: defended at run time.
#[test]
fn unsafe_code_does_not_make_a_pass() {
    let submissions = hostile![closes_streams writes_to_null runs_before_main];
    let workbook = workbook(
        "hostile_unsafe_allowed",
        &submissions,
        "allow_unsafe = true\n",
    );
    let report = grade(&workbook, &submissions);
    assert_verdicts(
        &report,
        &[
            ("closes_streams", "passed", "passed", ""),
            ("writes_to_null", "crashed", "crashed", "SIGSEGV"),
            (
                "runs_before_main",
                "failed",
                "not_run",
                "the program ended before it began (exit code 0)",
            ),
        ],
    );
}

#[test]
fn what_does_not_compile_stops_nobody() {
    let submissions = hostile![compile_error syntax_error other_signature macro_recursion const_recursion type_recursion];
    let workbook = workbook("hostile_compilers", &submissions, "");
    let begun = Instant::now();
    let report = grade(&workbook, &submissions);
    assert!(
        begun.elapsed() < Duration::from_secs(240),
        "{:?}",
        begun.elapsed()
    );
    for (behavior, message, diagnostic) in [
        ("compile_error", "your code does not compile yet", "E0308"),
        (
            "syntax_error",
            "your code does not compile yet",
            "unclosed delimiter",
        ),
        (
            "other_signature",
            "the checks cannot call your code",
            "create_table",
        ),
        (
            "macro_recursion",
            "compiling took longer than 6 seconds",
            "",
        ),
        (
            "const_recursion",
            "compiling took longer than 6 seconds",
            "",
        ),
        // This compiler overflows its stack on it and says so in its own way.
        ("type_recursion", "", ""),
    ] {
        let found = report.exercise(behavior);
        assert_eq!(found["status"], "build_failed", "{behavior}: {found:#}");
        assert!(
            found["message"].as_str().unwrap().contains(message),
            "{behavior}: {}",
            found["message"]
        );
        assert!(
            found["build"]["diagnostics"]
                .to_string()
                .contains(diagnostic),
            "{behavior}: {found:#}"
        );
    }
}
