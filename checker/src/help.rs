//! The page that `--help` shows: commands by what they are for.

use std::fmt::Write as _;

use clap::builder::StyledStr;

use crate::report::text::style::{COMMAND, STRONG, paint};

/// Commands by what they are for; one that is in no group comes last.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "To learn",
        &["run", "watch", "list", "next", "open", "quiz", "book"],
    ),
    ("When you are stuck", &["hint", "db", "solution", "reset"]),
    ("The checker itself", &["doctor", "clean", "completions"]),
    ("For instructors and authors", &["grade", "dev"]),
];

/// The template of the page. What a command does is said where it is declared.
pub(crate) fn page(declared: &clap::Command) -> StyledStr {
    let about = |name: &str| {
        let command = declared.find_subcommand(name)?;
        Some(command.get_about()?.to_string())
    };
    let grouped = |name: &str| GROUPS.iter().any(|(_, names)| names.contains(&name));
    let others: Vec<&str> = declared
        .get_subcommands()
        .map(clap::Command::get_name)
        .filter(|name| !grouped(name))
        .collect();
    let groups = GROUPS
        .iter()
        .map(|(heading, names)| (*heading, names.to_vec()))
        .chain([("More", others)]);

    let mut page = String::from("{about-with-newline}\n{usage-heading} {usage}\n\n");
    for (heading, names) in groups {
        let lines: Vec<(&str, String)> = names
            .into_iter()
            .filter_map(|name| Some((name, about(name)?)))
            .collect();
        if lines.is_empty() {
            continue;
        }
        let _ = writeln!(page, "{}", paint(STRONG, format!("{heading}:")));
        for (name, about) in lines {
            let gap = " ".repeat(13_usize.saturating_sub(name.len()));
            let _ = writeln!(page, "  {}{gap}{about}", paint(COMMAND, name));
        }
        page.push('\n');
    }
    let _ = write!(
        page,
        "{}\n{{options}}{{after-help}}",
        paint(STRONG, "Options:")
    );
    page.into()
}
