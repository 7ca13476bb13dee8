//! A first attempt at 7.1, which page 7.1 shows: an error is thought to undo what
//! was done before it.

use std::error::Error;
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
    if dir.is_file() || (dir.exists() && fs::read_dir(dir)?.next().is_some()) {
        return Err(format!("{} is in use", dir.display()).into());
    }
    fill(dir, files).map_err(|error| format!("{}: {error}", dir.display()))?;
    Ok(())
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
    let path = dir.join("migrate.conf");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| value.trim().to_owned())
        .ok_or_else(|| format!("no {key}").into())
}
