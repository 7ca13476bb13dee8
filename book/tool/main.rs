//! `cargo run -p book`: builds, checks and serves the workbook's pages.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use book::{Places, Rigor, Workbook};
use clap::{Parser, Subcommand};

/// Build the book, into book/book/index.html.
///
/// Everything that a page shows is run while it is built: SQL, its results,
/// diagrams, tables. The build fails when anything is wrong, and says where.
#[derive(Parser)]
#[command(name = "book", version, max_term_width = 80)]
struct Cli {
    #[command(subcommand)]
    command: Option<Commands>,
}

#[derive(Subcommand)]
enum Commands {
    /// Look for everything that is wrong, and build nothing
    Check {
        /// Say only what is about files with one of these in their path
        named: Vec<String>,
    },
    /// Build although something is wrong, to look at it
    Draft,
    /// Build, show the book on this machine, and build again on every change
    ///
    /// What is wrong is said, and the book is shown all the same.
    Serve {
        /// Where to listen, on 127.0.0.1 only
        #[arg(long, default_value_t = 3000)]
        port: u16,
    },
    /// Record anew what listings print and what the checker says
    Capture,
    /// Make the pages for an installed mdBook, which calls this
    #[command(hide = true)]
    Preprocess {
        /// `supports RENDERER`
        question: Vec<String>,
    },
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .without_time()
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let places = Places::of_project()?;
    match cli.command {
        None => {
            built(&book::build(&places, None, Rigor::Strict)?);
            println!("{}", Workbook::from_disk(&places)?.summary());
        }
        Some(Commands::Draft) => built(&book::build(&places, None, Rigor::Draft)?),
        Some(Commands::Check { named }) => {
            let book = Workbook::from_disk(&places)?;
            book.findings.clone().about(&named).settle()?;
            println!("{}", book.summary());
        }
        Some(Commands::Serve { port }) => book::serve(&places, port)?,
        Some(Commands::Capture) => {
            let said = book::capture(&places)?;
            for line in &said {
                println!("{line}");
            }
            if said.is_empty() {
                println!("Nothing has changed.");
            }
        }
        Some(Commands::Preprocess { question }) => match question.as_slice() {
            [] => book::preprocess()?,
            [word, renderer] if word == "supports" => {
                return Ok(match renderer.as_str() {
                    "html" => ExitCode::SUCCESS,
                    _ => ExitCode::FAILURE,
                });
            }
            _ => anyhow::bail!("ask `supports RENDERER`, or nothing"),
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn built(folder: &Path) {
    println!("The book is built: {}", folder.join("index.html").display());
}
