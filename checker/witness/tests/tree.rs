//! What a folder holds, and what somebody sees of it meanwhile.

mod support;

use std::fs;
use std::io;
use std::path::Path;

use support::graded;
use witness::Outcome;
use witness::prelude::*;

/// A shop with a list, and an empty drawer.
fn shop(w: &Witness) -> Outcome<std::path::PathBuf> {
    let shop = w.folder().join("shop");
    fs::create_dir_all(shop.join("drawer"))?;
    fs::write(shop.join("list.txt"), "two lamps\n")?;
    Ok(shop)
}

fn holds(paths: &'static [&'static str]) {
    check(move |w| {
        shop(w)?;
        w.expect_files("shop", paths)
    });
}

fn stays(code: fn(&Path) -> io::Result<()>, added: &'static [&'static str]) {
    check(move |w| {
        let shop = shop(w)?;
        let before = w.tree("shop")?;
        code(&shop)?;
        before.expect_added(added)
    });
}

fn seen(code: fn(&Path) -> io::Result<()>) {
    check(move |w| {
        let shelf = w.folder().join("shelf");
        let seen = w.looking_at(&shelf, || code(&shelf))?;
        w.run(|| seen.result.as_ref().map_err(ToString::to_string))?;
        seen.at_once()
    });
}

/// The same for a shelf that is there, with nothing on it.
fn seen_empty(code: fn(&Path) -> io::Result<()>) {
    check(move |w| {
        let shelf = w.folder().join("shelf");
        fs::create_dir(&shelf)?;
        let seen = w.looking_at(&shelf, || code(&shelf))?;
        w.run(|| seen.result.as_ref().map_err(ToString::to_string))?;
        seen.at_once()
    });
}

fn fill(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)?;
    for number in 0..2000 {
        fs::write(folder.join(format!("{number}.txt")), "a box")?;
        std::thread::yield_now();
    }
    Ok(())
}

macro_rules! cases {
    ($($name:ident: $body:expr),* $(,)?) => {$(
        #[test]
        #[ignore = "run by a test"]
        fn $name() {
            $body
        }
    )*};
}

cases! {
    all_files: holds(&["list.txt", "drawer/"]),
    a_file_is_missing: holds(&["list.txt", "drawer/pen.txt", "drawer/cap.txt"]),
    a_folder_for_a_file: holds(&["list.txt", "drawer"]),
    nothing_there: check(|w| w.expect_files("stall", &["list.txt"])),
    untouched: stays(|_| Ok(()), &[]),
    rewritten: stays(|shop| fs::write(shop.join("list.txt"), "two lamps\n"), &[]),
    changed: stays(|shop| fs::write(shop.join("list.txt"), "one lamp\n"), &[]),
    changed_late: stays(
        |shop| fs::write(shop.join("list.txt"), format!("{}!", "two lamps ".repeat(9))),
        &[],
    ),
    changed_late_again: check(|w| {
        let shop = shop(w)?;
        let list = |end: &str| fs::write(shop.join("list.txt"), "two lamps ".repeat(9) + end);
        list("and a chair")?;
        let before = w.tree("shop")?;
        list("and a table")?;
        before.expect_unchanged()
    }),
    emptied: stays(|shop| fs::write(shop.join("list.txt"), ""), &[]),
    thrown_away: stays(|shop| fs::remove_dir_all(shop), &[]),
    in_its_own_folder: check(|w| {
        shop(w)?;
        let before = w.tree(w.folder())?;
        fs::write(w.folder().join("out.txt"), "?")?;
        before.expect_unchanged()
    }),
    more: stays(|shop| fs::write(shop.join("drawer/a\n\u{1b}[31m name"), "?"), &[]),
    as_wished: stays(|shop| fs::write(shop.join("drawer/pen.txt"), "blue"), &["drawer/pen.txt"]),
    in_the_wrong_place: stays(|shop| fs::write(shop.join("pen.txt"), "blue"), &["drawer/pen.txt"]),
    many: stays(
        |shop| {
            (0..60).try_for_each(|number| fs::write(shop.join(format!("drawer/{number:02}")), "?"))
        },
        &[],
    ),
    put_there_at_once: seen(|shelf| {
        fill(&shelf.with_extension("new"))?;
        fs::rename(shelf.with_extension("new"), shelf)
    }),
    filled_before_all_eyes: seen(fill),
    put_in_its_place: seen_empty(|shelf| {
        fill(&shelf.with_extension("new"))?;
        fs::rename(shelf.with_extension("new"), shelf)
    }),
    moved_in_one_by_one: seen_empty(|shelf| {
        let new = shelf.with_extension("new");
        fs::create_dir(&new)?;
        for name in ["a", "b"] {
            fs::write(new.join(name), "")?;
            fs::rename(new.join(name), shelf.join(name))?;
        }
        Ok(())
    }),
    refused: seen_empty(|_| Ok(())),
    it_panics: seen(|_| panic!("no room")),
}

#[test]
fn the_files_of_a_folder_are_compared() {
    graded("all_files").assert_passed();
    insta::assert_snapshot!(graded("a_file_is_missing").failure().message);
    for check in ["a_file_is_missing", "a_folder_for_a_file", "nothing_there"] {
        insta::assert_snapshot!(check, graded(check).failure().diff.unwrap());
    }
}

#[test]
fn what_changed_in_a_folder_is_drawn() {
    for check in ["untouched", "rewritten", "as_wished"] {
        graded(check).assert_passed();
    }
    for check in [
        "changed",
        "changed_late",
        "changed_late_again",
        "emptied",
        "thrown_away",
        "more",
        "in_its_own_folder",
        "in_the_wrong_place",
    ] {
        insta::assert_snapshot!(check, graded(check).failure().diff.unwrap());
    }
}

#[test]
fn a_drawing_fits_a_screen() {
    let diff = graded("many").failure().diff.unwrap();
    assert_eq!(diff.lines().count(), 26, "{diff}");
    assert!(
        diff.contains("      60 more") || diff.contains("more"),
        "{diff}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    graded("a_link_to_itself").assert_passed();
}

#[cfg(unix)]
#[test]
#[ignore = "run by a test"]
fn a_link_to_itself() {
    check(|w| {
        let shop = shop(w)?;
        std::os::unix::fs::symlink(&shop, shop.join("drawer/back"))?;
        let before = w.tree("shop")?;
        before.expect_unchanged()?;
        let link = w.expect_files("shop", &["list.txt", "drawer/back"]);
        expect_that(link.is_err(), "a link is taken for a file")
    });
}

#[test]
fn somebody_who_looks_sees_all_or_nothing() {
    graded("put_there_at_once").assert_passed();
    let failure = graded("filled_before_all_eyes").failure();
    insta::assert_snapshot!(failure.message);
    assert_eq!(
        failure.expected.unwrap(),
        "what was there before, or all 2000 files"
    );
    graded("put_in_its_place").assert_passed();
    graded("refused").assert_passed();
    assert_eq!(graded("it_panics").panic().message, "no room");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_filled_where_it_is_is_never_missed() {
    let failure = graded("moved_in_one_by_one").failure();
    assert_eq!(
        failure.observed.unwrap(),
        "the folder was filled where it was, file by file"
    );
}
