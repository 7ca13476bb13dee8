//! Text that fits a terminal: tables, cut values, folded repetitions.

/// Columns of a terminal that a table may take.
const WIDTH: usize = 76;
/// Characters shown of one value.
const VALUE: usize = 40;

/// At most so many characters on one line, the rest as `…`.
pub(crate) fn cut(text: &str, characters: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= characters {
        return line;
    }
    let mut kept: String = line.chars().take(characters.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

/// Each text on a line, repetitions that follow one another as `× n`.
pub(crate) fn fold<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut folded: Vec<(&str, usize)> = Vec::new();
    for text in texts {
        match folded.last_mut() {
            Some((last, count)) if *last == text => *count += 1,
            _ => folded.push((text, 1)),
        }
    }
    folded
        .into_iter()
        .map(|(text, count)| match count {
            1 => cut(text, WIDTH - 4),
            _ => format!("{}  × {count}", cut(text, WIDTH - 12)),
        })
        .collect()
}

/// One line of a table: a marker and its values.
pub(crate) struct Line {
    pub(crate) marker: char,
    pub(crate) values: Vec<String>,
}

/// A table with a marker before each line. Columns are padded; the widest are
/// narrowed until a line fits.
pub(crate) fn draw(columns: &[String], lines: &[Line]) -> String {
    let count = lines
        .iter()
        .map(|line| line.values.len())
        .chain([columns.len()])
        .max()
        .unwrap_or(0);
    let mut widths = vec![1; count];
    for row in lines
        .iter()
        .map(|line| &line.values)
        .chain([&columns.to_vec()])
    {
        for (width, value) in widths.iter_mut().zip(row) {
            *width = (*width).max(cut(value, VALUE).chars().count());
        }
    }
    narrow(&mut widths);
    let mut out = String::new();
    if !columns.is_empty() {
        out.push_str(&row(' ', columns, &widths));
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        out.push_str(&format!("  {}", rule.join("─┼─")));
        out.push('\n');
    }
    for line in lines {
        out.push_str(&row(line.marker, &line.values, &widths));
    }
    out.truncate(out.trim_end().len());
    out
}

/// Two columns of text that belong together line by line.
pub(crate) struct Beside<'a> {
    pub(crate) left: &'a str,
    pub(crate) right: &'a str,
    pub(crate) lines: &'a [(String, String)],
}

impl Beside<'_> {
    /// With a rule below the titles. The right side gets what it needs up to
    /// half of the width, the left side the rest.
    pub(crate) fn draw(&self) -> String {
        let room = WIDTH - " │ ".len();
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| text.chars().count()).max().unwrap_or(0)
        };
        let lefts = &mut self.lines.iter().map(|(left, _)| left.as_str());
        let rights = &mut self.lines.iter().map(|(_, right)| right.as_str());
        let (left, right) = (
            widest(lefts).max(self.left.chars().count()),
            widest(rights).max(self.right.chars().count()),
        );
        let right = right.min((room / 2).max(room.saturating_sub(left)));
        let left = left.min(room - right);
        let line = |one: &str, other: &str| {
            let (one, other) = (clip(one, left), clip(other, right));
            format!("{one:<left$} │ {other}").trim_end().to_owned()
        };
        let mut out = vec![line(self.left, self.right)];
        out.push(format!("{}─┼─{}", "─".repeat(left), "─".repeat(right)));
        out.extend(self.lines.iter().map(|(one, other)| line(one, other)));
        out.join("\n")
    }
}

/// Like [`cut`], with the spaces as they are.
fn clip(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

fn row(marker: char, values: &[String], widths: &[usize]) -> String {
    let cells: Vec<String> = values
        .iter()
        .zip(widths)
        .map(|(value, width)| format!("{:<width$}", cut(value, *width)))
        .collect();
    format!("{marker} {}", cells.join(" │ "))
        .trim_end()
        .to_owned()
        + "\n"
}

fn narrow(widths: &mut [usize]) {
    let room = WIDTH - 2;
    while widths.iter().sum::<usize>() + 3 * widths.len().saturating_sub(1) > room {
        let Some(widest) = widths.iter_mut().max() else {
            return;
        };
        if *widest <= 3 {
            return;
        }
        *widest -= 1;
    }
}
