//! The name of the check that runs: what `--exact` takes.

use std::any::type_name_of_val;

/// Options of the test harness whose value is an argument of its own.
const WITH_VALUE: [&str; 7] = [
    "--test-threads",
    "--skip",
    "--format",
    "--color",
    "--logfile",
    "--shuffle-seed",
    "-Z",
];

/// The test that was asked for alone; else the one that the harness named this
/// thread for, which it does not with one thread; else the function in which
/// the body was written, which may be a helper of the test.
pub(crate) fn of_check<T>(body: &T) -> String {
    let args: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    asked_for(&args)
        .or_else(|| {
            let thread = std::thread::current();
            let name = thread.name().filter(|name| *name != "main");
            name.map(str::to_owned)
        })
        .unwrap_or_else(|| function(type_name_of_val(body)).to_owned())
}

fn asked_for(args: &[String]) -> Option<String> {
    if !args.iter().any(|arg| arg == "--exact") {
        return None;
    }
    let mut names = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if WITH_VALUE.contains(&arg.as_str()) {
            rest.next();
        } else if !arg.starts_with('-') {
            names.push(arg);
        }
    }
    match names.as_slice() {
        [name] => Some((*name).clone()),
        _ => None,
    }
}

/// The path of the function around a closure, without its crate.
fn function(closure: &str) -> &str {
    let path = closure.split("::{{closure}}").next().unwrap_or(closure);
    path.split_once("::").map_or(path, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn one_exact_name_is_the_check() {
        let found = asked_for(&args("--test-threads 1 --exact rows::kept --nocapture"));
        assert_eq!(found.as_deref(), Some("rows::kept"));
    }

    #[test]
    fn a_filter_or_several_names_are_not() {
        assert_eq!(asked_for(&args("kept")), None);
        assert_eq!(asked_for(&args("--exact kept lost")), None);
    }

    #[test]
    fn the_function_around_a_closure_is_found() {
        assert_eq!(function("checks::rows::kept::{{closure}}"), "rows::kept");
    }
}
