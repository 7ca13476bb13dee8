//! Small tables.

/// Characters shown of one value.
const VALUE: usize = 40;
/// A column is not made narrower than this.
const NARROWEST: usize = 3;

/// Column names, a rule, and lines of values, in at most `width` columns where
/// that can be; values that do not fit end in `…`.
pub(crate) fn grid(columns: &[&str], lines: &[Vec<String>], width: usize) -> Vec<String> {
    let head: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
    let mut widths: Vec<usize> = vec![1; head.len()];
    for line in lines.iter().chain([&head]) {
        for (width, value) in widths.iter_mut().zip(line) {
            *width = (*width).max(value.chars().count().min(VALUE));
        }
    }
    narrow(&mut widths, width);
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let row = |values: &Vec<String>| {
        let cells: Vec<String> = values
            .iter()
            .zip(&widths)
            .map(|(value, width)| format!("{:<width$}", cut(value, *width)))
            .collect();
        cells.join(" │ ").trim_end().to_owned()
    };
    let mut drawn = vec![row(&head), rule.join("─┼─")];
    drawn.extend(lines.iter().map(row));
    drawn
}

/// Takes from the widest until all fit.
fn narrow(widths: &mut [usize], room: usize) {
    let between = 3 * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + between > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => return,
        }
    }
}

/// At most so many characters.
pub(crate) fn cut(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way_first() {
        let lines = vec![
            vec!["1".to_owned(), "a".repeat(30)],
            vec!["20".to_owned(), "é".to_owned()],
        ];
        assert_eq!(
            grid(&["id", "body"], &lines, 15),
            ["id │ body", "───┼───────────", "1  │ aaaaaaaaa…", "20 │ é"]
        );
    }
}
