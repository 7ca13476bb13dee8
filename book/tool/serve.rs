//! Shows the built book on this machine, and builds it again when something
//! changes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Response, Server, StatusCode};

use crate::builder::build;
use crate::places::Places;
use crate::preprocessor::Rigor;

/// How long between two looks at the files.
const PAUSE: Duration = Duration::from_millis(250);
/// Where a page asks how often the book has been built.
const BUILDS: &str = "/.builds";
/// Ends every page: it asks, and loads itself again when the answer changes.
const RELOAD: &str = "<script>(() => { let seen; const ask = async () => { try { \
    const now = await (await fetch('/.builds')).text(); \
    if (seen !== undefined && seen !== now) location.reload(); seen = now; } catch {} \
    setTimeout(ask, 500); }; ask(); })();</script>";

/// Serves until it is stopped.
///
/// # Errors
/// When the first build fails or the port cannot be had.
pub fn serve(places: &Places, port: u16) -> Result<()> {
    let folder = build(places, None, Rigor::Draft)?;
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        anyhow!("listening on port {port}: {error}; choose another with --port")
    })?;
    let builds = Arc::new(AtomicU64::new(1));
    println!(
        "The book is at http://{}; Ctrl-C ends this.",
        server.server_addr()
    );
    let watcher = {
        let (places, builds) = (places.clone(), Arc::clone(&builds));
        thread::Builder::new()
            .name("watcher".to_owned())
            .spawn(move || watch(&places, &builds))
            .context("starting to watch the files")?
    };
    for request in server.incoming_requests() {
        let response = answer(&folder, request.url(), builds.load(Ordering::Relaxed));
        // A reader who has gone is no error.
        let _ = request.respond(response);
    }
    drop(watcher);
    Ok(())
}

fn watch(places: &Places, builds: &AtomicU64) {
    let mut seen = stamps(places);
    loop {
        thread::sleep(PAUSE);
        let now = stamps(places);
        if now == seen {
            continue;
        }
        seen = now;
        let start = Instant::now();
        match build(places, None, Rigor::Draft) {
            Ok(_) => {
                builds.fetch_add(1, Ordering::Relaxed);
                println!("Built again in {:.1} s.", start.elapsed().as_secs_f32());
            }
            Err(error) => eprintln!("{error:#}\nThe last book that could be built is still shown."),
        }
    }
}

/// When each file that the book is made from was last changed.
fn stamps(places: &Places) -> BTreeMap<PathBuf, Option<SystemTime>> {
    let book = places.book();
    let mut stamps = BTreeMap::new();
    let mut waiting: Vec<PathBuf> = [
        "src", "quizzes", "schemas", "assets", "attempts", "listings",
    ]
    .iter()
    .map(|folder| book.join(folder))
    .chain([places.solutions()])
    .collect();
    waiting.push(book.clone());
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if !path.is_dir() {
                let changed = entry.metadata().and_then(|data| data.modified()).ok();
                stamps.insert(path, changed);
            } else if folder != book {
                waiting.push(path);
            }
        }
    }
    stamps
}

type Page = Response<Box<dyn std::io::Read + Send>>;

fn answer(folder: &Path, url: &str, builds: u64) -> Page {
    if url == BUILDS {
        return text(200, "text/plain", builds.to_string().into_bytes());
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let Some(file) = find(folder, path) else {
        let page = fs::read(folder.join("404.html")).unwrap_or_else(|_| b"not found".to_vec());
        return text(404, "text/html; charset=utf-8", page);
    };
    let kind = kind(&file);
    if kind.starts_with("text/html") {
        return match fs::read_to_string(&file) {
            Ok(page) => text(200, kind, with_reload(&page).into_bytes()),
            Err(error) => text(500, "text/plain", error.to_string().into_bytes()),
        };
    }
    match File::open(&file) {
        Ok(file) => with_kind(Response::from_file(file), kind).boxed(),
        Err(error) => text(500, "text/plain", error.to_string().into_bytes()),
    }
}

fn with_reload(page: &str) -> String {
    match page.rfind("</body>") {
        Some(end) => {
            let (before, after) = page.split_at(end);
            format!("{before}{RELOAD}{after}")
        }
        None => format!("{page}{RELOAD}"),
    }
}

fn text(status: u16, kind: &str, body: Vec<u8>) -> Page {
    with_kind(Response::from_data(body), kind)
        .with_status_code(StatusCode(status))
        .boxed()
}

fn with_kind<R: std::io::Read>(response: Response<R>, kind: &str) -> Response<R> {
    [("Content-Type", kind), ("Cache-Control", "no-store")]
        .iter()
        .filter_map(|(name, value)| header(name, value))
        .fold(response, Response::with_header)
}

/// Of our own constants, which are all legal.
fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name.as_bytes(), value.as_bytes()).ok()
}

/// The file of an address; none that lies outside of the folder.
fn find(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = percent(path)?;
    let mut file = folder.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part == ".." || part == "." || part.contains(['\\', ':']) {
            return None;
        }
        file.push(part);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

/// `%20` becomes a space.
fn percent(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        let digits = std::str::from_utf8(&digits).ok()?;
        out.push(u8::from_str_radix(digits, 16).ok()?);
    }
    String::from_utf8(out).ok()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book");
        fs::create_dir_all(book.join("a b")).unwrap();
        fs::write(folder.path().join("secret"), "").unwrap();
        fs::write(book.join("a b/index.html"), "").unwrap();
        assert_eq!(find(&book, "/a%20b/"), Some(book.join("a b/index.html")));
        for path in [
            "/../secret",
            "/%2e%2e/secret",
            "/a b/../../secret",
            "/%zz",
            "/nothing",
        ] {
            assert_eq!(find(&book, path), None, "{path}");
        }
    }

    #[test]
    fn a_page_asks_for_news_before_its_body_ends() {
        let page = with_reload("<body>x</body>");
        assert!(page.starts_with("<body>x<script>") && page.ends_with("</script></body>"));
    }
}
