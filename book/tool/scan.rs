//! A page as a sequence of pieces: prose, fenced code, directives.

/// A piece, with the line where it begins (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) line: usize,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line that is none of the others.
    Prose(String),
    /// A line that begins with `{{#`.
    Directive(String),
    Fence(Fence),
}

/// Fenced code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    /// What stands before the backticks: spaces and `>`.
    pub(crate) indent: String,
    /// Backticks or tildes.
    pub(crate) marks: String,
    /// `sql`.
    pub(crate) language: String,
    /// `run`, `fails`.
    pub(crate) flags: Vec<String>,
    pub(crate) body: Vec<String>,
    pub(crate) is_closed: bool,
}

impl Fence {
    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|given| given == flag)
    }

    pub(crate) fn code(&self) -> String {
        self.body.join("\n")
    }

    pub(crate) fn write(&self) -> String {
        let mut words = vec![self.language.clone()];
        words.extend(self.flags.iter().cloned());
        let mut out = format!("{}{}{}\n", self.indent, self.marks, words.join(","));
        for line in &self.body {
            out.push_str(&self.indent);
            out.push_str(line);
            out.push('\n');
        }
        out.push_str(&self.indent);
        out.push_str(&self.marks);
        out.push('\n');
        out
    }
}

/// The pieces of a page whose first line bears the number `first`.
pub(crate) fn pieces(text: &str, first: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let number = first + index;
        if let Some(mut fence) = opening(line) {
            for (_, line) in lines.by_ref() {
                let inside = line.strip_prefix(&fence.indent).unwrap_or(line);
                if is_closing(inside, &fence.marks) {
                    fence.is_closed = true;
                    break;
                }
                fence.body.push(inside.to_owned());
            }
            pieces.push(Piece {
                line: number,
                kind: Kind::Fence(fence),
            });
        } else {
            let kind = if line.trim_start().starts_with("{{#") {
                Kind::Directive(line.to_owned())
            } else {
                Kind::Prose(line.to_owned())
            };
            pieces.push(Piece { line: number, kind });
        }
    }
    pieces
}

fn opening(line: &str) -> Option<Fence> {
    let start = line.find(|letter: char| !letter.is_whitespace() && letter != '>')?;
    let (indent, rest) = line.split_at(start);
    let mark = rest
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let count = rest.chars().take_while(|letter| *letter == mark).count();
    let info = rest.get(count..)?;
    if count < 3 || (mark == '`' && info.contains('`')) {
        return None;
    }
    let mut words = info
        .split([',', ' '])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned);
    Some(Fence {
        indent: indent.to_owned(),
        marks: mark.to_string().repeat(count),
        language: words.next().unwrap_or_default(),
        flags: words.collect(),
        body: Vec::new(),
        is_closed: false,
    })
}

fn is_closing(line: &str, marks: &str) -> bool {
    let line = line.trim();
    line.len() >= marks.len() && line.chars().all(|letter| marks.starts_with(letter))
}

/// Whether each byte of a line of prose stands outside of `code`.
pub(crate) fn outside_code(line: &str) -> Vec<bool> {
    let mut outside = vec![true; line.len()];
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte != b'`' {
            at += 1;
            continue;
        }
        let run = bytes
            .iter()
            .skip(at)
            .take_while(|byte| **byte == b'`')
            .count();
        let marks = "`".repeat(run);
        let body = at + run;
        let end = line
            .get(body..)
            .and_then(|rest| rest.find(&marks))
            .map_or(body, |found| body + found + run);
        for slot in outside.iter_mut().take(end).skip(at) {
            *slot = false;
        }
        at = end;
    }
    outside
}
