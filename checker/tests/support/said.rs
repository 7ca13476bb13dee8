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
        // As it is shown where the target directory lies in the project.
        let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .unwrap();
        if let Ok(inside) = path.strip_prefix(project) {
            text = text.replace(inside.to_str().unwrap(), name);
        }
    }
    text
}

/// What a command prints, as JSON.
pub fn json(workbook: &Workbook, arguments: &[&str]) -> serde_json::Value {
    let output = workbook.checker().args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether `instance` is what a schema of the repository promises.
pub fn assert_valid(schema: &str, instance: &serde_json::Value) {
    let path = format!(
        "{}/schemas/{schema}.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema = std::fs::read_to_string(path).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}\n{instance:#}");
}

/// What differs from run to run and from machine to machine.
pub fn filters() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d)?", "TIME");
    settings.add_filter(r"\.reset-\w+", ".reset-RANDOM");
    settings
}
