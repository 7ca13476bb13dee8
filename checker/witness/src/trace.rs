//! What the code under test sent to SQLite, counted and examined.
//!
//! A statement is seen when it starts, over any connection of the check and
//! on any thread. If none is seen the code may have set a trace of its own:
//! then an expectation fails as "could not be observed", it never passes.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::evidence::Statement;
use crate::failure::{Failure, Outcome};
use crate::rows::Cell;
use crate::watch::{Seen, Watch};
use rusqlite::types::Value;

/// The statements of a check from a moment on. It goes on counting.
#[derive(Clone, Debug)]
pub struct Trace {
    watch: Arc<Watch>,
    start: usize,
}

/// Some of the statements of a [`Trace`].
#[derive(Clone, Debug)]
pub struct Statements {
    what: String,
    chosen: Vec<Seen>,
    all: Vec<Seen>,
}

impl Trace {
    pub(crate) fn from_here(watch: &Arc<Watch>) -> Self {
        Self {
            watch: Arc::clone(watch),
            start: watch.seen_count(),
        }
    }

    fn seen(&self) -> Vec<Seen> {
        self.watch.seen_since(self.start)
    }

    /// The statements that begin with these words, whatever their case, such
    /// as `"SELECT"` or `"INSERT INTO pets"`. A comment before them is skipped,
    /// and `WITH … SELECT` begins with `WITH`.
    #[must_use]
    pub fn statements(&self, words: &str) -> Statements {
        let all = self.seen();
        let chosen = all.iter().filter(|seen| begins_with(&seen.sql, words));
        Statements {
            what: format!("{words} statements"),
            chosen: chosen.cloned().collect(),
            all,
        }
    }

    /// Every statement.
    #[must_use]
    pub fn all(&self) -> Statements {
        let all = self.seen();
        Statements {
            what: "statements".to_owned(),
            chosen: all.clone(),
            all,
        }
    }

    /// The texts, oldest first, with their placeholders.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.sql).collect()
    }

    /// Over how many connections statements were sent.
    #[must_use]
    pub fn connections(&self) -> usize {
        let seen = self.seen();
        let numbers: BTreeSet<u32> = seen.iter().map(|seen| seen.connection).collect();
        numbers.len()
    }

    /// Whether the value was bound, not pasted into the text of a statement.
    /// Choose a value that occurs in no statement by chance.
    ///
    /// # Errors
    /// When some statement's text contains the value, when no statement was
    /// seen, and when none was given the value.
    pub fn no_text_built_in(&self, value: impl Cell) -> Outcome {
        let value = match value.into_value() {
            Value::Text(text) => text,
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Null | Value::Blob(_) => {
                return Err(Failure::new("the check can look only for text and numbers"));
            }
        };
        let seen = self.seen();
        let needles = [value.clone(), value.replace('\'', "''")];
        let pasted = seen
            .iter()
            .find(|seen| needles.iter().any(|needle| seen.sql.contains(needle)));
        if let Some(pasted) = pasted {
            return Err(with_place(
                Failure::new("a value is part of the SQL text, where it could be read as SQL")
                    .expected(format!(
                        "a placeholder such as ?1, and {value:?} bound to it"
                    ))
                    .observed(crate::table::cut(&pasted.sql, 200)),
                pasted,
            ));
        }
        let expected = format!("a placeholder such as ?1, and {value:?} bound to it");
        observed(&seen, &expected)?;
        let is_bound = |seen: &Seen| needles.iter().any(|needle| seen.expanded.contains(needle));
        match seen.iter().any(is_bound) {
            true => Ok(()),
            false => Err(
                Failure::new("no statement that your code sent has the value bound")
                    .expected(expected)
                    .observed("statements with other values"),
            ),
        }
    }

    /// Whether all that was written, was written inside one transaction.
    ///
    /// # Errors
    /// When something was written outside of it or in a second one, and when
    /// nothing was seen to be written.
    pub fn one_transaction(&self) -> Outcome {
        let seen = self.seen();
        observed(&seen, "statements inside one transaction")?;
        let begins = seen.iter().filter(|seen| {
            begins_with(&seen.sql, "BEGIN")
                || (begins_with(&seen.sql, "SAVEPOINT") && !seen.in_transaction)
        });
        let begins = begins.count();
        if let Some(outside) = seen
            .iter()
            .find(|seen| !seen.in_transaction && writes(&seen.sql))
        {
            return Err(with_place(
                Failure::new("a statement that writes runs outside of the transaction")
                    .expected("BEGIN, then everything that writes, then COMMIT")
                    .observed(format!("outside: {}", crate::table::cut(&outside.sql, 120))),
                outside,
            ));
        }
        match begins {
            1 => Ok(()),
            _ => Err(Failure::new("not everything runs in one transaction")
                .expected("1 transaction")
                .observed(format!("{begins} transactions"))),
        }
    }
}

impl Statements {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.chosen.len()
    }

    /// Whether there are so many, both bounds included.
    ///
    /// # Errors
    /// When there are fewer or more; when nothing was seen at all, whatever
    /// the lower bound.
    pub fn between(&self, least: usize, most: usize) -> Outcome {
        let expected = match (least, most) {
            (least, most) if least == most => format!("{most} {}", self.what),
            (0, most) => format!("at most {most} {}", self.what),
            (least, usize::MAX) => format!("at least {least} {}", self.what),
            _ => format!("{least} to {most} {}", self.what),
        };
        observed(&self.all, &expected)?;
        let count = self.count();
        if (least..=most).contains(&count) {
            return Ok(());
        }
        let texts = self.chosen.iter().map(|seen| seen.sql.as_str());
        let mut shown = crate::table::fold(texts);
        shown.truncate(8);
        let failure = Failure::new(match count > most {
            true => "your code sends too many statements",
            false => "your code sends too few statements",
        })
        .expected(expected)
        .observed(match shown.as_slice() {
            [] => count.to_string(),
            [one] => one.clone(),
            _ => format!("{count} {}:\n{}", self.what, shown.join("\n")),
        });
        Err(match self.chosen.last() {
            Some(last) => with_place(failure, last),
            None => failure,
        })
    }

    /// Exactly so many.
    ///
    /// # Errors
    /// As [`Statements::between`].
    pub fn exactly(&self, count: usize) -> Outcome {
        self.between(count, count)
    }

    /// At least one, at most so many.
    ///
    /// # Errors
    /// As [`Statements::between`].
    pub fn at_most(&self, most: usize) -> Outcome {
        self.between(1, most)
    }

    /// None of these; other statements must have been seen since the trace
    /// began, or it is not known whether anything would be. For code that is
    /// to send nothing at all, see [`Statements::count`].
    ///
    /// # Errors
    /// When there is one, or nothing was seen.
    pub fn none(&self) -> Outcome {
        self.between(0, 0)
    }

    /// Over how many connections they were sent.
    #[must_use]
    pub fn connections(&self) -> usize {
        let numbers: BTreeSet<u32> = self.chosen.iter().map(|seen| seen.connection).collect();
        numbers.len()
    }

    /// As they were seen, with values and places.
    #[must_use]
    pub fn list(&self) -> Vec<Statement> {
        self.chosen.iter().map(Seen::statement).collect()
    }
}

fn observed(seen: &[Seen], expected: impl Into<String>) -> Outcome {
    if !seen.is_empty() {
        return Ok(());
    }
    Err(
        Failure::new("what your code sends to SQLite could not be observed")
            .expected(expected)
            .observed("no statement at all"),
    )
}

fn with_place(failure: Failure, seen: &Seen) -> Failure {
    match seen.statement().place {
        Some(place) => failure.place(place),
        None => failure,
    }
}

pub(crate) fn writes(sql: &str) -> bool {
    const WORDS: [&str; 7] = [
        "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER",
    ];
    WORDS.iter().any(|word| begins_with(sql, word))
        || (begins_with(sql, "PRAGMA user_version") && sql.contains('='))
}

/// Whether the first words are these, comments and case aside.
pub(crate) fn begins_with(sql: &str, words: &str) -> bool {
    let mut rest = sql.trim_start();
    loop {
        let skipped = if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else {
            break;
        };
        rest = skipped.trim_start();
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    words.split_whitespace().all(|word| {
        rest = rest.trim_start();
        let Some(head) = rest.get(..word.len()) else {
            return false;
        };
        let tail = rest.get(word.len()..).unwrap_or_default();
        rest = tail;
        head.eq_ignore_ascii_case(word) && !(word.ends_with(is_word) && tail.starts_with(is_word))
    })
}

#[cfg(test)]
mod tests {
    use super::begins_with;

    #[test]
    fn words_are_found_behind_comments_and_in_any_case() {
        assert!(begins_with("select 1", "SELECT"));
        assert!(begins_with(
            "-- a\n /* b */ Insert\n into pets",
            "INSERT INTO pets"
        ));
        assert!(begins_with("SELECT*FROM pets", "SELECT"));
    }

    #[test]
    fn part_of_a_word_is_not_the_word() {
        assert!(!begins_with("BEGINNING", "BEGIN"));
        assert!(!begins_with("INSERT INTO pets_old", "INSERT INTO pets"));
        assert!(!begins_with("-- SELECT", "SELECT"));
    }
}
