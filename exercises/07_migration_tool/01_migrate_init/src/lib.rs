//! 7.1 A repository for migrations.
//!
//! A migration tool keeps its steps as files, in one folder of the project. The
//! command `init` makes that folder. It works on somebody's disk, where nothing
//! rolls back: it may not lose a file that is there, and it may not leave a
//! folder behind of which a part is missing.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Any error. `Err("no room".into())` makes one of a text, and so does
/// `Err(format!(…).into())`; `?` makes one of any other error.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The text of a repository's `README`.
pub const README: &str = "\
The migrations of this project's database. The folder versions holds one folder
for each revision. It belongs to the project: put it into version control.
";

/// The text of `template.sql`, with which each script begins.
pub const TEMPLATE: &str = "-- Each statement ends with a semicolon.\n";

/// Makes a repository in the folder `dir`. It has four files:
///
/// - `README`, with the text [`README`];
/// - `migrate.conf`, the settings, with the line `database_url = …` for `url`;
/// - `template.sql`, with the text [`TEMPLATE`];
/// - `versions/README`, with some text of yours. Git keeps no empty folder, so
///   `versions` needs a file.
///
/// For the rest, see [`lay_out`].
pub fn init(dir: &Path, url: &str) -> Result<()> {
    todo!("lay out a repository for {url:?} in {dir:?}")
}

/// Makes the folder `dir` with these files, each a path below it and a text:
/// all of them, or none.
///
/// - If `dir` is there, and is not an empty folder, that is an error that names
///   it, and all stays as it is.
/// - If a file cannot be made, or the folder cannot get its name, that is an
///   error that names `dir`, and all is as it was before.
/// - Nobody ever sees a part. The folder is filled at [`beside`], and gets its
///   name when it is whole. If something is there already, it is not yours:
///   that is an error, too, and it stays as it is.
pub fn lay_out(dir: &Path, files: &[(&str, &str)]) -> Result<()> {
    fill(dir, files)?;
    Ok(())
}

/// Where the folder `dir` is filled: beside it, and so on the same disk.
pub fn beside(dir: &Path) -> PathBuf {
    dir.with_added_extension("new")
}

/// Writes files into a folder, and makes the folders on the way.
fn fill(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// The value of `key` in `migrate.conf` of the repository in `dir`.
///
/// A setting is a line `key = value`. Spaces around the key and around the value
/// do not count, and the value may hold a `=`. All other lines are passed over,
/// such as one that begins with `#`. A file or a setting that is not there is an
/// error that names it.
pub fn setting(dir: &Path, key: &str) -> Result<String> {
    todo!("look for {key:?} in the settings of {dir:?}")
}
