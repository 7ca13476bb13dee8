//! Fits prose into the width of the terminal.

/// Breaks `text` at spaces so that no line is wider than `width` columns; a
/// word that is wider stays whole, and so does a line that begins with a space
/// (a table, code).
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with(' ') || line.chars().count() <= width {
            lines.push(line.to_owned());
            continue;
        }
        let mut current = String::new();
        for word in line.split(' ') {
            let wider = current.chars().count() + 1 + word.chars().count() > width;
            if wider && !current.is_empty() {
                lines.push(std::mem::take(&mut current));
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines
}

/// `label`, and beside it `text`, wrapped, each line indented alike.
pub(crate) fn hanging(label: &str, column: usize, text: &str, width: usize) -> String {
    let mut out = String::new();
    let lines = wrap(text, width.saturating_sub(column).max(20));
    for (index, line) in lines.iter().enumerate() {
        if index == 0 {
            let gap = column.saturating_sub(2 + label.chars().count());
            out.push_str(&format!(
                "  {}{}",
                super::style::paint(super::style::STRONG, label),
                " ".repeat(gap)
            ));
        } else if !line.is_empty() {
            out.push_str(&" ".repeat(column));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_but_for_a_long_word() {
        let lines = wrap(
            "aaa bbb ccc dddddddddddd e\n  a table that stays as it is",
            7,
        );
        assert_eq!(
            lines,
            [
                "aaa bbb",
                "ccc",
                "dddddddddddd",
                "e",
                "  a table that stays as it is"
            ]
        );
    }
}
