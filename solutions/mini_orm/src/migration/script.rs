//! The text of a step, taken apart into statements.

use super::step::Move;
use crate::{Error, Result};

/// The statements of a step.
pub(super) struct Script<'s>(pub Vec<&'s str>);

/// What a step may not do, since the transaction that it runs in is not its
/// own. What `VACUUM` and its like do would not be undone with the rest.
const REFUSED: [&str; 9] = [
    "BEGIN",
    "COMMIT",
    "END",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "ATTACH",
    "DETACH",
    "VACUUM",
];

impl<'s> Script<'s> {
    /// # Errors
    /// When a statement would begin or end a transaction.
    pub(super) fn of(taken: Move, text: &'s str) -> Result<Self> {
        let refused = |statement: usize, sql: &str, why| Error::StepRefused {
            step: taken.step,
            way: taken.way,
            statement,
            sql: sql.to_owned(),
            why,
        };
        let statements = split(text);
        for (index, (keyword, sql)) in statements.iter().enumerate() {
            let is = |word: &&str| keyword.eq_ignore_ascii_case(word);
            if REFUSED.iter().any(is) {
                let why = "a step runs in a transaction that is not its own";
                return Err(refused(index + 1, sql, why));
            }
            // SQLite reads no further than this.
            if sql.contains('\0') {
                return Err(refused(index + 1, sql, "it contains a NUL character"));
            }
        }
        Ok(Self(statements.into_iter().map(|(_, sql)| sql).collect()))
    }
}

/// The statements of a text: the word that each begins with, and its SQL
/// without the semicolon. A semicolon ends a statement unless it is in quotes,
/// in a comment or in the body of a trigger.
fn split(text: &str) -> Vec<(&str, &str)> {
    let mut statements = Vec::new();
    let mut state = State::Start;
    // The word that the statement begins with, its beginning and its end.
    let mut open: Option<(&str, usize, usize)> = None;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (token, length) = token(rest);
        let word = rest.get(..length).unwrap_or(rest);
        state = state.after(token, word);
        match (token, open) {
            (Token::Space, _) => {}
            (Token::Semicolon, Some((first, begin, _))) if state == State::Start => {
                statements.push((first, text.get(begin..at).unwrap_or_default()));
                open = None;
            }
            (Token::Semicolon, None) => {}
            (_, None) => open = Some((word, at, at + length)),
            (_, Some((first, begin, _))) => open = Some((first, begin, at + length)),
        }
        at += length;
    }
    if let Some((first, begin, end)) = open {
        statements.push((first, text.get(begin..end).unwrap_or_default()));
    }
    statements
}

/// Where in a statement a token is. As SQLite's own `sqlite3_complete`
/// (<https://sqlite.org/c3ref/complete.html>): only a trigger contains
/// semicolons, and only `;END;` ends it.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Explain,
    Create,
    Other,
    Trigger,
    TriggerSemicolon,
    TriggerEnd,
}

impl State {
    fn after(self, token: Token, word: &str) -> Self {
        let is = |keyword: &str| token == Token::Word && word.eq_ignore_ascii_case(keyword);
        match (self, token) {
            (_, Token::Space) => self,
            (Self::Trigger | Self::TriggerSemicolon, Token::Semicolon) => Self::TriggerSemicolon,
            (_, Token::Semicolon) => Self::Start,
            (Self::Start, _) if is("EXPLAIN") => Self::Explain,
            (Self::Start | Self::Explain, _) if is("CREATE") => Self::Create,
            (Self::Explain, _) if is("QUERY") || is("PLAN") => Self::Explain,
            (Self::Create, _) if is("TEMP") || is("TEMPORARY") => Self::Create,
            (Self::Create, _) if is("TRIGGER") => Self::Trigger,
            (Self::TriggerSemicolon, _) if is("END") => Self::TriggerEnd,
            (Self::Trigger | Self::TriggerSemicolon | Self::TriggerEnd, _) => Self::Trigger,
            _ => Self::Other,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Token {
    /// Blanks and comments.
    Space,
    Semicolon,
    /// A keyword, a name or a number.
    Word,
    /// Anything else, quotes with what is in them among it.
    Other,
}

/// The first token of a text that is not empty, and its length in bytes.
/// <https://sqlite.org/src/file/src/tokenize.c> is followed, where a byte-order
/// mark is a blank too.
fn token(text: &str) -> (Token, usize) {
    let first = text.chars().next().unwrap_or_default();
    let until = |end: &str, from: usize| {
        let found = text.get(from..).and_then(|rest| rest.find(end));
        found.map_or(text.len(), |found| from + found + end.len())
    };
    match first {
        ' ' | '\t' | '\n' | '\r' | '\x0c' | '\u{feff}' => (Token::Space, first.len_utf8()),
        '-' if text.starts_with("--") => (Token::Space, until("\n", 2)),
        '/' if text.starts_with("/*") && text.len() > 2 => (Token::Space, until("*/", 2)),
        ';' => (Token::Semicolon, 1),
        '\'' => (Token::Other, until("'", 1)),
        '"' => (Token::Other, until("\"", 1)),
        '`' => (Token::Other, until("`", 1)),
        '[' => (Token::Other, until("]", 1)),
        _ if in_word(first) => {
            let length = text.find(|next| !in_word(next)).unwrap_or(text.len());
            (Token::Word, length)
        }
        _ => (Token::Other, first.len_utf8()),
    }
}

fn in_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || character == '_'
        || character == '$'
        || !character.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|(_, sql)| sql).collect()
    }

    #[test]
    fn semicolons_part_statements() {
        assert_eq!(sql("a; b;c"), ["a", "b", "c"]);
        assert_eq!(sql(" ;; a ; ;"), ["a "]);
        for nothing in ["", " \n", ";", "-- a; b", "/* a; */ ;", "\u{feff}", "/* a"] {
            assert!(sql(nothing).is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn not_those_in_quotes_and_comments() {
        for one in [
            "SELECT ';'",
            "SELECT 'it''s;', \";\", [;], `;`",
            "SELECT 1 -- ; '",
            "SELECT /* ; ' */ 1",
            "SELECT \"a\"\"; b\"",
        ] {
            let both = format!("{one}\n; SELECT 2");
            assert_eq!(sql(&both).len(), 2, "{one}");
        }
    }

    #[test]
    fn not_those_in_a_trigger() {
        let trigger = "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN
            UPDATE a SET x = CASE WHEN 1 THEN 2 END; DELETE FROM b; END";
        for text in [trigger.to_owned(), format!("EXPLAIN QUERY PLAN {trigger}")] {
            assert_eq!(sql(&text), [text.as_str()]);
            let more = format!("{text} ; SELECT 1");
            assert_eq!(sql(&more).len(), 2);
        }
        // What only looks like the beginning of one is none.
        assert_eq!(sql("CREATE TABLE trigger_ (a); SELECT 1; END").len(), 3);
        assert_eq!(sql("CREATE INDEX i ON \"TRIGGER\" (a); SELECT 1").len(), 2);
    }

    #[test]
    fn the_first_word_is_told_whatever_stands_before_it() {
        for text in [
            "commit",
            "\u{feff}Commit",
            "/* a */ -- b\n\t COMMIT",
            ";\r\nCOMMIT TRANSACTION",
        ] {
            let words: Vec<&str> = split(text).into_iter().map(|(word, _)| word).collect();
            assert!(words[0].eq_ignore_ascii_case("commit"), "{text:?}");
        }
    }
}
