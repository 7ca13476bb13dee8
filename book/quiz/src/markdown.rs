//! The little Markdown that quizzes use: `code` and [links](#heading).

/// A piece of a text.
enum Piece<'a> {
    Words(&'a str),
    /// With its backticks.
    Code(&'a str),
    Link {
        text: &'a str,
        target: &'a str,
    },
}

/// For the terminal: code keeps its backticks, a link becomes its text.
#[must_use]
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for piece in pieces(markdown) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Code(code) => out.push_str(code),
            Piece::Link { text, .. } => out.push_str(&plain(text)),
        }
    }
    out
}

/// It shows something: code, or the way to it.
pub(crate) fn points(markdown: &str) -> bool {
    pieces(markdown)
        .iter()
        .any(|piece| !matches!(piece, Piece::Words(_)))
}

/// Where its links lead.
pub(crate) fn targets(markdown: &str) -> Vec<&str> {
    let target = |piece| match piece {
        Piece::Link { target, .. } => Some(target),
        _ => None,
    };
    pieces(markdown).into_iter().filter_map(target).collect()
}

/// `[[primary key]]`, which only pages understand.
pub(crate) fn has_glossary_link(markdown: &str) -> bool {
    pieces(markdown)
        .iter()
        .any(|piece| matches!(piece, Piece::Words(words) if words.contains("[[")))
}

/// `<word>` outside of code, which a browser takes for a tag.
pub(crate) fn has_tag(markdown: &str) -> bool {
    let opens = |words: &str| {
        let mut after = words.split('<').skip(1);
        after.any(|rest| {
            rest.starts_with(|first: char| first.is_alphabetic() || "/!?".contains(first))
        })
    };
    pieces(markdown)
        .iter()
        .any(|piece| matches!(piece, Piece::Words(words) if opens(words)))
}

/// How many letters of it are seen.
pub(crate) fn width(markdown: &str) -> usize {
    let plain = plain(markdown);
    plain.chars().filter(|letter| *letter != '`').count()
}

fn pieces(markdown: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = markdown;
    let mut from = 0;
    while let Some(found) = rest
        .get(from..)
        .and_then(|tail| tail.find(['`', '[']))
        .map(|found| from + found)
    {
        let (before, tail) = rest.split_at(found);
        let Some((piece, length)) = code(tail).or_else(|| link(tail)) else {
            from = found
                + tail
                    .chars()
                    .take_while(|letter| *letter == '`')
                    .count()
                    .max(1);
            continue;
        };
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(piece);
        rest = tail.get(length..).unwrap_or_default();
        from = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// A code span at the beginning of `tail`, and its length.
fn code(tail: &str) -> Option<(Piece<'_>, usize)> {
    let marks = tail.chars().take_while(|letter| *letter == '`').count();
    let inside = tail.get(marks..).filter(|_| marks > 0)?;
    let end = inside.match_indices('`').find_map(|(at, _)| {
        let begins = !inside.get(..at)?.ends_with('`');
        let run = inside.get(at..)?.chars().take_while(|l| *l == '`').count();
        (begins && run == marks).then_some(marks + at + run)
    })?;
    Some((Piece::Code(tail.get(..end)?), end))
}

/// A link at the beginning of `tail`, and its length.
fn link(tail: &str) -> Option<(Piece<'_>, usize)> {
    let inside = tail.strip_prefix('[')?;
    let close = inside.find("](")?;
    let text = inside.get(..close).filter(|text| !text.starts_with('['))?;
    let after = inside.get(close + 2..)?;
    let end = after.find(')')?;
    let target = after.get(..end)?;
    Some((Piece::Link { text, target }, close + end + 4))
}

#[cfg(test)]
mod tests {
    use super::{has_glossary_link, has_tag, plain, points, targets, width};

    #[test]
    fn links_become_their_text_and_code_stays() {
        assert_eq!(
            plain("See [the `id` column](#ids): `a[1](x)` and [] stay."),
            "See the `id` column: `a[1](x)` and [] stay."
        );
        assert_eq!(
            plain("one ` and ``two ` marks``"),
            "one ` and ``two ` marks``"
        );
        assert_eq!(plain("[a](#b)[c](#d)"), "ac");
    }

    #[test]
    fn code_and_links_point() {
        assert!(points("look at `id`"));
        assert!(points("[there](#there)"));
        assert!(!points("one ` [alone] (here)"));
    }

    #[test]
    fn links_inside_code_lead_nowhere() {
        assert_eq!(targets("[a](#b) `[c](#d)` [e](f.md)"), ["#b", "f.md"]);
        assert!(has_glossary_link("a [[primary key]]"));
        assert!(!has_glossary_link("`[[question]]`"));
    }

    #[test]
    fn tags_are_seen_outside_of_code() {
        assert!(has_tag("an Option<String>"));
        assert!(has_tag("</p>"));
        assert!(!has_tag("`Option<String>`, 1 < 2, a <- b"));
    }

    #[test]
    fn width_is_what_is_seen() {
        assert_eq!(width("[`ä`b](#a-long-way)"), 2);
    }
}
