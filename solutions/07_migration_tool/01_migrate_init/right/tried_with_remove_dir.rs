//! `remove_dir` refuses what is not empty; all settings are read into a map.

use std::collections::HashMap;
use std::error::Error;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::{fs, io};

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub const README: &str = "\
The migrations of this project's database. The folder versions holds one folder
for each revision. It belongs to the project: put it into version control.
";

pub const TEMPLATE: &str = "-- Each statement ends with a semicolon.\n";

pub fn init(dir: &Path, url: &str) -> Result<()> {
    let settings = format!("database_url = {url}\n");
    let files = [
        ("README", README),
        ("migrate.conf", settings.as_str()),
        ("template.sql", TEMPLATE),
        ("versions/README", "Revisions.\n"),
    ];
    lay_out(dir, &files)
}

pub fn lay_out(dir: &Path, files: &[(&str, &str)]) -> Result<()> {
    let said = |error: io::Error| format!("cannot make {}: {error}", dir.display());
    let new = beside(dir);
    fs::create_dir(&new).map_err(said)?;
    let result = fill(&new, files).and_then(|()| take_place(&new, dir));
    match result {
        Ok(()) => Ok(()),
        Err(error) => {
            fs::remove_dir_all(&new).map_err(said)?;
            Err(said(error).into())
        }
    }
}

/// `remove_dir` removes a folder only if nothing is in it.
fn take_place(new: &Path, dir: &Path) -> io::Result<()> {
    match fs::remove_dir(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => fs::rename(new, dir),
    }
}

pub fn beside(dir: &Path) -> PathBuf {
    dir.with_added_extension("new")
}

fn fill(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

pub fn setting(dir: &Path, key: &str) -> Result<String> {
    settings(dir)?
        .remove(key)
        .ok_or_else(|| format!("no {key} is set in {}", dir.display()).into())
}

fn settings(dir: &Path) -> Result<HashMap<String, String>> {
    let mut settings = HashMap::new();
    let file = fs::File::open(dir.join("migrate.conf"))
        .map_err(|error| format!("migrate.conf of {}: {error}", dir.display()))?;
    for line in io::BufReader::new(file).lines() {
        let line = line?;
        if line.trim_start().starts_with('#') {
            continue;
        }
        if let Some(at) = line.find('=') {
            let (key, value) = line.split_at(at);
            settings.insert(key.trim().to_owned(), value[1..].trim().to_owned());
        }
    }
    Ok(settings)
}
