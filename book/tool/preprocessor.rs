//! The preprocessor, in this process or called by an installed mdBook.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::places::Places;
use crate::workbook::Workbook;

/// Bears the name of its table in `book.toml`, so that in this process it
/// takes the place of the command.
pub(crate) struct Pages {
    pub(crate) places: Places,
    pub(crate) rigor: Rigor,
}

/// What is done about findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rigor {
    /// Nothing is built.
    Strict,
    /// They are printed, and the book is built all the same.
    Draft,
}

impl Preprocessor for Pages {
    fn name(&self) -> &str {
        "workbook"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let sources: BTreeMap<String, String> = book
            .chapters()
            .filter_map(|chapter| {
                let path = shown(chapter.source_path.as_deref()?);
                Some((path, chapter.content.clone()))
            })
            .collect();
        let mut workbook = Workbook::write(&self.places, &sources)?;
        match self.rigor {
            Rigor::Strict => workbook = workbook.sound()?,
            Rigor::Draft if workbook.findings.0.is_empty() => {}
            Rigor::Draft => eprintln!("{}", workbook.findings),
        }
        book.for_each_chapter_mut(|chapter| {
            let made = chapter
                .source_path
                .as_deref()
                .and_then(|path| workbook.pages.remove(&shown(path)));
            if let Some(page) = made {
                chapter.content = indexed(&page.markdown);
            }
        });
        Ok(book)
    }
}

/// mdBook renders a README as the index of its folder, and leaves links to it
/// as they are.
fn indexed(markdown: &str) -> String {
    markdown
        .replace("README.md)", "index.md)")
        .replace("README.md#", "index.md#")
}

fn shown(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Reads a book as mdBook writes it to standard input, and writes it back
/// with its pages made.
///
/// # Errors
/// When the input is no book, or anything is wrong with the pages.
pub fn preprocess() -> Result<()> {
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin())?;
    let root = context
        .root
        .parent()
        .context("the book's folder has no parent")?;
    let pages = Pages {
        places: Places::new(root),
        rigor: Rigor::Strict,
    };
    let book = pages.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book).context("writing the pages to mdBook")
}
