//! How long a page takes, counted from what stands on it, so that no page
//! promises less than it asks. `how_to_use.md` tells readers the rates.

use std::fs;

use quiz::Quiz;

use crate::directive::Directive;
use crate::front;
use crate::listing;
use crate::places::Places;
use crate::scan::{self, Kind};

/// Words a minute, of a careful reader whose first language is another.
const WORDS: usize = 130;
/// Seconds for a line of code.
const LINE: usize = 4;
/// Seconds for a figure, a table, a recorded output.
const FIGURE: usize = 20;
/// Seconds to think of an answer before it is unfolded.
const FOLDED: usize = 20;
/// Seconds for a question of a quiz, with what is said about the answer.
const QUESTION: usize = 60;

/// Minutes to read a page and to answer its questions, without its exercise.
pub(crate) fn minutes(places: &Places, text: &str) -> u32 {
    let taken = front::split(text).ok().flatten();
    let taken = taken.map_or(0, |(_, taken)| taken);
    let rest: Vec<&str> = text.lines().skip(taken).collect();
    let mut words = 0;
    let mut seconds = 0;
    for piece in scan::pieces(&rest.join("\n"), 1) {
        match piece.kind {
            Kind::Prose(line) => {
                words += line.split_whitespace().filter(|word| is_word(word)).count();
                seconds += FOLDED * usize::from(line.contains("<details"));
            }
            Kind::Fence(fence) => seconds += LINE * fence.body.len(),
            Kind::Directive(line) => {
                if let Some(Ok(directive)) = Directive::parse(&line) {
                    seconds += shown(places, &directive);
                }
            }
        }
    }
    seconds += (words * 60).div_ceil(WORDS);
    u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX)
}

/// Whether it is read as one: not a dash, not the sign of a list.
pub(crate) fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// Seconds for what a directive shows; for one that is wrong, which is
/// reported elsewhere, none.
fn shown(places: &Places, directive: &Directive) -> usize {
    let argument = directive.plain.first().map_or("", String::as_str);
    match directive.name.as_str() {
        "quiz" => {
            let path = places.quizzes().join(format!("{argument}.toml"));
            let quiz = fs::read_to_string(path).ok();
            let quiz = quiz.and_then(|text| Quiz::parse(&text).ok());
            quiz.map_or(0, |quiz| QUESTION * quiz.questions.len())
        }
        "listing" => {
            let code = listing::read(places, argument);
            code.map_or(0, |code| LINE * code.lines().count())
        }
        "exercise" | "hours" => 0,
        _ => FIGURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        Places::of_project().unwrap()
    }

    #[test]
    fn readers_are_told_the_rates() {
        let page = places().book().join("src/how_to_use.md");
        let told = fs::read_to_string(page).unwrap().replace('\n', " ");
        for rate in [
            format!("{WORDS} words a minute"),
            format!("{LINE} seconds for a line of code"),
            format!("{FIGURE} seconds for a figure or for an answer to unfold"),
            format!("{QUESTION} seconds for a question"),
        ] {
            assert!(told.contains(&rate), "{rate:?} is not on the page");
        }
        assert_eq!(FIGURE, FOLDED);
    }

    #[test]
    fn what_stands_on_a_page_takes_time() {
        let minutes = |text: &str| minutes(&places(), text);
        assert_eq!(minutes("# One"), 1);
        assert_eq!(minutes(&"word ".repeat(WORDS)), 1);
        assert_eq!(minutes(&"word ".repeat(WORDS + 1)), 2);
        assert_eq!(minutes(&"word - ".repeat(WORDS)), 1);
        let code = format!("```sql\n{}```\n", "SELECT 1;\n".repeat(60 / LINE + 1));
        assert_eq!(minutes(&code), 2);
        let front = format!(
            "+++\nobjectives = [\"{}\"]\n+++\n# One\n",
            "word ".repeat(WORDS)
        );
        assert_eq!(minutes(&front), 1);
        assert_eq!(minutes("{{#quiz 01_models/01_subject_group}}"), 4);
    }
}
