//! Grades the workbook's exercises by looking at the databases that a
//! learner's code leaves behind.
//!
//! The rooms are entered in the order in which a submission goes: `course` →
//! `submission` (what changed) → `staging` → `build` → `run` → `verdict` →
//! `progress` and `report`. `grader` is the corridor between them; `commands`
//! and `dev` are the doors for people.

mod build;
mod cli;
mod commands;
mod course;
mod database;
mod dev;
mod digest;
mod exit;
mod grader;
mod help;
mod message;
mod places;
mod process;
mod progress;
mod report;
mod run;
mod staging;
mod starter;
mod submission;
mod terminal;
mod toolchain;
mod verdict;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::cli::{Cli, Command};
use crate::commands::Desk;
use crate::exit::Exit;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // A panic has already been printed by its hook; scripts see exit code 70.
    let done = std::panic::catch_unwind(|| command(&cli));
    match done {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(error)) => {
            terminal::complain(&format!("error: {error:#}\n"));
            Exit::Internal.into()
        }
        Err(_) => {
            terminal::complain(
                "error: this is a fault of the checker; nothing of yours was changed\n",
            );
            Exit::Internal.into()
        }
    }
}

fn command(cli: &Cli) -> Result<Exit> {
    let desk = || Desk::set(&cli.course);
    match &cli.command {
        None => commands::stand(&desk()?, cli.json),
        Some(Command::Run(args)) => commands::run(&desk()?, args),
        Some(Command::List { json }) => commands::list(&desk()?, *json || cli.json),
        Some(Command::Dev(command)) => dev::command(&cli.course, command),
        Some(Command::Hint(args)) => commands::hint(&desk()?, args, args.json || cli.json),
        Some(Command::Db(args)) => commands::db(&desk()?, args, args.json || cli.json),
        Some(Command::Solution(args)) => commands::solution(&desk()?, args),
        Some(Command::Reset(args)) => commands::reset(&desk()?, args),
        Some(Command::Next(args)) => commands::next(&desk()?, args.json || cli.json),
        Some(Command::Open(args)) => commands::open(&desk()?, args),
        Some(Command::Quiz(args)) => commands::quiz(&desk()?, args, args.json || cli.json),
        Some(Command::Doctor(args)) => commands::doctor(&cli.course, args.json || cli.json),
        Some(Command::Clean(args)) => commands::clean(&desk()?, args),
        Some(Command::Completions { shell }) => commands::completions(*shell),
    }
}
