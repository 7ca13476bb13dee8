//! The introduction to part 7: a folder and a file in Rust.

use std::error::Error;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("07_migration_tool/introduction/drawers", drawers)];

// ANCHOR: names
/// The names in a folder, sorted.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().display().to_string());
    }
    names.sort();
    Ok(names)
}
// ANCHOR_END: names

/// What is in a drawer before and after a file is written.
///
/// # Errors
/// When a file cannot be made.
pub fn drawers(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let drawer = folder.path().join("drawer");
    let missing = names(&drawer).map_err(|error| error.kind());
    writeln!(out, "before:               {missing:?}")?;
    fs::create_dir(&drawer)?;
    writeln!(out, "after create_dir:     {:?}", names(&drawer)?)?;
    fs::write(drawer.join("pen.txt"), "blue\n")?;
    fs::write(drawer.join("cap.txt"), "")?;
    writeln!(out, "after two writes:     {:?}", names(&drawer)?)?;
    fs::rename(drawer.join("cap.txt"), drawer.join("hat.txt"))?;
    writeln!(out, "after rename:         {:?}", names(&drawer)?)?;
    fs::remove_dir_all(&drawer)?;
    let gone = names(&drawer).map_err(|error| error.kind());
    writeln!(out, "after remove_dir_all: {gone:?}")?;
    Ok(())
}
