//! Part 7, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "01_migrate_init.rs"]
pub mod p01_migrate_init;
#[path = "02_revision_files.rs"]
pub mod p02_revision_files;

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[
    introduction::RUNS,
    p01_migrate_init::RUNS,
    p02_revision_files::RUNS,
];

/// Prints a folder and everything below it, by name, indented.
fn draw(out: &mut dyn Write, folder: &Path, depth: usize) -> Result<(), Box<dyn Error>> {
    let name = folder.file_name().unwrap_or_default();
    let is_folder = folder.is_dir();
    let slash = if is_folder { "/" } else { "" };
    writeln!(out, "{}{}{slash}", "  ".repeat(depth), name.display())?;
    if is_folder {
        let mut below = Vec::new();
        for entry in fs::read_dir(folder)? {
            below.push(entry?.path());
        }
        below.sort();
        for path in below {
            draw(out, &path, depth + 1)?;
        }
    }
    Ok(())
}

/// Prints what came of a call, with `folder` as the beginning of a path left out.
fn answer<T>(
    out: &mut dyn Write,
    call: &str,
    result: Result<T, Box<dyn Error>>,
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    let said = match result {
        Ok(_) => "Ok".to_owned(),
        Err(error) => format!("Err: {error}"),
    };
    let said = said.replace('\\', "/");
    let folder = format!("{}/", folder.display()).replace('\\', "/");
    writeln!(out, "{call}: {}", said.replace(&folder, ""))?;
    Ok(())
}
