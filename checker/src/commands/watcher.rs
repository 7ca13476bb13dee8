//! A progress bar on long work, on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::grader::Observer;
use crate::terminal;

/// Shows what the grader does.
pub(crate) struct Watcher {
    bar: ProgressBar,
}

impl Watcher {
    /// Shows nothing where nobody watches or `quiet` is asked for.
    pub(crate) fn new(quiet: bool) -> Self {
        let bar = if quiet || !terminal::is_watched() {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        bar.set_draw_target(if bar.is_hidden() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        });
        Watcher { bar }
    }

    fn begin(&self, what: &'static str, steps: usize) {
        // The template is fixed; should it not be understood, the bar has none.
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(what);
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        self.bar.enable_steady_tick(Duration::from_millis(100));
    }
}

impl Observer for Watcher {
    fn waiting(&self) {
        terminal::complain(
            "another checker is grading these exercises; waiting for it to finish\n",
        );
    }

    fn not_recorded(&self, error: &anyhow::Error) {
        terminal::complain(&format!("progress is not recorded this time: {error:#}\n"));
    }

    fn building(&self, crates: usize) {
        // Each crate is a library and a program with its checks.
        self.begin("compiling", crates * 2);
    }

    fn built(&self, _package: &str) {
        self.bar.inc(1);
    }

    fn running(&self, checks: usize) {
        self.begin("checking", checks);
    }

    fn ran(&self) {
        self.bar.inc(1);
    }

    fn finished(&self) {
        self.bar.finish_and_clear();
    }
}
