//! Marked regions: what an author writes to say which lines are the answer and
//! what the starter shows in their place.
//!
//! ```text
//!     //: answer
//!     conn.execute_batch("CREATE TABLE …")
//!     //: starter
//!     //| todo!("create the table on {conn:?}")
//!     //: end
//! ```
//!
//! The `starter` half may be missing; what it shows may be a blank or wrong
//! code to be fixed. Files other than Rust use `--` (SQL) or `#` for `//`.

use std::ops::Range;

use anyhow::{Result, bail};

/// Which of the two texts a marked file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Complete, without markers: what is shown as the solution.
    Solution,
    /// Incomplete: where the learner begins.
    Starter,
}

/// A file split at its markers.
#[derive(Debug)]
pub(crate) struct Regions<'s> {
    pieces: Vec<Piece<'s>>,
}

#[derive(Debug)]
enum Piece<'s> {
    Shared(&'s str),
    Marked {
        answer: Vec<&'s str>,
        starter: Vec<String>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Shared,
    Answer,
    Starter,
}

impl<'s> Regions<'s> {
    /// Splits `source`, whose comments begin as those of `path` do.
    ///
    /// # Errors
    ///
    /// When a marker is out of place; the message gives the line.
    pub(crate) fn parse(path: &str, source: &'s str) -> Result<Self> {
        let comment = comment_of(path);
        let mut pieces = Vec::new();
        let mut within = Within::Shared;
        let mut indent = String::new();
        let (mut answer, mut starter) = (Vec::new(), Vec::new());
        for (index, line) in source.lines().enumerate() {
            let at = format!("{path}:{}", index + 1);
            let body = line.trim_start();
            let marker = body
                .strip_prefix(comment)
                .and_then(|rest| rest.strip_prefix(": "))
                .map(str::trim);
            match (marker, within) {
                (Some("answer"), Within::Shared) => {
                    line.get(..line.len() - body.len())
                        .unwrap_or_default()
                        .clone_into(&mut indent);
                    within = Within::Answer;
                }
                (Some("starter"), Within::Answer) => within = Within::Starter,
                (Some("end"), Within::Answer | Within::Starter) => {
                    pieces.push(Piece::Marked {
                        answer: std::mem::take(&mut answer),
                        starter: std::mem::take(&mut starter),
                    });
                    within = Within::Shared;
                }
                (Some(word @ ("answer" | "starter" | "end")), _) => {
                    bail!(
                        "{at}: the marker `{comment}: {word}` is out of place; the order is answer, starter, end"
                    )
                }
                (Some(word), _) if !word.contains(' ') => {
                    bail!(
                        "{at}: there is no marker `{word}`; the markers are answer, starter and end"
                    )
                }
                (_, Within::Shared) => pieces.push(Piece::Shared(line)),
                (_, Within::Answer) => answer.push(line),
                (_, Within::Starter) => match body
                    .strip_prefix(comment)
                    .and_then(|rest| rest.strip_prefix('|'))
                {
                    Some("") => starter.push(String::new()),
                    Some(text) => {
                        let text = text.strip_prefix(' ').unwrap_or(text);
                        starter.push(format!("{indent}{text}"));
                    }
                    None => bail!(
                        "{at}: between `starter` and `end` every line begins with `{comment}| `"
                    ),
                },
            }
        }
        if within != Within::Shared {
            bail!("{path}: the last `{comment}: answer` has no `{comment}: end`");
        }
        Ok(Regions { pieces })
    }

    /// One of the two texts, without markers. An empty line is dropped where
    /// cutting a region out left two in a row, or one after an opening brace.
    pub(crate) fn text(&self, kind: Kind) -> String {
        let mut text = String::new();
        let mut cut = false;
        for piece in &self.pieces {
            let lines: Vec<&str> = match (piece, kind) {
                (Piece::Shared(line), _) => vec![line],
                (Piece::Marked { answer, .. }, Kind::Solution) => answer.clone(),
                (Piece::Marked { starter, .. }, Kind::Starter) => {
                    starter.iter().map(String::as_str).collect()
                }
            };
            cut = cut || (lines.is_empty() && kind == Kind::Starter);
            for line in lines {
                let dangling = text.is_empty() || text.ends_with("\n\n") || text.ends_with("{\n");
                if cut && line.is_empty() && dangling {
                    continue;
                }
                cut = false;
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    /// The complete text, and where in it, in bytes, the answers lie.
    pub(crate) fn answers(&self) -> (String, Vec<Range<usize>>) {
        let text = self.text(Kind::Solution);
        let mut ranges = Vec::new();
        let mut at = 0;
        for piece in &self.pieces {
            match piece {
                Piece::Shared(line) => at += line.len() + 1,
                Piece::Marked { answer, .. } => {
                    let length: usize = answer.iter().map(|line| line.len() + 1).sum();
                    ranges.push(at..at + length);
                    at += length;
                }
            }
        }
        (text, ranges)
    }

    /// Every line of every answer, trimmed.
    pub(crate) fn answer_lines(&self) -> impl Iterator<Item = &str> {
        self.pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Marked { answer, .. } => Some(answer),
                Piece::Shared(_) => None,
            })
            .flatten()
            .map(|line| line.trim())
    }
}

fn comment_of(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("sql") => "--",
        Some("toml") => "#",
        _ => "//",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
use a::A;
//: answer
use a::B;
//: end

fn f() {
    //: answer
    B::go();
    //: starter
    //| todo!(\"go\")
    //|
    //|     // deeper
    //: end
}
";

    #[test]
    fn both_texts_come_out_of_one_file() {
        let regions = Regions::parse("src/lib.rs", SOURCE).unwrap();
        assert_eq!(
            regions.text(Kind::Solution),
            "use a::A;\nuse a::B;\n\nfn f() {\n    B::go();\n}\n"
        );
        assert_eq!(
            regions.text(Kind::Starter),
            "use a::A;\n\nfn f() {\n    todo!(\"go\")\n\n        // deeper\n}\n"
        );
        assert_eq!(
            regions.answer_lines().collect::<Vec<_>>(),
            ["use a::B;", "B::go();"]
        );
    }

    #[test]
    fn a_cut_leaves_no_doubled_blank_line() {
        let source = "a\n\n//: answer\nb\n//: end\n\nc\n";
        let regions = Regions::parse("x.rs", source).unwrap();
        assert_eq!(regions.text(Kind::Starter), "a\n\nc\n");
        assert_eq!(regions.text(Kind::Solution), "a\n\nb\n\nc\n");
    }

    #[test]
    fn sql_has_its_own_comment() {
        let source = "--: answer\nSELECT 1;\n--: starter\n--| -- your query\n--: end\n";
        let regions = Regions::parse("up.sql", source).unwrap();
        assert_eq!(regions.text(Kind::Starter), "-- your query\n");
    }

    #[test]
    fn a_misplaced_marker_is_named_with_its_line() {
        for (source, expected) in [
            ("//: end\n", "x.rs:1: the marker `//: end` is out of place"),
            (
                "//: answer\n//: answer\n",
                "x.rs:2: the marker `//: answer` is out of place",
            ),
            (
                "//: answer\n//: starter\nlet x;\n//: end\n",
                "x.rs:3: between `starter` and `end`",
            ),
            (
                "//: answer\n",
                "x.rs: the last `//: answer` has no `//: end`",
            ),
            ("//: anwser\n", "x.rs:1: there is no marker `anwser`"),
        ] {
            let error = Regions::parse("x.rs", source).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
