//! 7.2 A revision in files: recipes that people send to a cooking club.

use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{answer, draw};
use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("07_migration_tool/02_revision_files/joined", joined),
    ("07_migration_tool/02_revision_files/recipes", recipes),
    ("07_migration_tool/02_revision_files/bio", bio),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

// ANCHOR: join
/// Where the recipe of that title would be stored.
fn place(title: &str) -> PathBuf {
    Path::new("club/recipes").join(title)
}
// ANCHOR_END: join

/// Four titles and their places.
///
/// # Errors
/// When nothing can be printed; so for all that follow, or when a file cannot
/// be made.
pub fn joined(out: &mut dyn Write) -> Result<()> {
    for title in ["apple pie", "fish/chips", "../rules.txt", "/etc/hosts"] {
        let place = place(title).display().to_string().replace('\\', "/");
        writeln!(out, "{title:<14} → {place}")?;
    }
    Ok(())
}

// ANCHOR: keep
/// A number for a recipe, drawn by lot: five digits.
pub fn draw_number(conn: &Connection) -> rusqlite::Result<String> {
    // 1 draw the id
    let sql = "SELECT printf('%05d', abs(random() % 100000))";
    conn.query_one(sql, [], |row| row.get(0))
}

/// The letters of a title, the first twelve that are harmless.
fn short(title: &str) -> String {
    // 2 keep what is harmless
    let letters = title.chars().filter(char::is_ascii_lowercase);
    letters.take(12).collect()
}
// ANCHOR_END: keep

// ANCHOR: store
/// Stores a recipe of the member `from`, under its number.
fn store(club: &Path, number: &str, from: &str, title: &str) -> Result<()> {
    // 3 lay it out
    let name = format!("{number}-{}.txt", short(title));
    let mut file = File::create_new(club.join(name))?;
    write!(file, "from {from}\n{title}")?;
    Ok(())
}

/// The member who sent a recipe, and its title.
fn read(path: &Path) -> Result<(String, String)> {
    // 4 read it back
    let text = fs::read_to_string(path)?;
    let (line, title) = text.split_once('\n').ok_or("a single line")?;
    let from = line.strip_prefix("from ").ok_or("nobody sent it")?;
    Ok((from.to_owned(), title.to_owned()))
}
// ANCHOR_END: store

/// Three recipes, and what is read back.
///
/// # Errors
/// See [`joined`].
pub fn recipes(out: &mut dyn Write) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let club = folder.path().join("club");
    fs::create_dir(&club)?;
    store(&club, "48213", "Ada", "apple pie")?;
    store(&club, "07750", "Bo", "../rules.txt")?;
    store(&club, "91306", "Cleo", "soup\nfrom Dora")?;
    for name in [
        "48213-applepie.txt",
        "07750-rulestxt.txt",
        "91306-soupfromora.txt",
    ] {
        let (from, title) = read(&club.join(name))?;
        writeln!(out, "{name:<22} from {from:<5} {title:?}")?;
    }
    Ok(())
}

// ANCHOR: label
/// The label of a parcel: a number for the shelf, then what somebody wrote.
pub fn label(number: &str, words: &str) -> Result<String> {
    // refuse what is no number
    if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(format!("{number:?} is no number of a shelf").into());
    }
    Ok(format!("shelf {number}\n{words}"))
}

/// The number on a label, and the words.
pub fn read_label(label: &str) -> Result<(&str, &str)> {
    let (line, words) = label.split_once('\n').ok_or("no words")?;
    let number = line.trim_end().strip_prefix("shelf ").ok_or("no shelf")?;
    Ok((number, words))
}
// ANCHOR_END: label

/// The two revisions of a project, and what the database holds of them.
///
/// # Errors
/// See [`joined`].
pub fn bio(out: &mut dyn Write) -> Result<()> {
    let project = tempfile::tempdir()?;
    let dir = project.path().join("migrations");
    migrate_init::init(&dir, "sqlite:///app.db")?;
    let (first, second) = ("9f2c61d0b4a7", "3be80716c25d");
    for (id, parent, message) in [
        (first, None, "Initial migration."),
        (second, Some(first), "add user bio column"),
    ] {
        let result = revision_files::add(&dir, id, parent, message);
        answer(
            out,
            &format!("revision {message:?}"),
            result,
            project.path(),
        )?;
    }
    draw(out, &dir.join("versions"), 2)?;
    let about = dir.join(format!(
        "versions/{second}_add_user_bio_column/revision.txt"
    ));
    writeln!(out, "revision.txt of the second:")?;
    for line in fs::read_to_string(about)?.lines() {
        writeln!(out, "    {line}")?;
    }
    writeln!(
        out,
        "app.db is there: {}",
        project.path().join("app.db").exists()
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_path_that_begins_at_the_root_takes_the_place_of_the_folder() {
        let albums = Path::new("/home/ada/albums");
        for (name, folder) in [
            ("/tmp/new", "/tmp/new"),
            ("summer", "/home/ada/albums/summer"),
        ] {
            assert_eq!(albums.join(name), Path::new(folder));
        }
    }

    #[test]
    fn a_slug_may_be_made_of_the_words() {
        let message = "fix: users/posts (see \"../notes.txt\")";
        let page = include_str!("../../../src/07_migration_tool/02_revision_files.md");
        assert!(page.contains(message));
        assert!(page.contains(&revision_files::slug(message)));
    }

    #[test]
    fn two_copies_count_alike_and_draw_apart() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let next = |dir: &Path| -> Result<String> {
            let count = revision_files::load(dir)?.len();
            Ok(format!("{:03}", count + 1))
        };
        let mut numbers = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for name in ["ada", "bo"] {
            let dir = folder.path().join(name);
            migrate_init::init(&dir, "sqlite:///app.db")?;
            numbers.insert(next(&dir)?);
            let id = revision_files::new_id()?;
            revision_files::add(&dir, &id, None, "first")?;
            ids.insert(id);
        }
        assert_eq!((numbers.len(), ids.len()), (1, 2));
        Ok(())
    }

    #[test]
    fn a_revision_is_no_change_of_the_database() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let conn = Connection::open(folder.path().join("app.db"))?;
        conn.execute_batch("CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT)")?;
        let schema = || -> Result<String> {
            let sql = "SELECT group_concat(sql) || ' ' || (SELECT user_version FROM \
                       pragma_user_version) FROM sqlite_schema";
            Ok(conn.query_one(sql, [], |row| row.get(0))?)
        };
        let before = schema()?;
        let dir = folder.path().join("migrations");
        migrate_init::init(&dir, "sqlite:///app.db")?;
        let id = revision_files::new_id()?;
        let revision = revision_files::add(&dir, &id, None, "add user bio column")?;
        fs::write(
            revision.join("up.sql"),
            "ALTER TABLE users ADD COLUMN bio TEXT;\n",
        )?;
        assert_eq!(schema()?, before);
        assert_eq!(revision_files::load(&dir)?.len(), 1);
        Ok(())
    }

    #[test]
    fn numbers_of_recipes_have_five_digits() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        for _ in 0..100 {
            let number = draw_number(&conn)?;
            assert!(
                number.len() == 5 && number.parse::<u32>().is_ok(),
                "{number}"
            );
        }
        Ok(())
    }

    #[test]
    fn a_number_that_is_taken_is_refused() -> Result<()> {
        let folder = tempfile::tempdir()?;
        store(folder.path(), "00001", "Ada", "pie")?;
        assert!(store(folder.path(), "00001", "Bo", "pie").is_err());
        // But not one whose title is another: the file has another name.
        assert!(store(folder.path(), "00001", "Bo", "tart").is_ok());
        Ok(())
    }

    #[test]
    fn labels_are_read_back() -> Result<()> {
        for words in ["", "for Ada", "two\nlines", "shelf 9\n"] {
            assert_eq!(read_label(&label("12", words)?)?, ("12", words));
        }
        assert_eq!(read_label("shelf 12\r\nbooks")?, ("12", "books"));
        for number in ["", "1\n2", "x", "-1"] {
            assert!(label(number, "").is_err());
        }
        Ok(())
    }
}
