//! The programs that grading needs.

use std::path::{Path, PathBuf};

use super::Finding;
use crate::process::{ask, find_program};
use crate::toolchain::Toolchain;

/// The oldest Rust that compiles the workbook.
const RUST: (u32, u32) = (1, 95);
const UPDATE: &str = "`rustup update stable`, or see https://rustup.rs";

pub(super) fn look() -> Vec<Finding> {
    let mut findings = Vec::new();
    match Toolchain::find() {
        Ok(toolchain) => {
            findings.push(rust("rustc", toolchain.version()));
            findings.push(match ask(&toolchain.cargo, &["-V"], Path::new(".")) {
                Ok(version) => rust("cargo", version.trim()),
                Err(error) => Finding::problem("cargo", format!("{error:#}"), UPDATE),
            });
        }
        Err(error) => findings.push(Finding::problem("rustc", format!("{error:#}"), UPDATE)),
    }
    findings.push(c_compiler());
    findings
}

fn rust(subject: &'static str, version: &str) -> Finding {
    match parse(version) {
        Some(found) if found >= RUST => Finding::ok(subject, version),
        Some(_) => Finding::problem(
            subject,
            format!("{version} is older than {}.{}", RUST.0, RUST.1),
            UPDATE,
        ),
        None => Finding::note(subject, format!("its version cannot be read: {version}")),
    }
}

/// `rustc 1.95.0-nightly (…)` → `(1, 95)`.
fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split(' ').nth(1)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// As the `cc` crate looks for one when SQLite is compiled.
fn c_compiler() -> Finding {
    let chosen = std::env::var_os("CC").map(PathBuf::from);
    let names: Vec<PathBuf> = match chosen {
        Some(chosen) => vec![chosen],
        None if cfg!(target_env = "msvc") => ["cl", "clang-cl"].map(PathBuf::from).into(),
        None => ["cc", "clang", "gcc"].map(PathBuf::from).into(),
    };
    let mut failures = Vec::new();
    for program in names.iter().filter_map(|name| find_program(name)) {
        // Microsoft's prints its version whatever it is asked, and fails.
        if cfg!(target_env = "msvc") {
            return Finding::ok("C compiler", program.display().to_string());
        }
        match ask(&program, &["--version"], Path::new(".")) {
            Ok(version) => {
                let version = version.lines().next().unwrap_or_default().to_owned();
                return Finding::ok("C compiler", version);
            }
            Err(error) => failures.push(format!("{error:#}")),
        }
    }
    if cfg!(target_env = "msvc") {
        // It is found through the registry, which we do not read.
        return Finding::note(
            "C compiler",
            "not on the PATH; cargo finds the Build Tools for Visual Studio without it",
        );
    }
    let found = match failures.first() {
        Some(failure) => failure.clone(),
        None => "there is none on the PATH; SQLite is compiled from C, once".to_owned(),
    };
    Finding::problem("C compiler", found, INSTALL)
}

#[cfg(target_os = "macos")]
const INSTALL: &str = "`xcode-select --install`";
#[cfg(windows)]
const INSTALL: &str =
    "install the Build Tools for Visual Studio, with “Desktop development with C++”";
#[cfg(not(any(windows, target_os = "macos")))]
const INSTALL: &str = "Debian, Ubuntu: `sudo apt install build-essential`; Fedora: `sudo dnf install gcc`; \
                       Arch: `sudo pacman -S gcc`; Alpine: `sudo apk add build-base`";

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    #[test]
    fn a_version_is_compared_as_numbers() {
        for (version, state) in [
            ("rustc 1.95.0 (0123456 2026-01-01)", State::Ok),
            ("cargo 1.100.0-nightly", State::Ok),
            ("cargo 2.0.0", State::Ok),
            ("rustc 1.94.9", State::Problem),
            ("rustc 1.9.0", State::Problem),
            ("gcc", State::Note),
        ] {
            assert_eq!(rust("rustc", version).state, state, "{version}");
        }
    }
}
