//! What the checker says, as a snapshot can hold it.

use super::Workbook;

/// Command, output, and exit code; folders by their roles.
pub fn said(workbook: &Workbook, arguments: &[&str]) -> String {
    let mut command = workbook.checker();
    command.args(arguments);
    output(workbook, command, arguments)
}

/// The same for a command that was prepared differently.
pub fn output(workbook: &Workbook, mut command: assert_cmd::Command, arguments: &[&str]) -> String {
    let output = command.output().unwrap();
    let mut text = format!("$ checker {}\n", arguments.join(" "));
    text.push_str(&String::from_utf8_lossy(&output.stdout));
    if !output.stderr.is_empty() {
        text.push_str("[stderr]\n");
        text.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    match output.status.code() {
        Some(code) => text.push_str(&format!("[exit code {code}]")),
        None => text.push_str(&format!("[{}]", output.status)),
    }
    let scratch = workbook.state();
    let scratch = scratch.parent().unwrap();
    for (path, name) in [
        (workbook.state(), "STATE"),
        (workbook.stage(), "STAGE"),
        (scratch.to_owned(), "SCRATCH"),
        (workbook.folder().canonicalize().unwrap(), "WORKBOOK"),
        (workbook.folder().to_owned(), "WORKBOOK"),
    ] {
        text = text.replace(path.to_str().unwrap(), name);
    }
    text
}

/// What differs from run to run and from machine to machine.
pub fn filters() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d)?", "TIME");
    settings.add_filter(r"\.reset-\w+", ".reset-RANDOM");
    settings
}
