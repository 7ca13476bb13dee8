//! What was answered, and what is to be said of it.

use ::quiz::Question;

/// A line that was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Letters of options, each once, in their order.
    Letters(Vec<char>),
    Leave,
    /// Neither; what to type instead.
    Unclear(String),
}

impl Answer {
    /// `b`, `a c`, `ac`, `A, C`, `q`
    pub(super) fn parse(line: &str, question: &Question) -> Self {
        let line = line.trim().to_lowercase();
        if matches!(line.as_str(), "q" | "quit") {
            return Answer::Leave;
        }
        let mut typed: Vec<char> = line
            .chars()
            .filter(|letter| !letter.is_whitespace() && !",;.)".contains(*letter))
            .collect();
        typed.sort_unstable();
        typed.dedup();
        let known: Vec<char> = question.lettered().map(|(letter, _)| letter).collect();
        let last = known.last().copied().unwrap_or('a');
        if typed.is_empty() || typed.iter().any(|letter| !known.contains(letter)) {
            return Answer::Unclear(format!("type a letter from a to {last}, or q to leave"));
        }
        if typed.len() > 1 && !question.takes_several() {
            return Answer::Unclear("one option is right: type one letter".to_owned());
        }
        Answer::Letters(typed)
    }
}

/// How an answer differs from the right one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Chosen, and not right.
    pub(super) slips: Vec<char>,
    /// Right, and not chosen.
    pub(super) missed: Vec<char>,
}

impl Outcome {
    pub(super) fn of(letters: &[char], question: &Question) -> Self {
        let differing = |is_right: bool| {
            question
                .lettered()
                .filter(|(letter, option)| {
                    option.right == is_right && letters.contains(letter) != is_right
                })
                .map(|(letter, _)| letter)
                .collect()
        };
        Outcome {
            slips: differing(false),
            missed: differing(true),
        }
    }

    pub(super) fn is_right(&self) -> bool {
        self.slips.is_empty() && self.missed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use ::quiz::Quiz;

    use super::*;

    fn question(right: [bool; 3]) -> Question {
        let options =
            right.map(|right| format!("[[question.option]]\ntext = 'x'\nright = {right}"));
        let text = format!("[[question]]\nprompt = 'p'\n{}", options.join("\n"));
        Quiz::parse(&text).unwrap().questions.remove(0)
    }

    #[test]
    fn letters_may_be_typed_in_any_way() {
        let several = question([true, false, true]);
        for line in ["ac", " A, C ", "c a", "a) c)", "a;c;a"] {
            let letters = Answer::Letters(vec!['a', 'c']);
            assert_eq!(Answer::parse(line, &several), letters, "{line}");
        }
        assert_eq!(Answer::parse("Q", &several), Answer::Leave);
    }

    #[test]
    fn what_is_no_answer_is_asked_for_again() {
        let one = question([true, false, false]);
        for line in ["", "d", "1", "yes", "\u{1b}[A", "é"] {
            let again = "type a letter from a to c, or q to leave";
            assert_eq!(
                Answer::parse(line, &one),
                Answer::Unclear(again.to_owned()),
                "{line}"
            );
        }
        assert!(matches!(Answer::parse("ab", &one), Answer::Unclear(_)));
    }

    #[test]
    fn an_answer_is_right_when_nothing_is_wrong_and_nothing_missing() {
        let several = question([true, false, true]);
        let outcome = |letters: &[char]| Outcome::of(letters, &several);
        assert!(outcome(&['a', 'c']).is_right());
        assert_eq!(outcome(&['a']).missed, ['c']);
        assert_eq!(outcome(&['a', 'b', 'c']).slips, ['b']);
        assert!(!outcome(&['a']).is_right());
        assert!(!outcome(&['a', 'b', 'c']).is_right());
    }
}
