//! 1.9 A connection to rely on: an archive that is only read, and the list of
//! a counter.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("01_models/09_open_database/monday", monday),
    ("01_models/09_open_database/starts", starts),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

// ANCHOR: count_tables
/// How many tables the database has.
fn count_tables(path: &Path) -> rusqlite::Result<i64> {
    let conn = Connection::open(path)?;
    conn.query_one("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
}
// ANCHOR_END: count_tables

// ANCHOR: place
/// The file of an archive, which the variable ARCHIVE names: `year:2025`.
fn place(dir: &Path, get: impl Fn(&str) -> Option<String>) -> Result<PathBuf> {
    // 1 look it up
    let Some(archive) = get("ARCHIVE") else {
        return Err("ARCHIVE is not set; try year:2025".into());
    };
    // 2 take it apart
    match archive.strip_prefix("year:") {
        Some(year) if !year.is_empty() => Ok(dir.join(format!("{year}.db"))),
        _ => Err(format!("no archive: {archive}; try year:2025").into()),
    }
}
// ANCHOR_END: place

// ANCHOR: open_archive
/// Opens an archive. It is only read.
fn open_archive(path: &Path) -> Result<Connection> {
    // 3 open it, with the rights that you need
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| format!("opening {}: {error}", path.display()))?;
    // 4 look into it
    conn.query_one("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(|error| format!("looking into {}: {error}", path.display()))?;
    // 5 set it up
    conn.execute_batch("PRAGMA foreign_keys = ON")?;
    Ok(conn)
}
// ANCHOR_END: open_archive

// ANCHOR: open_lockers
/// Opens the list of lockers, whose path stands in the variable LOCKERS. The
/// counter writes into it. A list that is not there is an error.
pub fn open_lockers(get: impl Fn(&str) -> Option<String>) -> Result<Connection> {
    // 1 look it up
    let path = get("LOCKERS").ok_or("LOCKERS is not set; try lockers.db")?;
    // 2 take it apart: the whole text is the path
    // 3 open it, with the rights that you need
    let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // 4 look into it
    conn.query_one("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(|error| format!("looking into {path}: {error}"))?;
    // 5 set it up
    conn.execute_batch("PRAGMA foreign_keys = ON")?;
    Ok(conn)
}
// ANCHOR_END: open_lockers

/// The same program, started in two folders.
///
/// # Errors
/// When a file cannot be made; so for all that follow.
pub fn monday(out: &mut dyn Write) -> Result<()> {
    let folder = tempfile::tempdir()?;
    for name in ["office", "desk"] {
        fs::create_dir(folder.path().join(name))?;
    }
    let rooms = folder.path().join("office/rooms.db");
    Connection::open(&rooms)?.execute_batch("CREATE TABLE rooms (id INTEGER PRIMARY KEY)")?;
    for (day, name) in [("Friday", "office"), ("Monday", "desk")] {
        let folder = folder.path().join(name);
        writeln!(out, "{day}, before: in {name} there is {}", files(&folder)?)?;
        let tables = count_tables(&folder.join("rooms.db"))?;
        writeln!(
            out,
            "    started from {name}: count_tables returns {tables}"
        )?;
        writeln!(out, "{day}, after:  in {name} there is {}", files(&folder)?)?;
    }
    Ok(())
}

/// The files of a folder with their sizes.
fn files(folder: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (name, bytes) = (entry.file_name(), entry.metadata()?.len());
        files.push(format!("{}, {bytes} bytes", name.display()));
    }
    files.sort();
    Ok(match files.as_slice() {
        [] => "no file".to_owned(),
        files => files.join("; "),
    })
}

/// What becomes of five values of ARCHIVE.
///
/// # Errors
/// See [`monday`].
pub fn starts(out: &mut dyn Write) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let there = Connection::open(folder.path().join("2025.db"))?;
    there.execute_batch("CREATE TABLE loans (id INTEGER PRIMARY KEY)")?;
    fs::write(
        folder.path().join("1999.db"),
        "Loans of 1999: see the green book.\n",
    )?;
    for value in [
        None,
        Some("2025"),
        Some("year:2024"),
        Some("year:1999"),
        Some("year:2025"),
    ] {
        let said = start(folder.path(), value);
        let said = said.map_or_else(|error| format!("Err: {error}"), |_| "Ok".to_owned());
        let folder = folder.path().display().to_string();
        let said = said.replace(&folder, "folder").replace('\\', "/");
        writeln!(out, "{}\n    {said}", value.unwrap_or("(not set)"))?;
    }
    Ok(())
}

fn start(folder: &Path, archive: Option<&str>) -> Result<Connection> {
    let path = place(folder, |name| {
        (name == "ARCHIVE").then(|| archive.map(str::to_owned))?
    })?;
    open_archive(&path)
}

#[cfg(test)]
mod tests {
    use mini_orm::{Location, Options};

    use super::*;

    #[test]
    fn a_relative_path_begins_in_the_current_directory() -> Result<()> {
        let relative: Location = "sqlite:///data/shop.db".parse()?;
        assert_eq!(relative, Location::File("data/shop.db".into()));
        let absolute = std::path::absolute("data/shop.db")?;
        assert_eq!(absolute, std::env::current_dir()?.join("data/shop.db"));
        let absolute: Location = "sqlite:////srv/shop.db".parse()?;
        assert_eq!(absolute, Location::File("/srv/shop.db".into()));
        Ok(())
    }

    #[test]
    fn opening_reads_nothing_and_a_setting_reads_nothing() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("letter.txt");
        let letter = "Dear school,\n".repeat(100);
        fs::write(&path, &letter)?;
        let conn = Connection::open(&path)?;
        conn.execute_batch("PRAGMA foreign_keys = ON")?;
        let error = conn
            .execute_batch("CREATE TABLE plants (id INTEGER)")
            .unwrap_err();
        assert_eq!(error.to_string(), "file is not a database");
        drop(conn);
        assert_eq!(fs::read_to_string(&path)?, letter);
        Ok(())
    }

    #[test]
    fn a_default_hides_a_slip_in_a_name() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| folder.path().join(name).display().to_string();
        let there = Connection::open(path("shop.db"))?;
        there.execute_batch("CREATE TABLE orders (id INTEGER)")?;
        let get = |name: &str| (name == "ORDER_DB").then(|| path("shop.db"));
        let opened = get("ORDERS_DB").unwrap_or_else(|| path("orders.db"));
        assert_eq!(count_tables(Path::new(&opened))?, 0);
        assert!(folder.path().join("orders.db").exists());
        Ok(())
    }

    #[test]
    fn flags_decide_whether_a_file_is_made() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("new.db");
        for flags in [
            OpenFlags::SQLITE_OPEN_READ_ONLY,
            OpenFlags::SQLITE_OPEN_READ_WRITE,
        ] {
            assert!(Connection::open_with_flags(&path, flags).is_err());
            assert!(!path.exists());
        }
        let create = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let made = Connection::open_with_flags(&path, create)?;
        made.execute_batch("CREATE TABLE rooms (id INTEGER)")?;
        let read = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        assert!(read.execute_batch("INSERT INTO rooms VALUES (1)").is_err());
        let again = Connection::open_with_flags(&path, create)?;
        assert_eq!(
            again.query_one("SELECT count(*) FROM rooms", [], |row| row.get(0)),
            Ok(0)
        );
        Ok(())
    }

    /// What the page says under *Limits of the five steps*.
    #[test]
    fn a_file_of_one_byte_passes_for_an_empty_database() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("short.db");
        for (text, passes) in [("", true), ("x", true), ("xy", false)] {
            fs::write(&path, text)?;
            assert_eq!(open_archive(&path).is_ok(), passes, "{text:?}");
            assert_eq!(fs::read_to_string(&path)?, text);
        }
        Ok(())
    }

    #[test]
    fn reading_in_wal_mode_makes_two_files() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("shop.db");
        let first = Connection::open(&path)?;
        first.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE rooms (id INTEGER)")?;
        drop(first);
        let before = fs::read(&path)?;
        assert!(files(folder.path())?.starts_with("shop.db, "));
        assert!(!files(folder.path())?.contains(';'));
        let read = open_archive(&path)?;
        for end in ["-wal", "-shm"] {
            assert!(folder.path().join(format!("shop.db{end}")).exists());
        }
        drop(read);
        assert_eq!(fs::read(&path)?, before);
        Ok(())
    }

    #[test]
    fn a_setting_is_not_kept_in_the_file() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("shop.db");
        let is_on = |conn: &Connection| {
            conn.pragma_query_value(None, "foreign_keys", |row| row.get::<_, bool>(0))
        };
        let first = Connection::open(&path)?;
        // The SQLite that rusqlite bundles is built to begin with them on.
        assert!(is_on(&first)?);
        first.execute_batch("CREATE TABLE rooms (id INTEGER); PRAGMA foreign_keys = OFF")?;
        assert!(!is_on(&first)?);
        drop(first);
        assert!(is_on(&Connection::open(&path)?)?);
        Ok(())
    }

    #[test]
    fn lockers_are_opened_if_they_are_there() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("lockers.db").display().to_string();
        let get = |name: &str| (name == "LOCKERS").then(|| path.clone());
        assert!(open_lockers(|_| None).is_err());
        assert!(open_lockers(get).is_err());
        assert!(!Path::new(&path).exists());
        Connection::open(&path)?.execute_batch("CREATE TABLE lockers (label TEXT)")?;
        open_lockers(get)?.execute_batch("INSERT INTO lockers VALUES ('A1')")?;
        fs::write(&path, "Lockers: ask Iris.\n")?;
        let error = open_lockers(get).unwrap_err().to_string();
        assert!(error.contains(&path), "{error}");
        Ok(())
    }

    /// What the page says of `mini_orm`.
    #[test]
    fn mini_orm_has_the_three_steps() -> Result<()> {
        let url = mini_orm::database_url(|_| Some("sqlite::memory:".to_owned()))?;
        let location: Location = url.parse()?;
        let conn = mini_orm::open(&location, &Options::new().create())?;
        assert_eq!(
            conn.pragma_query_value(None, "foreign_keys", |row| row.get(0)),
            Ok(true)
        );
        Ok(())
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/01_models/09_open_database.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
