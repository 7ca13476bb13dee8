//! A script of SQL as single statements.

/// The statements of `sql`, without the semicolons between them.
pub(crate) fn statements(sql: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut begin = 0;
    let mut at = 0;
    while let Some(rest) = sql.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, token) = token(rest);
        at += length;
        match token {
            Token::Blank => {
                if words.is_empty() {
                    begin = at;
                }
            }
            Token::Word(word) => words.push(word),
            Token::Other => words.push(String::new()),
            Token::End if is_inside_trigger(&words) => words.push(";".to_owned()),
            Token::End => {
                if !words.is_empty() {
                    found.extend(sql.get(begin..at - length).map(str::trim_end));
                }
                words.clear();
                begin = at;
            }
        }
    }
    if !words.is_empty() {
        found.extend(sql.get(begin..).map(str::trim_end));
    }
    found
}

enum Token {
    /// Space or a comment.
    Blank,
    Word(String),
    Other,
    /// A semicolon.
    End,
}

/// The first token of `rest`, and its length in bytes.
fn token(rest: &str) -> (usize, Token) {
    let until = |end: &str, from: usize| {
        rest.get(from..)
            .and_then(|tail| tail.find(end))
            .map_or(rest.len(), |found| from + found + end.len())
    };
    let first = rest.chars().next().unwrap_or_default();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    if rest.starts_with("--") {
        return (until("\n", 2), Token::Blank);
    }
    if rest.starts_with("/*") {
        return (until("*/", 2), Token::Blank);
    }
    match first {
        ';' => (1, Token::End),
        // A doubled quote is two strings side by side: the end is the same.
        '\'' => (until("'", 1), Token::Other),
        '"' => (until("\"", 1), Token::Other),
        '`' => (until("`", 1), Token::Other),
        '[' => (until("]", 1), Token::Other),
        letter if letter.is_whitespace() => (letter.len_utf8(), Token::Blank),
        letter if is_word(letter) => {
            let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or_default();
            (length, Token::Word(word.to_ascii_uppercase()))
        }
        letter => (letter.len_utf8(), Token::Other),
    }
}

/// A trigger ends with `; END`, not with its first semicolon.
fn is_inside_trigger(words: &[String]) -> bool {
    let mut first = words
        .iter()
        .filter(|word| !matches!(word.as_str(), "TEMP" | "TEMPORARY"));
    let begins = first.next().is_some_and(|word| word == "CREATE")
        && first.next().is_some_and(|word| word == "TRIGGER");
    let ends = matches!(words, [.., semicolon, end] if semicolon == ";" && end == "END");
    begins && !ends
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn semicolons_part_statements() {
        assert_eq!(
            statements("SELECT 1;\n SELECT 2 ;"),
            ["SELECT 1", "SELECT 2"]
        );
        assert_eq!(statements("SELECT 1"), ["SELECT 1"]);
        assert_eq!(statements(" ;; -- nothing\n"), [""; 0]);
    }

    #[test]
    fn those_in_texts_names_and_comments_do_not() {
        for sql in [
            "SELECT 'a;''b;'",
            "SELECT \";\", `;`, [;]",
            "SELECT 1 -- one; two\n, 2",
            "SELECT /* ; */ 'ä;'",
        ] {
            assert_eq!(statements(&format!("{sql}; SELECT 2")), [sql, "SELECT 2"]);
        }
    }

    #[test]
    fn a_trigger_is_one_statement() {
        let trigger = "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN\n  UPDATE a SET b = CASE WHEN 1 THEN 2 END;\n  DELETE FROM c;\nEND";
        assert_eq!(
            statements(&format!("{trigger}; SELECT 2;")),
            [trigger, "SELECT 2"]
        );
    }
}
