//! Quizzes, as forms that work by keyboard, without a script and on paper.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use quiz::{Fault, Misconceptions, Question, Quiz, QuizOption};

use crate::escape;
use crate::finding::Finding;
use crate::markup;
use crate::places::Places;

/// The quiz `01_models/01_subject_group`, if nothing is wrong with it.
pub(crate) fn load(places: &Places, id: &str) -> Result<Quiz, Vec<Finding>> {
    let beliefs = misconceptions(places)?;
    let path = places.quizzes().join(format!("{id}.toml"));
    let text = read(places, &path)?;
    let findings = |faults: Vec<Fault>| found(places, &path, &text, faults);
    let quiz = Quiz::parse(&text).map_err(|fault| findings(vec![fault]))?;
    let faults = quiz::faults(&quiz, &beliefs);
    if faults.is_empty() {
        Ok(quiz)
    } else {
        Err(findings(faults))
    }
}

/// `book/misconceptions.toml`, if nothing is wrong with it.
pub(crate) fn misconceptions(places: &Places) -> Result<Misconceptions, Vec<Finding>> {
    let path = places.book().join("misconceptions.toml");
    let text = read(places, &path)?;
    let findings = |faults: Vec<Fault>| found(places, &path, &text, faults);
    let beliefs = Misconceptions::parse(&text).map_err(|fault| findings(vec![fault]))?;
    let faults = beliefs.faults();
    if faults.is_empty() {
        Ok(beliefs)
    } else {
        Err(findings(faults))
    }
}

fn read(places: &Places, path: &Path) -> Result<String, Vec<Finding>> {
    fs::read_to_string(path).map_err(|error| {
        let file = places.shown(path);
        vec![Finding::new(file, 0, format!("cannot be read: {error}"))]
    })
}

fn found(places: &Places, path: &Path, text: &str, faults: Vec<Fault>) -> Vec<Finding> {
    let finding = |fault: Fault| Finding::new(places.shown(path), fault.line(text), fault.message);
    faults.into_iter().map(finding).collect()
}

/// The forms, one a question, as one block of HTML to stand in Markdown.
///
/// Without a script the answers are folded below each question; `quiz.js`
/// keeps them back until there was an attempt.
pub(crate) fn html(quiz: &Quiz, id: &str) -> String {
    let id = format!("quiz-{}", escape::slug(id));
    let title = quiz.title.as_deref().unwrap_or("Quiz");
    let mut out = format!(
        "<section class=\"quiz\" id=\"{id}\" aria-label=\"{}\">\n",
        escape::html(title)
    );
    let count = quiz.questions.len();
    for (index, question) in quiz.questions.iter().enumerate() {
        let name = Name {
            id: format!("{id}-{}", index + 1),
            number: index + 1,
            count,
        };
        form(&mut out, question, &name);
        answer(&mut out, question, &name);
    }
    out.push_str("</section>");
    escape::block(&out)
}

/// How a question is called.
struct Name {
    id: String,
    number: usize,
    count: usize,
}

fn form(out: &mut String, question: &Question, name: &Name) {
    let Name { id, number, count } = name;
    let (kind, how) = if question.takes_several() {
        ("checkbox", "Choose every option that is right.")
    } else {
        ("radio", "Choose one.")
    };
    let _ = write!(
        out,
        "<form class=\"quiz-question\" id=\"{id}\" autocomplete=\"off\">\n\
         <fieldset>\n\
         <legend><span class=\"quiz-number\">Question {number} of {count}</span> {}</legend>\n",
        markup::inline(&question.prompt),
    );
    if let (Some(code), Some(language)) = (&question.code, question.language) {
        let _ = writeln!(
            out,
            "<pre><code class=\"language-{}\">{}\n</code></pre>",
            language.name(),
            escape::html(code.trim_matches('\n'))
        );
    }
    let _ = write!(
        out,
        "<p class=\"quiz-how\">{how}</p>\n<ul class=\"quiz-options\">\n"
    );
    for (letter, option) in question.lettered() {
        let _ = writeln!(
            out,
            "<li><label><input type=\"{kind}\" name=\"{id}\" value=\"{letter}\"> \
             <span class=\"quiz-letter\">{letter}</span> <span>{}</span></label></li>",
            markup::inline(&option.text)
        );
    }
    out.push_str(
        "</ul>\n\
         <button type=\"submit\" class=\"quiz-check\" hidden>Check</button>\n\
         </fieldset>\n\
         <div class=\"quiz-said\" role=\"status\" aria-live=\"polite\"></div>\n\
         </form>\n",
    );
}

fn answer(out: &mut String, question: &Question, name: &Name) {
    let _ = write!(
        out,
        "<details class=\"quiz-answer\" id=\"{}-answer\">\n\
         <summary>Answer to question {}, with every option explained</summary>\n\
         <ul>\n",
        name.id, name.number
    );
    for (letter, option) in question.lettered() {
        let QuizOption {
            text,
            right,
            feedback,
            ..
        } = option;
        let (class, mark) = if *right {
            ("quiz-right", "✓</span> Right")
        } else {
            ("quiz-wrong", "✗</span> Not right")
        };
        let _ = write!(
            out,
            "<li data-option=\"{letter}\" data-right=\"{right}\">\n\
             <p><strong class=\"{class}\"><span aria-hidden=\"true\">{mark}: {letter}</strong> {}</p>\n\
             <p class=\"quiz-feedback\">{}</p>\n\
             </li>\n",
            markup::inline(text),
            markup::inline(feedback)
        );
    }
    out.push_str("</ul>\n</details>\n");
}

#[cfg(test)]
mod tests;
