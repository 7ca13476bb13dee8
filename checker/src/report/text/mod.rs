//! The report for a person at a terminal: color, symbol and word, 80 columns.
//! Text is made with its colors; whoever prints it takes them out where they
//! are not wanted.

mod database;
mod exercise;
mod grid;
mod overview;
mod plain;
#[cfg(test)]
mod samples;
mod statements;
pub(crate) mod style;
mod wrap;

use std::collections::BTreeSet;

pub(crate) use database::{database, statements};
pub(crate) use exercise::{exercise_in_full, exercise_line, passed_in_full};
pub(crate) use overview::{Advice, Standing, named, next, overview};
pub(crate) use plain::plain;
pub(crate) use wrap::{hanging, wrap};

/// How commands are written where they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invocation {
    /// `cargo run -- hint 1.2`
    Cargo,
    /// `checker hint 1.2`
    Installed,
}

impl Invocation {
    /// As this process was started.
    pub(crate) fn detect() -> Self {
        // Cargo tells the program that it runs which package it belongs to.
        if std::env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == "checker") {
            Invocation::Cargo
        } else {
            Invocation::Installed
        }
    }

    /// The command line that runs the checker with `arguments`.
    pub(crate) fn command(self, arguments: &str) -> String {
        match (self, arguments) {
            (Invocation::Cargo, "") => "cargo run".to_owned(),
            (Invocation::Cargo, arguments) => format!("cargo run -- {arguments}"),
            (Invocation::Installed, "") => "checker".to_owned(),
            (Invocation::Installed, arguments) => format!("checker {arguments}"),
        }
    }
}

/// What the text depends on besides the report.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) invocation: Invocation,
    /// Columns.
    pub(crate) width: usize,
    /// The exercises folder, as it is shown.
    pub(crate) exercises: String,
    /// The exercises that have a page in the book.
    pub(crate) pages: BTreeSet<String>,
}

impl View {
    /// Where the page of an exercise is, if the book has one.
    pub(crate) fn page(&self, exercise: &str) -> Option<String> {
        self.pages.get(exercise).map(|id| page(id))
    }
}

/// From the root of the project.
pub(crate) fn page(exercise: &str) -> String {
    format!("book/src/{exercise}.md")
}
