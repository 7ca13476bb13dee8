//! `open`: the learner's files, in an editor.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::choice::{Choice, choose};
use super::desk::Desk;
use crate::cli::OpenArgs;
use crate::exit::Exit;
use crate::process::{find_program, foreground};
use crate::report::text::style::{COMMAND, paint};
use crate::report::text::wrap;
use crate::terminal;

/// A program with its arguments, and who chose it.
#[derive(Debug, PartialEq, Eq)]
struct Editor {
    program: PathBuf,
    arguments: Vec<OsString>,
    chosen_by: &'static str,
}

/// Opens the exercise's files where somebody sits at a terminal; says where
/// they are otherwise.
pub(crate) fn open(desk: &Desk, args: &OpenArgs) -> Result<Exit> {
    let exercise = match choose(desk, args.exercise.as_deref())? {
        Choice::Exercise(exercise) => exercise,
        Choice::Refused(exit) => return Ok(exit),
        Choice::AllDone => {
            terminal::print("every exercise is done; name the one to open\n")?;
            return Ok(Exit::Success);
        }
    };
    let folder = desk.places.submission(&exercise.id);
    let files: Vec<PathBuf> = exercise
        .manifest
        .files
        .iter()
        .map(|file| folder.join(file))
        .collect();
    if let Some(gone) = files.iter().find(|file| !file.is_file()) {
        let text = format!(
            "{} is missing; `{}` brings it back",
            desk.places.shown(gone),
            desk.view
                .invocation
                .command(&format!("reset {}", exercise.number))
        );
        for line in wrap(&text, desk.view.width) {
            terminal::complain(&format!("{line}\n"));
        }
        return Ok(Exit::NotYet);
    }
    let editor = editor(&|name| std::env::var_os(name), &find_program);
    let Some(editor) = editor.filter(|_| terminal::is_attended()) else {
        list(desk, &files)?;
        return Ok(Exit::Success);
    };
    match foreground(&editor.program, &editor.arguments, &files) {
        Ok(true) => Ok(Exit::Success),
        Ok(false) => Ok(Exit::NotYet),
        Err(error) => {
            terminal::complain(&format!(
                "{} could not be started: {error:#}; {} chooses it\n",
                editor.program.display(),
                editor.chosen_by
            ));
            list(desk, &files)?;
            Ok(Exit::NotYet)
        }
    }
}

fn list(desk: &Desk, files: &[PathBuf]) -> Result<()> {
    let mut out = String::new();
    for file in files {
        out.push_str(&format!("{}\n", paint(COMMAND, desk.places.shown(file))));
    }
    out.push_str(HOW);
    terminal::print(&out)
}

/// The learner's own choice, then the editor whose terminal this is.
fn editor(
    variable: &dyn Fn(&str) -> Option<OsString>,
    find: &dyn Fn(&Path) -> Option<PathBuf>,
) -> Option<Editor> {
    for chosen_by in ["VISUAL", "EDITOR"] {
        let Some(value) = variable(chosen_by) else {
            continue;
        };
        // A path with spaces needs no quotes if it is one.
        let mut words = match find(Path::new(&value)) {
            Some(_) => vec![value],
            None => split(&value.to_string_lossy()),
        }
        .into_iter();
        if let Some(program) = words.next() {
            return Some(Editor {
                program: find(Path::new(&program)).unwrap_or_else(|| PathBuf::from(&program)),
                arguments: words.collect(),
                chosen_by,
            });
        }
    }
    variable("TERM_PROGRAM").filter(|program| program == "vscode")?;
    Some(Editor {
        program: find(Path::new("code"))?,
        arguments: Vec::new(),
        chosen_by: "the terminal of VS Code",
    })
}

/// Splits at spaces that stand outside of quotes.
fn split(text: &str) -> Vec<OsString> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in text.chars() {
        match (character, quote) {
            (end, Some(open)) if end == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (space, None) if space.is_whitespace() => words.extend(word.take()),
            (other, _) => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words.into_iter().map(OsString::from).collect()
}

const HOW: &str = "\
to have `open` start your editor, say which: set EDITOR to its command, for
example EDITOR=vim, or EDITOR=\"code --reuse-window\"
";

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)], programs: &[&str]) -> Option<Editor> {
        editor(
            &|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            },
            &|program| {
                let found = programs.iter().find(|known| Path::new(known) == program);
                found.map(|program| Path::new("/bin").join(program))
            },
        )
    }

    #[test]
    fn visual_comes_before_editor_and_an_empty_one_counts_for_nothing() {
        let both = [("VISUAL", "kak"), ("EDITOR", "ed -s")];
        assert_eq!(
            chosen(&both, &["kak"]).unwrap().program,
            Path::new("/bin/kak")
        );
        let empty = [("VISUAL", " "), ("EDITOR", "ed -s")];
        let editor = chosen(&empty, &[]).unwrap();
        assert_eq!(editor.program, Path::new("ed"));
        assert_eq!(editor.arguments, ["-s"]);
        assert_eq!(editor.chosen_by, "EDITOR");
    }

    #[test]
    fn quotes_keep_spaces_and_a_path_with_spaces_needs_none() {
        let quoted = [("EDITOR", "\"My Editor/bin\" --title 'a b' ''")];
        let editor = chosen(&quoted, &[]).unwrap();
        assert_eq!(editor.program, Path::new("My Editor/bin"));
        assert_eq!(editor.arguments, ["--title", "a b", ""]);
        let bare = [("EDITOR", "My Editor")];
        let editor = chosen(&bare, &["My Editor"]).unwrap();
        assert_eq!(editor.program, Path::new("/bin/My Editor"));
    }

    #[test]
    fn code_is_taken_only_in_its_own_terminal() {
        assert_eq!(chosen(&[], &["code"]), None);
        assert_eq!(chosen(&[("TERM_PROGRAM", "vscode")], &[]), None);
        let editor = chosen(&[("TERM_PROGRAM", "vscode")], &["code"]).unwrap();
        assert_eq!(editor.program, Path::new("/bin/code"));
    }
}
