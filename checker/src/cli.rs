//! The command line. The doc comments here are the help text.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Grades the workbook's exercises by looking at the databases that your code
/// leaves behind.
///
/// Without a command: grades what has changed since last time, shows where you
/// are and the first check that fails, and says what to do next.
#[derive(Debug, Parser)]
#[command(
    name = "checker",
    version,
    help_template = crate::help::page(&commands()),
    after_long_help = AFTER_HELP,
    max_term_width = 80
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) course: CourseArgs,

    /// Print the report as one JSON object (workbook/report/v1).
    #[arg(long)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Where exercises are read from.
#[derive(Debug, Args)]
pub(crate) struct CourseArgs {
    /// Grade this folder instead of `exercises`; it is laid out alike.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) exercises: Option<PathBuf>,

    /// Take the course from this folder instead of the copy in the checker;
    /// for authors.
    #[arg(long, value_name = "DIR", global = true, hide_short_help = true)]
    pub(crate) course: Option<PathBuf>,
}

/// What `Command` declares.
fn commands() -> clap::Command {
    Command::augment_subcommands(clap::Command::new("checker"))
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Grade exercises: all, or those you name
    Run(RunArgs),
    /// List all exercises and how far you are
    List {
        /// Print the list as one JSON object (workbook/list/v1).
        #[arg(long)]
        json: bool,
    },
    /// Show the next hint for the check that fails
    Hint(HintArgs),
    /// Look at the database that a failed check left behind
    Db(DbArgs),
    /// Show the solution, once you have passed or tried hard
    Solution(SolutionArgs),
    /// Put the starter back; your files are kept beside it
    Reset(ResetArgs),
    /// Say which exercise is next
    Next(NextArgs),
    /// Open an exercise in your editor
    Open(OpenArgs),
    /// Answer the questions of a page of the book
    Quiz(QuizArgs),
    /// Look for what could keep the checker from working
    Doctor(DoctorArgs),
    /// Remove what the checker keeps in the target directory
    Clean(CleanArgs),
    /// Write a completion script for your shell
    Completions {
        /// Your shell.
        shell: clap_complete::Shell,
    },
    /// For authors: check, generate and begin exercises
    #[command(subcommand)]
    Dev(DevCommand),
}

/// How an exercise may be named: 1.2, subject_group_rows, its folder, a path
/// to it, or a part (1, 01_models).
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// An exercise or a part: 1.2, subject_group_rows, a path, 01_models
    #[arg(value_name = "EXERCISE")]
    pub(crate) named: Vec<String>,

    /// Only this check, and those that it needs; may be given several times.
    #[arg(long = "check", value_name = "NAME")]
    pub(crate) checks: Vec<String>,

    /// Use this seed for names and values that vary.
    #[arg(long, value_name = "N", conflicts_with = "fresh")]
    pub(crate) seed: Option<u64>,

    /// Grade again with other names and values, even if nothing has changed.
    #[arg(long)]
    pub(crate) fresh: bool,

    /// Print the report as one JSON object (workbook/report/v1).
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct HintArgs {
    /// The exercise; the one you work on if not given
    pub(crate) exercise: Option<String>,

    /// Print the hint as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DbArgs {
    /// The exercise; the one you work on if not given
    pub(crate) exercise: Option<String>,

    /// The check; the first that failed if not given
    pub(crate) check: Option<String>,

    /// Draw its tables into this file, as SVG.
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub(crate) diagram: Option<PathBuf>,

    /// Print what the database holds as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SolutionArgs {
    /// The exercise
    pub(crate) exercise: String,

    /// Show what differs between your files and the solution.
    #[arg(long)]
    pub(crate) diff: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ResetArgs {
    /// The exercise
    pub(crate) exercise: String,

    /// Put back only what is not yours to change: the checks, the manifest.
    #[arg(long)]
    pub(crate) checks: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NextArgs {
    /// Print the exercise as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    /// The exercise; the one you work on if not given
    pub(crate) exercise: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct QuizArgs {
    /// An exercise or a part; the exercise you work on if not given
    #[arg(value_name = "EXERCISE")]
    pub(crate) named: Option<String>,

    /// Say which quizzes there are.
    #[arg(long)]
    pub(crate) list: bool,

    /// Print the quizzes, with their answers, as one JSON object
    /// (workbook/quiz/v1).
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Print the findings as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    /// Also forget progress and kept databases; copies made by `reset` stay.
    #[arg(long)]
    pub(crate) progress: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DevCommand {
    /// Check that exercises teach what they claim: starter, solution, right
    /// and wrong submissions, mutants, hints
    Check(DevCheckArgs),
    /// Generate `exercises/` from `solutions/`
    Sync,
    /// Begin a new exercise from a skeleton that passes
    New {
        /// Its folder: 01_models/04_user_constraints
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DevCheckArgs {
    /// An exercise or a part; all if not given
    #[arg(value_name = "EXERCISE")]
    pub(crate) named: Vec<String>,

    /// Also compare `exercises/` with what would be generated.
    #[arg(long)]
    pub(crate) tree: bool,
}

const AFTER_HELP: &str = "\
Naming an exercise:
  1.2, subject_group_rows, exercises/01_models/02_subject_group_rows, or a whole
  part: 1, 01_models.

Exit codes:
  0   everything that was asked for passed
  1   something failed or is not done yet
  2   the command line is not right
  3   all that did not pass failed to build
  4   nothing was graded, or there is no such exercise
  70  the checker itself could not do its work

Nothing leaves your machine. Progress lies in .checker/progress.sqlite, a SQLite
database that you may look at.";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
