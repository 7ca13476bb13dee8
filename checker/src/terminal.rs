//! The terminal: the one room that prints, and asks.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use anyhow::{Context, Result};

/// The widest that text is set, in columns.
const WIDEST: usize = 100;
/// The width where there is no terminal.
const DEFAULT: usize = 80;
/// The narrowest that text is set.
const NARROWEST: usize = 40;

/// Prints text with its colors, or without them where they are not wanted
/// (`NO_COLOR`, a pipe). A reader that has gone away is no error.
///
/// # Errors
///
/// When standard output cannot be written: a full disk.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut stdout = anstream::AutoStream::auto(io::stdout().lock());
    accept_closed(
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush()),
    )
}

/// Prints to standard error, where nobody depends on it.
pub(crate) fn complain(text: &str) {
    let mut stderr = anstream::AutoStream::auto(io::stderr().lock());
    // There is nowhere left to say that this failed.
    let _ = stderr
        .write_all(text.as_bytes())
        .and_then(|()| stderr.flush());
}

/// The longest answer that is read at once, in bytes.
const ANSWER: u64 = 4096;

/// Prints `question` and reads a line; `None` at the end of the input. Where
/// nobody types, the answer is printed as if somebody had.
///
/// # Errors
///
/// When standard input cannot be read or standard output not written.
pub(crate) fn ask(question: &str) -> Result<Option<String>> {
    print(question)?;
    let mut line = Vec::new();
    let mut input = io::stdin().lock().take(ANSWER);
    input
        .read_until(b'\n', &mut line)
        .context("reading standard input")?;
    let answer = String::from_utf8_lossy(&line).trim().to_owned();
    let is_over = line.is_empty();
    if is_over || !io::stdin().is_terminal() {
        print(&format!("{}\n", crate::report::text::plain(&answer)))?;
    }
    Ok((!is_over).then_some(answer))
}

fn accept_closed(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("writing to standard output"),
    }
}

/// Whether rustc should color what it says.
pub(crate) fn wants_color() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Whether somebody watches.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal() && io::stdout().is_terminal()
}

/// Whether somebody sits at a terminal and can be asked to look at it.
pub(crate) fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The width for text, in columns.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size_of(io::stdout()).map_or(DEFAULT, |(width, _)| {
        usize::from(width.0).clamp(NARROWEST, WIDEST)
    })
}
