//! What becomes of messages, ids and files.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use revision_files::{Revision, add, is_id, load, new_id, slug};
use witness::prelude::*;

const TEMPLATE: &str = "-- Two spaces, no tabs.\n";
const FILES: [&str; 3] = ["revision.txt", "up.sql", "down.sql"];

/// Ids are drawn by lot, to the first digit.
#[test]
fn ids_are_drawn_by_lot() {
    check(|w| {
        let ids = (0..200)
            .map(|_| w.run(new_id))
            .collect::<Outcome<Vec<String>>>()?;
        if let Some(wrong) = ids.iter().find(|id| !is_id(id)) {
            return Err(Failure::new("an id does not have the form of one")
                .expected("twelve digits from 0-9 and a-f")
                .observed(format!("{wrong:?}")));
        }
        let shown = ids.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        for from in [0, 4, 8] {
            let parts = ids.iter().filter_map(|id| id.get(from..from + 4));
            let different = parts.collect::<BTreeSet<_>>().len();
            if different < 180 {
                return Err(Failure::new("ids that are made one after the other are alike")
                    .expected(format!("200 ids whose digits {} to {} differ, but for a few", from + 1, from + 4))
                    .observed(format!("{different} different, in {shown}, …"))
                    .because("Two people who work at once share a clock, and both count from the same number."));
            }
        }
        Ok(())
    });
}

/// A new revision is a folder of three files.
#[test]
fn a_revision_is_three_files() {
    check(|w| {
        let dir = repository(w)?;
        let mut parent = None;
        for (id, message, slug) in [
            ("00c0ffee0001", "Add user bio column", "add_user_bio_column"),
            ("a1b2c3d4e5f6", "posts2", "posts2"),
        ] {
            let before = w.tree(&dir)?;
            let folder = w.run(|| add(&dir, id, parent, message))?;
            let name = format!("{id}_{slug}");
            before
                .expect_added(&in_versions(&name).each_ref().map(String::as_str))
                .because(
                    "The id tells it from all others, and the slug tells people what it is for.",
                )?;
            expect_equal(
                "the folder that `add` returns",
                folder,
                dir.join("versions").join(&name),
            )?;
            for (file, text) in [
                ("up.sql", TEMPLATE.to_owned()),
                ("down.sql", TEMPLATE.to_owned()),
                (
                    "revision.txt",
                    format!("parent: {}\n{message}", parent.unwrap_or("none")),
                ),
            ] {
                let found = fs::read_to_string(dir.join("versions").join(&name).join(file))?;
                expect_equal(
                    &format!("the text of {file}"),
                    found.trim_end(),
                    text.trim_end(),
                )?;
            }
            parent = Some(id);
        }
        Ok(())
    });
}

/// No message decides where a file goes.
#[test]
fn no_message_decides_where_a_file_goes() {
    check(|w| {
        let dir = repository(w)?;
        for message in messages(w) {
            let before = w.tree(w.folder())?;
            let slug = slug(&message);
            let legal = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_');
            if slug.len() > 40 || !slug.bytes().all(legal) {
                return Err(Failure::new(format!("a slug is not safe in a name, for {}", quoted(&message)))
                    .expected("at most 40 of a-z, 0-9 and _")
                    .observed(quoted(&slug))
                    .because("A name is a path with one part: `/` ends it, `..` leads out, some systems refuse others."));
            }
            let id = id(w);
            let folder = w.run(|| add(&dir, &id, None, &message)).saying(format!(
                "your code refuses the message {}",
                quoted(&message)
            ))?;
            let name = folder.file_name().unwrap_or_default().display().to_string();
            let project = in_versions(&name).map(|path| format!("project/migrations/{path}"));
            before
                .expect_added(&project.each_ref().map(String::as_str))
                .because(format!("The message was {}.", quoted(&message)))?;
        }
        Ok(())
    });
}

/// What was written is read back, and so is what was edited.
#[test]
fn a_revision_is_read_back() {
    check(|w| {
        let dir = repository(w)?;
        let mut expected: Vec<Revision> = Vec::new();
        for message in messages(w) {
            let revision = Revision {
                id: id(w),
                parent: expected.last().map(|before| before.id.clone()),
                up: format!("CREATE TABLE {} (id);\r\n-- parent: none\n", w.name()),
                down: format!("-- {}\n", w.name()),
                message,
            };
            let parent = revision.parent.as_deref();
            let folder = w.run(|| add(&dir, &revision.id, parent, &revision.message))?;
            fs::write(folder.join("up.sql"), &revision.up)?;
            fs::write(folder.join("down.sql"), &revision.down)?;
            expected.push(revision);
        }
        let last = id(w);
        let parent = expected.first().map(|first| first.id.clone());
        let folder = w
            .run(|| add(&dir, &last, parent.as_deref(), "on Windows"))
            .because(
                "Two revisions may follow the same one: two people did not know of each other.",
            )?;
        let line = format!("parent: {}\r\n", parent.clone().unwrap_or_default());
        fs::write(folder.join("revision.txt"), line + "on Windows")?;
        expected.push(Revision {
            id: last,
            parent,
            message: "on Windows".to_owned(),
            up: TEMPLATE.to_owned(),
            down: TEMPLATE.to_owned(),
        });
        let found = w.run(|| load(&dir))?;
        for revision in &expected {
            let same = found.iter().find(|found| found.id == revision.id);
            let same = same.ok_or_else(|| {
                Failure::new("a revision is not read back")
                    .expected(&revision.id)
                    .observed(
                        found
                            .iter()
                            .map(|found| found.id.as_str())
                            .collect::<Vec<_>>()
                            .join(", "),
                    )
                    .because("The id is what the name of its folder begins with.")
            })?;
            expect_same("message", &same.message, &revision.message).because(
                "A message may hold anything: other line breaks, backslashes, what looks like a line of yours. All of it comes back.",
            )?;
            let (parent, expected) = (same.parent.as_deref(), revision.parent.as_deref());
            let why = match revision.message.as_str() {
                "on Windows" => {
                    "Somebody's editor, on Windows, ended the parent's line with `\\r\\n`."
                        .to_owned()
                }
                message => format!("The message was {}.", quoted(message)),
            };
            expect_equal("the parent that is read", parent, expected).because(why)?;
            expect_same("script up", &same.up, &revision.up)?;
            expect_same("script down", &same.down, &revision.down)?;
        }
        expect_equal("the number of revisions", found.len(), expected.len())
    });
}

/// What is refused leaves all as it was.
#[test]
fn what_is_refused_leaves_all_as_it_was() {
    check(|w| {
        let dir = repository(w)?;
        let first = id(w);
        let folder = w.run(|| add(&dir, &first, None, "first"))?;
        fs::write(folder.join("up.sql"), "CREATE TABLE users (id);\n")?;
        let outside = dir.join("versions/../x").display().to_string();
        let long = "a".repeat(300);
        let unknown = id(w);
        let refused = |id: &str, parent: Option<&str>, message: &str| {
            let before = w.tree(w.folder())?;
            let result = add(&dir, id, parent, message);
            before.expect_unchanged()?;
            let new = (id, parent, message);
            w.fails(|| result)
                .saying(format!("a revision {new:?} was added"))
        };
        refused(&first, None, "first")
            .because("Two revisions with one id cannot be told apart.")?;
        refused(&first, Some(&first), "second")
            .because("The id is there, though in a folder of another name.")?;
        for id in ["", "../x", "CON", "3f9a", "00C0FFEE0001", &outside, &long] {
            refused(id, None, "").because(format!(
                "The id was {}. An id becomes a part of a path as well.",
                quoted(id)
            ))?;
        }
        let start = first.get(..6).unwrap_or_default();
        for parent in ["", "none", &unknown, "../x", start, "README", "notes.new"] {
            refused(&unknown, Some(parent), "second")
                .because(format!("The parent was {parent:?}. Nobody could go from a parent that is not there to this revision."))?;
        }
        fs::remove_file(dir.join("template.sql"))?;
        refused(&id(w), Some(&first), "second").because(
            "There is no template.sql. A revision that lacks a script must not be there at all.",
        )?;
        Ok(())
    });
}

/// A revision that is not whole is an error.
#[test]
fn a_broken_revision_is_an_error() {
    check(|w| {
        let dir = repository(w)?;
        let folder = w.run(|| add(&dir, &id(w), None, "first"))?;
        w.run(|| load(&dir))?;
        let about = folder.join("revision.txt");
        for text in [
            "",
            "first\n",
            "parent none\nfirst\n",
            "first\nparent: none\n",
        ] {
            fs::write(&about, text)?;
            w.fails(|| load(&dir))
                .saying(format!(
                    "a revision was read from a revision.txt that holds {text:?}"
                ))
                .because(
                    "Without its parent it would be taken for the first one, and run too early.",
                )?;
        }
        for name in FILES {
            fs::write(&about, "parent: none\nfirst")?;
            let text = fs::read_to_string(folder.join(name))?;
            fs::remove_file(folder.join(name))?;
            w.fails(|| load(&dir))
                .saying(format!("a revision was read, though its {name} is missing"))
                .because(
                    "A script that is empty does nothing, without an error. Was that meant?",
                )?;
            fs::write(folder.join(name), text)?;
        }
        Ok(())
    });
}

fn expect_same(what: &str, found: &str, expected: &str) -> Outcome {
    if found == expected {
        return Ok(());
    }
    Err(Failure::new(format!("a {what} is not read back as it was"))
        .expected(quoted(expected))
        .observed(quoted(found)))
}

/// A repository with a template and no revision, and something beside both.
fn repository(w: &Witness) -> Outcome<PathBuf> {
    let dir = w.folder().join("project/migrations");
    fs::create_dir_all(dir.join("versions/notes.new"))?;
    fs::write(
        dir.join("versions/README"),
        "One folder for each revision.\n",
    )?;
    fs::write(dir.join("template.sql"), TEMPLATE)?;
    fs::write(w.folder().join("project/x"), "not yours\n")?;
    Ok(dir)
}

/// What people type, or paste, or try.
fn messages(w: &Witness) -> Vec<String> {
    let outside = w.folder().join("project/x").display().to_string();
    [
        &format!("{} said: it's \"urgent\"", w.name()),
        "",
        " ",
        "../x",
        "../../x",
        &outside,
        "..",
        ".new",
        "CON",
        "a/b\\c:d*e?f",
        "*/ DROP TABLE users; --",
        "two\nlines\n",
        "copied\r\nfrom C:\\new",
        "parent: none\nparent: none",
        "tab\tand \0 nothing",
        &"a".repeat(300),
        &format!("a{}", "é".repeat(300)),
        "データ",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// An id of the check's own.
fn id(w: &Witness) -> String {
    (0..12)
        .map(|_| *w.pick(&['0', '4', '8', 'a', 'c', 'e']))
        .collect()
}

fn in_versions(name: &str) -> [String; 3] {
    FILES.map(|file| format!("versions/{name}/{file}"))
}

/// At most so much of a text that it fits a line.
fn quoted(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{start:?}{more}")
}
