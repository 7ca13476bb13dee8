//! Writes what each run prints into a folder: `cargo run -p listings -- FOLDER`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .ok_or("name the folder to write into")?;
    for (name, run) in listings::runs() {
        let mut printed = Vec::new();
        run(&mut printed).map_err(|error| format!("the run {name}: {error}"))?;
        let file = folder.join(format!("{name}.txt"));
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, printed)?;
    }
    Ok(())
}
