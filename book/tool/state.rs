//! The five boxes, and what a command does with them: the same drawing
//! throughout the book.

use crate::escape::html as escaped;

/// What a command reads and changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    command: String,
    reads: Vec<&'static Place>,
    changes: Vec<&'static Place>,
}

/// One of the five boxes.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    name: &'static str,
    /// As the drawing says it.
    title: &'static str,
    /// As a sentence says it.
    words: &'static str,
    is_many: bool,
    /// Its left edge.
    x: i32,
    is_in_file: bool,
}

const PLACES: [Place; 5] = [
    Place {
        name: "models",
        title: "models",
        words: "the models",
        is_many: true,
        x: 110,
        is_in_file: false,
    },
    Place {
        name: "migrations",
        title: "migration files",
        words: "the migration files",
        is_many: true,
        x: 300,
        is_in_file: false,
    },
    Place {
        name: "version",
        title: "version row",
        words: "the version row",
        is_many: false,
        x: 20,
        is_in_file: true,
    },
    Place {
        name: "schema",
        title: "schema",
        words: "the schema",
        is_many: false,
        x: 205,
        is_in_file: true,
    },
    Place {
        name: "rows",
        title: "rows",
        words: "the rows",
        is_many: true,
        x: 390,
        is_in_file: true,
    },
];

const WIDTH: i32 = 150;
const HEIGHT: i32 = 50;
const PROJECT: i32 = 34;
const FILE: i32 = 214;
/// The box of the command, in the middle.
const COMMAND: (i32, i32, i32, i32) = (170, 128, 220, 36);

impl State {
    /// From `command="…" reads="…" changes="…"`.
    pub(crate) fn parse(keys: &[(String, String)]) -> Result<Self, String> {
        let get = |name: &str| {
            keys.iter()
                .find(|(key, _)| key == name)
                .map_or("", |(_, value)| value.as_str())
        };
        let command = get("command").trim().to_owned();
        if command.is_empty() {
            return Err("#state needs command=\"…\"".to_owned());
        }
        Ok(State {
            command,
            reads: places(get("reads"))?,
            changes: places(get("changes"))?,
        })
    }

    /// `create_all` reads the models and changes the schema; …
    fn sentence(&self) -> String {
        let list = |places: &[&Place]| {
            let words: Vec<&str> = places.iter().map(|place| place.words).collect();
            listed(&words)
        };
        let does = match (self.reads.is_empty(), self.changes.is_empty()) {
            (true, true) => "reads nothing and changes nothing".to_owned(),
            (false, true) => format!("reads {} and changes nothing", list(&self.reads)),
            (true, false) => format!("changes {}", list(&self.changes)),
            (false, false) => {
                format!(
                    "reads {} and changes {}",
                    list(&self.reads),
                    list(&self.changes)
                )
            }
        };
        let rest: Vec<&Place> = PLACES
            .iter()
            .filter(|place| !self.reads.contains(place) && !self.changes.contains(place))
            .collect();
        match rest.as_slice() {
            [] => format!("{does}."),
            [one] if !one.is_many => format!("{does}; {} stays as it is.", one.words),
            _ => format!("{does}; {} stay as they are.", list(&rest)),
        }
    }
}

fn places(list: &str) -> Result<Vec<&'static Place>, String> {
    list.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| {
            PLACES
                .iter()
                .find(|place| place.name == name)
                .ok_or_else(|| {
                    let names: Vec<&str> = PLACES.iter().map(|place| place.name).collect();
                    format!(
                        "there is no box {name:?}; the five are {}",
                        names.join(", ")
                    )
                })
        })
        .collect()
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The figure, with what it shows in words below it.
pub(crate) fn html(state: &State, id: &str) -> String {
    let command = escaped(&state.command);
    let sentence = state.sentence();
    let mut svg = format!(
        "<svg class=\"state\" role=\"img\" viewBox=\"0 0 560 292\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">What {command} reads and changes</title>\
         <desc id=\"{id}-desc\">{command} {sentence}</desc>\
         <defs><marker id=\"{id}-head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">\
         <path class=\"head\" d=\"M0 0 L10 5 L0 10 z\"></path></marker></defs>\
         <rect class=\"group\" x=\"4\" y=\"4\" width=\"552\" height=\"90\" rx=\"8\"></rect>\
         <text class=\"group-name\" x=\"16\" y=\"23\">your project</text>\
         <rect class=\"group\" x=\"4\" y=\"184\" width=\"552\" height=\"104\" rx=\"8\"></rect>\
         <text class=\"group-name\" x=\"16\" y=\"204\">the database file</text>"
    );
    for place in &PLACES {
        svg.push_str(&drawn(place, state, id));
    }
    let (x, y, width, height) = COMMAND;
    svg.push_str(&format!(
        "<rect class=\"command\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"18\"></rect>\
         <text class=\"command-name\" x=\"{}\" y=\"{}\">{command}</text></svg>",
        x + width / 2,
        y + height / 2 + 5
    ));
    format!(
        "<figure class=\"state-figure\">{svg}<figcaption><code>{command}</code> {sentence}</figcaption></figure>"
    )
}

fn drawn(place: &Place, state: &State, id: &str) -> String {
    let (reads, changes) = (state.reads.contains(&place), state.changes.contains(&place));
    let (class, role) = match (reads, changes) {
        (true, true) => ("reads changes", "read and changed"),
        (true, false) => ("reads", "read"),
        (false, true) => ("changes", "changed"),
        (false, false) => ("", ""),
    };
    let y = if place.is_in_file { FILE } else { PROJECT };
    let middle = place.x + WIDTH / 2;
    let name_at = if role.is_empty() { 30 } else { 22 };
    let mut svg = format!(
        "<g class=\"place {class}\"><rect x=\"{}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"></rect>\
         <text class=\"name\" x=\"{middle}\" y=\"{}\">{}</text>",
        place.x,
        y + name_at,
        place.title
    );
    if !role.is_empty() {
        svg.push_str(&format!(
            "<text class=\"role\" x=\"{middle}\" y=\"{}\">{role}</text>",
            y + 40
        ));
    }
    svg.push_str("</g>");
    let apart = if reads && changes { 9 } else { 0 };
    if reads {
        svg.push_str(&arrow(place, -apart, "reads", id));
    }
    if changes {
        svg.push_str(&arrow(place, apart, "changes", id));
    }
    svg
}

/// From the box to the command when it reads, back when it changes.
fn arrow(place: &Place, aside: i32, class: &str, id: &str) -> String {
    let (left, top, width, height) = COMMAND;
    let box_x = place.x + WIDTH / 2 + aside;
    let (box_y, command_y) = if place.is_in_file {
        (FILE, top + height)
    } else {
        (PROJECT + HEIGHT, top)
    };
    let command_x = box_x.clamp(left + 24, left + width - 24);
    let (from, to) = if class == "reads" {
        ((box_x, box_y), (command_x, command_y))
    } else {
        ((command_x, command_y), (box_x, box_y))
    };
    format!(
        "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" marker-end=\"url(#{id}-head)\"></line>",
        from.0, from.1, to.0, to.1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(reads: &str, changes: &str) -> Result<State, String> {
        State::parse(&[
            ("command".to_owned(), "up <2>".to_owned()),
            ("reads".to_owned(), reads.to_owned()),
            ("changes".to_owned(), changes.to_owned()),
        ])
    }

    #[test]
    fn a_sentence_says_what_the_drawing_shows() {
        assert_eq!(
            state("models", "schema").unwrap().sentence(),
            "reads the models and changes the schema; the migration files, the version row and the rows stay as they are."
        );
        assert_eq!(
            state("", "").unwrap().sentence(),
            "reads nothing and changes nothing; the models, the migration files, the version row, the schema and the rows stay as they are."
        );
        assert_eq!(
            state("migrations, version", "version,schema,rows")
                .unwrap()
                .sentence(),
            "reads the migration files and the version row and changes the version row, the schema and the rows; the models stay as they are."
        );
    }

    #[test]
    fn an_arrow_for_each_box_that_is_read_or_changed() {
        let figure = html(&state("migrations, version", "version,rows").unwrap(), "x");
        assert_eq!(figure.matches("<line class=\"reads\"").count(), 2);
        assert_eq!(figure.matches("<line class=\"changes\"").count(), 2);
        assert!(figure.contains("read and changed"), "{figure}");
        assert!(figure.contains("up &lt;2&gt;"), "{figure}");
        assert!(!figure.contains("<2>"), "{figure}");
    }

    #[test]
    fn an_unknown_box_is_named_with_the_five() {
        let error = state("tables", "").unwrap_err();
        assert!(
            error.contains("\"tables\"") && error.contains("version, schema, rows"),
            "{error}"
        );
        assert!(State::parse(&[]).unwrap_err().contains("command"));
    }
}
