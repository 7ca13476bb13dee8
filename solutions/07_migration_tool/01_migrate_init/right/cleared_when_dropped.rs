//! A guard clears up; the folder that is filled has a hidden name.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub const README: &str = "\
The migrations of this project's database. The folder versions holds one folder
for each revision. It belongs to the project: put it into version control.
";

pub const TEMPLATE: &str = "-- Each statement ends with a semicolon.\n";

pub fn init(dir: &Path, url: &str) -> Result<()> {
    let settings = format!("# Settings\n\n  database_url={url}\n");
    let files = [
        ("README", README),
        ("migrate.conf", settings.as_str()),
        ("template.sql", TEMPLATE),
        ("versions/README", "Revisions.\n"),
    ];
    lay_out(dir, &files)
}

pub fn lay_out(dir: &Path, files: &[(&str, &str)]) -> Result<()> {
    make(dir, files).map_err(|error| format!("{}: {error}", dir.display()).into())
}

fn make(dir: &Path, files: &[(&str, &str)]) -> Result<()> {
    if dir.try_exists()? && (!dir.is_dir() || dir.read_dir()?.count() > 0) {
        Err("something is there already")?;
    }
    let name = dir.file_name().ok_or("a folder without a name")?;
    let process = std::process::id();
    let building = Building(dir.with_file_name(format!(".{}-{process}", name.display())));
    fs::create_dir(&building.0)?;
    for (name, text) in files {
        let path = building.0.join(name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        let mut file = fs::File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    fs::rename(&building.0, dir)?;
    Ok(())
}

/// A folder that is removed unless it has got its name.
struct Building(PathBuf);

impl Drop for Building {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn beside(dir: &Path) -> PathBuf {
    dir.with_added_extension("new")
}

pub fn setting(dir: &Path, key: &str) -> Result<String> {
    let path = dir.join("migrate.conf");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| value.trim().to_owned())
        .ok_or_else(|| format!("no {key}").into())
}
