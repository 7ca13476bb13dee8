//! Builds the book with mdBook's own libraries.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;

use crate::places::Places;
use crate::preprocessor::{Pages, Rigor};
use crate::site;

/// Builds the whole book, into the given folder or into the one that
/// `book.toml` names, and looks at the pages that came out. Gives the folder.
///
/// # Errors
/// Everything that is wrong with the book, or what could not be written.
pub fn build(places: &Places, into: Option<&Path>, rigor: Rigor) -> Result<PathBuf> {
    let mut book = MDBook::load(places.book()).context("reading the book")?;
    if let Some(folder) = into {
        book.config.build.build_dir = folder.to_owned();
    }
    book.with_preprocessor(Pages {
        places: places.clone(),
        rigor,
    });
    book.build()?;
    let folder = book.build_dir_for("html");
    if rigor == Rigor::Strict {
        site::look(&folder)?;
    }
    Ok(folder)
}
