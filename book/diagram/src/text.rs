//! Text in a picture: how wide it is, and what is cut.

/// Longer names lose their middle.
pub(crate) const NAME: usize = 24;
/// Longer types lose their end.
pub(crate) const TYPE: usize = 18;

/// A name or a type that stands in a box: at most `most` letters wide, and
/// without letters that cannot be seen or that turn the text around.
pub(crate) fn shown(text: &str, most: usize) -> String {
    let clean: Vec<char> = text.chars().map(visible).collect();
    let total: usize = clean.iter().copied().map(letters).sum();
    if total <= most {
        return clean.into_iter().collect();
    }
    // The end tells columns apart as often as the beginning does.
    let tail = most / 3;
    let mut out = String::new();
    let mut used = 0;
    for letter in &clean {
        used += letters(*letter);
        if used + 1 + tail > most {
            break;
        }
        out.push(*letter);
    }
    out.push('…');
    let mut end = Vec::new();
    let mut used = 0;
    for letter in clean.iter().rev() {
        used += letters(*letter);
        if used > tail {
            break;
        }
        end.push(*letter);
    }
    out.extend(end.into_iter().rev());
    out
}

/// How many letters of a monospaced font the text is wide.
pub(crate) fn wide(text: &str) -> usize {
    text.chars().map(letters).sum()
}

/// For element content and attribute values. mdBook's directives begin with
/// a brace.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().map(visible) {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '{' => out.push_str("&#123;"),
            other => out.push(other),
        }
    }
    out
}

fn letters(letter: char) -> usize {
    match u32::from(letter) {
        0x0300..=0x036f | 0x200b..=0x200d | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff => 2,
        0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff => 2,
        0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// A letter that an XML file may hold and a reader can see.
pub(crate) fn visible(letter: char) -> char {
    match letter {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
        '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        control if control.is_control() => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(shown("name", 24), "name");
        let cut = shown("a_table_with_a_name_that_goes_on_and_on", 24);
        assert_eq!(cut, "a_table_with_a_…n_and_on");
        assert_eq!(wide(&cut), 24);
        assert_eq!(shown("VARCHAR", 7), "VARCHAR");
    }

    #[test]
    fn wide_letters_take_two_places() {
        assert_eq!(wide("科目"), 4);
        for most in 4..30 {
            assert!(wide(&shown(&"科目グループ".repeat(6), most)) <= most);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_marked() {
        assert_eq!(shown("a\u{202e}b\nc\u{0}", 24), "a�b�c�");
        assert_eq!(escape("<{{#x}}>\n"), "&lt;&#123;&#123;#x}}&gt;�");
    }
}
