//! 7.1 A repository for migrations: lists of guests at the door of a theater.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::{answer, draw};
use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("07_migration_tool/01_migrate_init/packed", packed),
    ("07_migration_tool/01_migrate_init/evenings", evenings),
    ("07_migration_tool/01_migrate_init/twice", twice),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

// ANCHOR: pack
/// Packs a box: a list, and a note in a folder of that name.
fn pack(dir: &Path) -> io::Result<()> {
    fs::create_dir(dir)?;
    fs::write(dir.join("list"), "two lamps\n")?;
    fs::write(dir.join("list/note"), "take care\n")
}
// ANCHOR_END: pack

/// What two calls of [`pack`] return and leave.
///
/// # Errors
/// When a file cannot be made; so for all that follow.
pub fn packed(out: &mut dyn Write) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let dir = folder.path().join("box");
    let first = pack(&dir).map_err(|_| "the third line failed".into());
    answer(out, "first call", first, folder.path())?;
    draw(out, &dir, 2)?;
    let second = pack(&dir).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => "the first line failed, the folder already exists".into(),
        _ => error.into(),
    });
    answer(out, "second call", second, folder.path())?;
    draw(out, &dir, 2)
}

// ANCHOR: publish
/// Puts up the guests of an evening, at `list`, where the door reads them.
fn publish(list: &Path, guests: &[&str]) -> Result<()> {
    // 1 refuse what is in use
    if list.exists() {
        return Err(format!("{} is there already", list.display()).into());
    }
    // 2 fill it where nobody looks
    let draft = list.with_added_extension("draft");
    File::create_new(&draft).map_err(|error| format!("{}: {error}", draft.display()))?;
    let done = write_all(&draft, guests)
        // 3 give it its name
        .and_then(|()| fs::rename(&draft, list));
    // 4 clear up after a failure
    if done.is_err() {
        fs::remove_file(&draft)?;
    }
    Ok(done?)
}
// ANCHOR_END: publish

fn write_all(list: &Path, guests: &[&str]) -> io::Result<()> {
    let mut file = File::create(list)?;
    for guest in guests {
        if guest.is_empty() {
            return Err(io::Error::other("a guest without a name"));
        }
        writeln!(file, "{guest}")?;
    }
    Ok(())
}

/// Three tries to put up a list.
///
/// # Errors
/// See [`packed`].
pub fn evenings(out: &mut dyn Write) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let door = folder.path().join("door");
    fs::create_dir(&door)?;
    for (name, guests) in [
        ("friday", ["Ada", "Bo", "Cleo"]),
        ("friday", ["Dora", "Emil", "Fay"]),
        ("saturday", ["Gil", "", "Hana"]),
    ] {
        let result = publish(&door.join(name), &guests);
        answer(out, &format!("{name}, {guests:?}"), result, folder.path())?;
        draw(out, &door, 2)?;
    }
    let friday = fs::read_to_string(door.join("friday"))?;
    let friday: Vec<&str> = friday.lines().collect();
    writeln!(out, "friday holds {friday:?}")?;
    Ok(())
}

// ANCHOR: close_season
/// At the end of the season, the folder of the lists becomes an archive.
pub fn close_season(lists: &Path, archive: &Path) -> Result<()> {
    // 1 refuse what is in use: anything but nothing, or an empty folder
    let is_free = match fs::read_dir(archive) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if !is_free {
        return Err(format!("{} is in use", archive.display()).into());
    }
    // 2 it was filled all year
    // 3 give it its name
    fs::rename(lists, archive)?;
    // 4 nothing to clear up: a rename that fails changes nothing
    Ok(())
}
// ANCHOR_END: close_season

/// `init` once, and twice more: it is refused, and an edited file stays.
///
/// # Errors
/// See [`packed`].
pub fn twice(out: &mut dyn Write) -> Result<()> {
    let project = tempfile::tempdir()?;
    let dir = project.path().join("migrations");
    let init = || migrate_init::init(&dir, "sqlite:///app.db");
    answer(out, "init", init(), project.path())?;
    draw(out, &dir, 2)?;
    let template = dir.join("template.sql");
    fs::write(&template, "-- Ask Ada before you drop a column.\n")?;
    writeln!(out, "    … template.sql is edited …")?;
    for call in ["init again", "and again"] {
        answer(out, call, init(), project.path())?;
    }
    writeln!(
        out,
        "template.sql: {}",
        fs::read_to_string(&template)?.trim_end()
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page says of a program that was killed between 2 and 3.
    #[test]
    fn a_draft_that_was_left_is_named() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let list = folder.path().join("friday");
        fs::write(list.with_added_extension("draft"), "Ada")?;
        let error = publish(&list, &["Bo"]).unwrap_err().to_string();
        assert!(error.contains("friday.draft"), "{error}");
        assert!(!list.exists());
        Ok(())
    }

    #[test]
    fn an_error_takes_nothing_back() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let export = |name: &str, row: Option<&str>| {
            let row = row.ok_or("a row is missing")?;
            fs::write(folder.path().join(name), row)?;
            Ok::<_, Box<dyn Error>>(())
        };
        let all = || -> Result<()> {
            export("pets.csv", Some("Rex,dog"))?;
            export("visits.csv", None)?;
            export("bills.csv", Some("30"))
        };
        assert!(all().is_err());
        assert_eq!(
            fs::read_to_string(folder.path().join("pets.csv"))?,
            "Rex,dog"
        );
        assert!(!folder.path().join("visits.csv").exists());
        assert!(!folder.path().join("bills.csv").exists());
        Ok(())
    }

    #[test]
    fn write_replaces_and_create_dir_all_is_content() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let readme = folder.path().join("README");
        fs::write(&readme, "Notes of three years.\n")?;
        fs::create_dir_all(folder.path())?;
        fs::write(&readme, "A new project.\n")?;
        assert_eq!(fs::read_to_string(&readme)?, "A new project.\n");
        assert!(fs::create_dir(folder.path()).is_err());
        assert!(File::create_new(&readme).is_err());
        Ok(())
    }

    /// A reader that has the old file open reads it to its end; one that opens
    /// the path anew reads the new one.
    #[cfg(unix)]
    #[test]
    fn a_rename_replaces_a_whole_file_by_a_whole_file() -> Result<()> {
        use std::io::Read;
        let folder = tempfile::tempdir()?;
        let (prices, draft) = (folder.path().join("prices"), folder.path().join("draft"));
        fs::write(&prices, "old\n".repeat(1000))?;
        fs::write(&draft, "new\n".repeat(500))?;
        let mut reader = File::open(&prices)?;
        let mut start = [0; 400];
        reader.read_exact(&mut start)?;
        fs::rename(&draft, &prices)?;
        let mut rest = String::new();
        reader.read_to_string(&mut rest)?;
        assert_eq!(rest, "old\n".repeat(900));
        assert_eq!(fs::read_to_string(&prices)?, "new\n".repeat(500));
        Ok(())
    }

    #[test]
    fn a_second_init_is_refused_and_keeps_every_file() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let dir = folder.path().join("migrations");
        migrate_init::init(&dir, "sqlite:///clinic.db")?;
        for number in 1..=3 {
            fs::write(dir.join(format!("versions/{number}")), "SELECT 1;\n")?;
        }
        let error = migrate_init::init(&dir, "sqlite:///clinic.db").unwrap_err();
        assert!(error.to_string().contains("migrations"), "{error}");
        assert_eq!(fs::read_dir(dir.join("versions"))?.count(), 4);
        let url = migrate_init::setting(&dir, "database_url")?;
        assert_eq!(url, "sqlite:///clinic.db");
        Ok(())
    }

    #[test]
    fn a_list_is_put_up_whole_or_not_at_all() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let list = folder.path().join("friday");
        assert!(publish(&list, &["Ada", ""]).is_err());
        assert_eq!(fs::read_dir(folder.path())?.count(), 0);
        publish(&list, &["Ada", "Bo"])?;
        assert!(publish(&list, &["Cleo"]).is_err());
        assert_eq!(fs::read_to_string(&list)?, "Ada\nBo\n");
        fs::write(folder.path().join("sunday.draft"), "of somebody\n")?;
        assert!(publish(&folder.path().join("sunday"), &["Dora"]).is_err());
        let draft = fs::read_to_string(folder.path().join("sunday.draft"))?;
        assert_eq!(draft, "of somebody\n");
        Ok(())
    }

    #[test]
    fn a_season_is_closed_once() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let (lists, archive) = (folder.path().join("lists"), folder.path().join("2025"));
        fs::create_dir(&lists)?;
        fs::write(lists.join("friday"), "Ada\n")?;
        fs::create_dir(&archive)?;
        close_season(&lists, &archive)?;
        assert!(archive.join("friday").exists() && !lists.exists());
        fs::create_dir(&lists)?;
        fs::write(lists.join("friday"), "Bo\n")?;
        assert!(close_season(&lists, &archive).is_err());
        assert_eq!(fs::read_to_string(archive.join("friday"))?, "Ada\n");
        fs::write(folder.path().join("note"), "")?;
        assert!(close_season(&lists, &folder.path().join("note")).is_err());
        Ok(())
    }

    /// What the page says of a line with two signs.
    #[test]
    fn a_line_is_cut_at_its_first_sign() {
        let line = "database_url = sqlite:///app.db?mode=rw";
        assert_eq!(
            line.split_once('='),
            Some(("database_url ", " sqlite:///app.db?mode=rw"))
        );
    }
}
