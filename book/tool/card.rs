//! What a page says about itself and its exercise: the header below its
//! heading, and the card of the exercise.

use crate::course::Exercise;
use crate::escape::{html, slug};
use crate::front::Front;
use crate::markup;
use crate::sources::Sources;

/// Abilities, prerequisites and minutes; empty when the page names none.
///
/// No `<dl>`: mdBook takes each `<dt>` for a heading of the page.
///
/// # Errors
/// Messages about what the front matter names in vain.
pub(crate) fn header(
    front: &Front,
    minutes: u32,
    exercise: Option<&Exercise>,
    sources: &Sources,
    up: &str,
) -> Result<String, String> {
    let mut parts = Vec::new();
    if !front.objectives.is_empty() {
        let items: Vec<String> = front
            .objectives
            .iter()
            .map(|objective| format!("<li>{}</li>", markup::inline(objective)))
            .collect();
        parts.push(format!(
            "<p class=\"leads\">Afterwards you can</p><ul>{}</ul>",
            items.concat()
        ));
    }
    let mut facts = Vec::new();
    let before = prerequisites(front, exercise, sources, up)?;
    if !before.is_empty() {
        facts.push(format!(
            "<li><span class=\"fact\">Before</span> <span>{}</span></li>",
            before.join(", ")
        ));
    }
    if !front.objectives.is_empty() {
        facts.push(format!(
            "<li><span class=\"fact\">Page and quiz</span> <span>about {minutes} minutes</span></li>"
        ));
    }
    if let Some(exercise) = exercise {
        facts.push(format!(
            "<li><span class=\"fact\">Exercise</span> <span><a href=\"#{}\">{}</a>, about {} minutes</span></li>",
            anchor(exercise),
            exercise.number(),
            exercise.about.minutes
        ));
    }
    if !facts.is_empty() {
        parts.push(format!("<ul class=\"facts\">{}</ul>", facts.concat()));
    }
    if parts.is_empty() {
        return Ok(String::new());
    }
    Ok(format!(
        "<section class=\"page-header\" aria-label=\"About this page\">{}</section>",
        parts.concat()
    ))
}

fn prerequisites(
    front: &Front,
    exercise: Option<&Exercise>,
    sources: &Sources,
    up: &str,
) -> Result<Vec<String>, String> {
    let course = &sources.course;
    let heading_of = |id: &String| {
        let heading = sources.headings.get(&format!("{id}.md")).cloned();
        heading.ok_or_else(|| {
            format!(
                "there is no page and no exercise {id:?} to be a prerequisite; the exercises are {}",
                course.numbers()
            )
        })
    };
    let own = exercise.map(|exercise| exercise.about.prerequisites.as_slice());
    own.unwrap_or_default()
        .iter()
        .chain(&front.prerequisites)
        .map(|asked| {
            let (id, heading) = match course.find(asked) {
                Some(exercise) => (exercise.id.clone(), exercise.heading()),
                None => (asked.clone(), heading_of(asked)?),
            };
            // mdBook renders a README as the index of its folder.
            let id = match id.strip_suffix("README") {
                Some(folder) => format!("{folder}index"),
                None => id,
            };
            Ok(format!("<a href=\"{up}{id}.html\">{}</a>", html(&heading)))
        })
        .collect()
}

fn anchor(exercise: &Exercise) -> String {
    format!("exercise-{}", slug(&exercise.number()))
}

/// The card, as the checker knows the exercise.
pub(crate) fn card(exercise: &Exercise, repository: Option<&str>) -> String {
    let number = exercise.number();
    let about = &exercise.about;
    let files: Vec<String> = about
        .files
        .iter()
        .map(|file| {
            let path = format!("exercises/{}/{file}", exercise.id);
            match repository {
                Some(url) => format!(
                    "<a href=\"{}/blob/main/{}\"><code>{}</code></a>",
                    html(url.trim_end_matches('/')),
                    html(&path),
                    html(&path)
                ),
                None => format!("<code>{}</code>", html(&path)),
            }
        })
        .collect();
    let command = |words: &str| format!("<code>cargo run -- {words} {number}</code>");
    let facts = [
        ("Edit", files.join(", ")),
        ("Grade", command("run")),
        ("Stuck", command("hint")),
        ("Look inside", command("db")),
        (
            "Compare",
            format!("{}, once it passes", command("solution")),
        ),
    ]
    .map(|(fact, words)| {
        format!("<li><span class=\"fact\">{fact}</span> <span>{words}</span></li>")
    });
    format!(
        "<section class=\"exercise-card\" id=\"{anchor}\" aria-labelledby=\"{anchor}-title\">\
         <p class=\"title\" id=\"{anchor}-title\">Exercise {number}: {title} <span class=\"minutes\">about {minutes} minutes</span></p>\
         <p>{summary}</p>\
         <ul class=\"facts\">{facts}</ul></section>",
        anchor = anchor(exercise),
        title = html(&about.title),
        minutes = about.minutes,
        summary = markup::inline(&about.summary),
        facts = facts.concat(),
    )
}
