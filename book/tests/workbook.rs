//! The workbook's own pages.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

use book::{Places, Rigor, Workbook};
use flate2::Compression;
use flate2::write::GzEncoder;

fn places() -> Places {
    Places::new(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
}

/// Every built page by its path.
fn pages() -> &'static BTreeMap<String, String> {
    static PAGES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let folder = built();
        let mut pages = BTreeMap::new();
        let mut waiting = vec![folder.to_owned()];
        while let Some(next) = waiting.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path);
                } else if path.extension().is_some_and(|ending| ending == "html") {
                    let shown = path.strip_prefix(folder).unwrap().display().to_string();
                    pages.insert(shown, fs::read_to_string(&path).unwrap());
                }
            }
        }
        pages
    })
}

/// The folder of the book, built once.
fn built() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            book::build(&places(), Some(folder.path()), Rigor::Strict)
                .unwrap_or_else(|error| panic!("{error:#}"));
            folder
        })
        .path()
}

/// Pages with text of their own.
fn read_by_people() -> impl Iterator<Item = (&'static String, &'static String)> {
    pages()
        .iter()
        .filter(|(path, _)| !["toc.html", "404.html", "print.html"].contains(&path.as_str()))
}

#[test]
fn every_fact_is_taught_or_planned() {
    let book = Workbook::from_disk(&places()).unwrap();
    println!("{}", book.summary());
    assert_eq!(book.findings.0, []);
    assert_eq!(book.coverage.covered + book.coverage.planned, 182);
}

#[test]
fn what_runs_print_and_the_checker_says_is_as_recorded() {
    let now = book::record(&places()).unwrap();
    let recorded = book::recorded(&places()).unwrap();
    for (path, text) in &now {
        assert_eq!(
            recorded.get(path),
            Some(text),
            "{path} has changed; `cargo run -p book -- capture` records it anew"
        );
    }
    let unused: Vec<_> = recorded
        .keys()
        .filter(|path| !now.contains_key(*path))
        .collect();
    assert!(unused.is_empty(), "no page shows {unused:?}");
}

#[test]
fn a_page_weighs_less_than_140_kilobytes() {
    let mut heaviest = (0, "");
    for (path, page) in read_by_people() {
        let mut weight = gzip(page.as_bytes());
        for file in linked(page) {
            let folder = Path::new(path).parent().unwrap();
            let bytes = fs::read(built().join(folder).join(&file)).unwrap();
            weight += gzip(&bytes);
        }
        heaviest = heaviest.max((weight, path.as_str()));
        assert!(weight < 140_000, "{path} weighs {weight} bytes");
    }
    println!(
        "the heaviest page is {} with {} bytes",
        heaviest.1, heaviest.0
    );
    assert!(heaviest.0 > 10_000, "nothing was weighed");
}

fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// Styles and scripts that the page loads when it is opened.
fn linked(page: &str) -> Vec<String> {
    page.split(['<'])
        .filter(|tag| tag.starts_with("script ") || tag.starts_with("link rel=\"stylesheet\""))
        .flat_map(|tag| [" src=\"", " href=\""].map(|name| tag.split(name).nth(1)))
        .flatten()
        .filter_map(|rest| rest.split('"').next())
        .filter(|file| !file.contains("fonts"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_page_is_there_before_any_script_runs() {
    for (path, page) in read_by_people() {
        let body = page.split_once("<main>").unwrap().1;
        let body = body.split_once("</main>").unwrap().0;
        let mut text = String::new();
        for part in body.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        assert!(
            text.split_whitespace().count() > 100,
            "{path} is empty without scripts"
        );
        assert!(!body.contains("<script"), "{path} has a script in its text");
    }
}

#[test]
fn every_figure_has_a_text() {
    let mut figures = 0;
    for (path, page) in read_by_people() {
        for figure in page.split("<svg ").skip(1) {
            let figure = figure.split("</svg>").next().unwrap();
            if figure.contains("role=\"img\"") {
                figures += 1;
                assert!(
                    figure.contains("<title id=") && figure.contains("<desc id="),
                    "{path}"
                );
            }
        }
        for image in page.split("<img ").skip(1) {
            let image = image.split('>').next().unwrap();
            assert!(
                image.contains("alt=\"") && !image.contains("alt=\"\""),
                "{path}: {image}"
            );
        }
    }
    assert!(figures > 10, "{figures} figures");
}

#[test]
fn ids_occur_once_on_the_page_that_is_printed() {
    let print = &pages()["print.html"];
    let mut seen = BTreeMap::new();
    for id in print.split(" id=\"").skip(1) {
        *seen.entry(id.split('"').next().unwrap()).or_insert(0) += 1;
    }
    let twice: Vec<_> = seen.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
