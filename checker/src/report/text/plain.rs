//! Text of others, made safe for a terminal.

/// `text` with nothing in it that a terminal would obey: control characters
/// are shown as what they are called. Lines stay, tabs become spaces.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => plain.push('\n'),
            '\t' => plain.push_str("    "),
            control if control.is_control() => plain.extend(control.escape_default()),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        assert_eq!(
            plain("a\tb\n\u{1b}[2J\r\u{9b}é"),
            "a    b\n\\u{1b}[2J\\r\\u{9b}é"
        );
    }
}
