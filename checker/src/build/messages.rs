//! The one room that knows cargo's messages.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use cargo_metadata::diagnostic::DiagnosticLevel;
use cargo_metadata::{Message, PackageId, TargetKind};

use super::dep_info;
use crate::submission::Inputs;

/// What became of one submission's crate.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The program with its checks, if everything compiled.
    pub(crate) program: Option<PathBuf>,
    /// What rustc read beyond the submission's folder, if it got that far.
    pub(crate) inputs: Inputs,
    pub(crate) warnings: Vec<Diagnostic>,
    pub(crate) failure: Option<Failure>,
}

/// Why there is no program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// rustc's errors, the first of which is shown.
    Errors(Vec<Diagnostic>),
    /// rustc was ended at the limit.
    OutOfTime,
    /// rustc ended without saying why.
    Silent,
}

/// One of rustc's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// `E0308`, where the error has one.
    pub(crate) code: Option<String>,
    /// As rustc draws it, with the source around it.
    pub(crate) rendered: String,
    /// Whether it is in the checks: they call what the learner changed.
    pub(crate) in_checks: bool,
}

/// Hears cargo's messages, line by line.
pub(super) struct Listener {
    built: HashMap<String, Built>,
    artifacts: HashMap<String, Vec<PathBuf>>,
    late: Vec<String>,
    finished: bool,
}

impl Listener {
    pub(super) fn new(packages: impl Iterator<Item = String>) -> Self {
        Listener {
            built: packages
                .map(|package| (package, Built::default()))
                .collect(),
            artifacts: HashMap::new(),
            late: Vec::new(),
            finished: false,
        }
    }

    /// The package that is finished with this line, if one is.
    pub(super) fn hear(&mut self, line: &[u8]) -> Option<String> {
        match serde_json::from_slice(line).ok()? {
            Message::CompilerArtifact(artifact) => {
                let package = package(&artifact.package_id);
                let files = artifact
                    .filenames
                    .iter()
                    .map(|file| file.clone().into_std_path_buf());
                let is_check = artifact.target.kind.contains(&TargetKind::Test);
                if let Some(built) = self.built.get_mut(&package) {
                    self.artifacts
                        .entry(package.clone())
                        .or_default()
                        .extend(files);
                    if is_check {
                        built.program = artifact.executable.map(Into::into);
                    }
                }
                Some(package)
            }
            Message::CompilerMessage(message) => {
                let in_checks = message.target.kind.contains(&TargetKind::Test);
                let built = self.built.get_mut(&package(&message.package_id))?;
                let diagnostic = Diagnostic {
                    code: message.message.code.as_ref().map(|code| code.code.clone()),
                    rendered: message.message.rendered.unwrap_or(message.message.message),
                    in_checks,
                };
                match message.message.level {
                    DiagnosticLevel::Error | DiagnosticLevel::Ice => match &mut built.failure {
                        Some(Failure::Errors(errors)) => errors.push(diagnostic),
                        _ => built.failure = Some(Failure::Errors(vec![diagnostic])),
                    },
                    DiagnosticLevel::Warning => built.warnings.push(diagnostic),
                    _ => {}
                }
                None
            }
            Message::BuildFinished(_) => {
                self.finished = true;
                None
            }
            _ => None,
        }
    }

    /// The compiler of `name` was ended at its limit.
    pub(super) fn out_of_time(&mut self, name: &str) {
        self.late.push(name.to_owned());
    }

    /// Whether cargo got as far as trying every package.
    pub(super) fn finished(&self) -> bool {
        self.finished
    }

    pub(super) fn into_built(mut self, ours: &Path) -> HashMap<String, Built> {
        for (package, built) in &mut self.built {
            let late = self
                .late
                .iter()
                .any(|name| *name == *package || *name == package.replace('-', "_"));
            if built.program.is_none() {
                if late {
                    built.failure = Some(Failure::OutOfTime);
                } else if built.failure.is_none() {
                    built.failure = Some(Failure::Silent);
                }
            }
            let artifacts = self
                .artifacts
                .get(package)
                .map(Vec::as_slice)
                .unwrap_or_default();
            built.inputs = dep_info::inputs(artifacts, ours);
        }
        self.built
    }
}

/// The name within a package id: `path+file:///…/stage#name@0.1.0` or
/// `path+file:///…/name#0.1.0`.
fn package(id: &PackageId) -> String {
    let (url, fragment) = id.repr.rsplit_once('#').unwrap_or(("", &id.repr));
    match fragment.split_once('@') {
        Some((name, _)) => name.to_owned(),
        None => url.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}
