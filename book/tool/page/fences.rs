//! Code on a page: SQL that runs on the page's database, and what is shown of
//! it.

use super::Writer;
use crate::directive;
use crate::scan::Fence;
use crate::sql::Outcome;
use crate::table;

/// Languages a fence may have.
const LANGUAGES: [&str; 8] = [
    "sql", "rust", "text", "toml", "console", "diff", "python", "json",
];
const SQL_FLAGS: [&str; 6] = ["run", "predict", "fails", "new", "faded", "fragment"];

impl Writer<'_> {
    /// A fence of our own making.
    pub(super) fn code(&mut self, info: &str, code: &str) {
        if self.folded == 0 {
            self.count(code);
        }
        let marks = fence_marks(code);
        self.page
            .markdown
            .push_str(&format!("\n{marks}{info}\n{code}\n{marks}\n\n"));
    }

    pub(super) fn folded(&mut self, summary: &str, info: &str, code: &str) {
        let marks = fence_marks(code);
        self.page.markdown.push_str(&format!(
            "\n<details><summary>{summary}</summary>\n\n{marks}{info}\n{code}\n{marks}\n\n</details>\n\n"
        ));
    }

    fn count(&mut self, code: &str) {
        let shape = &mut self.page.shape;
        shape.code_blocks += 1;
        shape.longest_block = shape.longest_block.max(code.lines().count());
    }

    pub(super) fn fence(&mut self, number: usize, fence: &Fence) {
        let code = fence.code();
        if !fence.is_closed {
            self.find(number, "the fence is never closed");
        }
        if code.trim().is_empty() {
            self.find(number, "the code block is empty");
        }
        if code.contains("{{#") {
            self.find(number, "a directive does nothing inside a fence");
        }
        if !LANGUAGES.contains(&fence.language.as_str()) {
            let written = if fence.language.is_empty() {
                "the fence has no language".to_owned()
            } else {
                format!("the fence has the language {:?}", fence.language)
            };
            self.find(
                number,
                format!("{written}; allowed: {}", LANGUAGES.join(", ")),
            );
        }
        if self.folded == 0 {
            self.count(&code);
        }
        match fence.language.as_str() {
            "sql" => self.sql(number, fence, &code),
            "rust" => {
                if fence.flags != ["fragment"] {
                    self.find(
                        number,
                        format!(
                            "Rust that is shown is compiled: write {}, or ```rust,fragment for a line that is no program",
                            directive::usage("listing")
                        ),
                    );
                }
                self.page.markdown.push_str(&retagged(fence, "rust,ignore"));
            }
            _ => self.page.markdown.push_str(&fence.write()),
        }
    }

    fn sql(&mut self, number: usize, fence: &Fence, code: &str) {
        for flag in &fence.flags {
            if !SQL_FLAGS.contains(&flag.as_str()) {
                self.find(
                    number,
                    format!(
                        "sql fences know no {flag:?}; allowed: {}",
                        SQL_FLAGS.join(", ")
                    ),
                );
            }
        }
        if fence.has("fragment") {
            self.page.markdown.push_str(&retagged(fence, "sql"));
            return;
        }
        if fence.has("new") {
            self.database = None;
        }
        let whole = code.replace(['⟦', '⟧'], "");
        let outcomes = match self.database() {
            Ok(database) => database.run(&whole),
            Err(message) => return self.find(number, message),
        };
        let refused = match outcomes.last() {
            Some(Outcome::Refused(message)) => Some(message.clone()),
            _ => None,
        };
        match (refused, fence.has("fails")) {
            (Some(message), false) => {
                self.find(number, format!("SQLite refuses this fence: {message}"));
            }
            (None, true) => self.find(
                number,
                "the fence is marked `fails`, and SQLite refuses none of its statements",
            ),
            _ => {}
        }
        if fence.has("fails") {
            self.page.shape.broken += 1;
        }
        if fence.has("faded") {
            self.faded(number, fence, &whole);
        } else {
            let info: Vec<&str> = ["sql", "run", "fails", "new"]
                .into_iter()
                .filter(|word| *word == "sql" || fence.has(word))
                .collect();
            self.page
                .markdown
                .push_str(&retagged(fence, &info.join(",")));
        }
        if fence.has("run") {
            self.page.shape.states += 1;
            let result = table::result(&outcomes);
            if fence.has("predict") {
                self.page.shape.predictions += 1;
                self.block(&format!(
                    "<details class=\"predict\"><summary>What happens?</summary>{result}</details>"
                ));
            } else {
                self.block(&result);
            }
        }
    }

    fn faded(&mut self, number: usize, fence: &Fence, whole: &str) {
        let mut shown = String::new();
        let mut in_gap = false;
        for letter in fence.code().chars() {
            match letter {
                '⟦' => {
                    in_gap = true;
                    shown.push_str("____");
                }
                '⟧' => in_gap = false,
                _ if in_gap => {}
                other => shown.push(other),
            }
        }
        if !shown.contains("____") {
            self.find(number, "a faded fence marks its gaps: ⟦NOT NULL⟧");
        }
        let marks = fence_marks(whole);
        self.page
            .markdown
            .push_str(&format!("\n{marks}sql\n{shown}\n{marks}\n"));
        self.folded("The gaps filled", "sql", whole);
    }
}

fn retagged(fence: &Fence, info: &str) -> String {
    let mut words = info.split(',').map(str::to_owned);
    Fence {
        language: words.next().unwrap_or_default(),
        flags: words.collect(),
        ..fence.clone()
    }
    .write()
}

/// More backticks than the code has in a row.
fn fence_marks(code: &str) -> String {
    let mut longest = 2;
    let mut run = 0;
    for letter in code.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat(longest + 1)
}
