//! The five boxes, and which of them a command reads and changes: always the
//! same drawing.

use std::fmt::Write as _;

use crate::escape;

/// What a `{{#state …}}` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    command: String,
    reads: Vec<Place>,
    changes: Vec<Place>,
}

/// A box, in the order in which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Models,
    Migrations,
    Version,
    Schema,
    Rows,
}

const ALL: [Place; 5] = [
    Place::Models,
    Place::Migrations,
    Place::Version,
    Place::Schema,
    Place::Rows,
];

impl Place {
    /// As a page names it.
    fn key(self) -> &'static str {
        match self {
            Place::Models => "models",
            Place::Migrations => "migrations",
            Place::Version => "version",
            Place::Schema => "schema",
            Place::Rows => "rows",
        }
    }

    /// On its box.
    fn label(self) -> &'static str {
        match self {
            Place::Models => "models (code)",
            Place::Migrations => "migration files",
            Place::Version => "version row",
            Place::Schema => "actual schema",
            Place::Rows => "rows",
        }
    }

    /// In a sentence.
    fn noun(self) -> &'static str {
        match self {
            Place::Models => "models",
            Place::Migrations => "migration files",
            Place::Version => "the version row",
            Place::Schema => "the schema",
            Place::Rows => "rows",
        }
    }

    /// It stands in the project; the others stand in the database file.
    fn in_project(self) -> bool {
        matches!(self, Place::Models | Place::Migrations)
    }
}

impl State {
    /// From the keys of a directive.
    ///
    /// # Errors
    ///
    /// What is wrong with them, and what may stand there.
    pub(crate) fn parse<K: AsRef<str>, V: AsRef<str>>(keyed: &[(K, V)]) -> Result<Self, String> {
        let mut state = State {
            command: String::new(),
            reads: Vec::new(),
            changes: Vec::new(),
        };
        for (key, value) in keyed {
            let value = value.as_ref();
            match key.as_ref() {
                "command" => value.trim().clone_into(&mut state.command),
                "reads" => state.reads = places(value)?,
                "changes" => state.changes = places(value)?,
                other => {
                    return Err(format!(
                        "#state takes no {other}=\"…\"; allowed: command, reads, changes"
                    ));
                }
            }
        }
        if state.command.is_empty() {
            return Err("#state needs command=\"…\"".to_owned());
        }
        Ok(state)
    }

    /// What the figure shows, after the command's name.
    fn sentence(&self) -> String {
        let reads = list(&self.reads);
        let changes = list(&self.changes);
        let left: Vec<Place> = ALL
            .into_iter()
            .filter(|place| !self.reads.contains(place) && !self.changes.contains(place))
            .collect();
        let does = match (self.reads.as_slice(), self.changes.as_slice()) {
            ([], []) => return "neither reads nor changes any of the five.".to_owned(),
            (_, []) => return format!("reads {reads} and changes nothing."),
            ([], _) => format!("changes {changes}"),
            ([_], _) => format!("reads {reads} and changes {changes}"),
            (_, _) => format!("reads {reads}, and changes {changes}"),
        };
        match left.as_slice() {
            [] => format!("{does}."),
            [one] if one.noun().starts_with("the ") => {
                format!("{does}; it leaves {} as it is.", one.noun())
            }
            left => format!("{does}; it leaves {} as they are.", list(left)),
        }
    }
}

fn places(names: &str) -> Result<Vec<Place>, String> {
    let mut found = Vec::new();
    for name in names.split(',').map(str::trim) {
        if name.is_empty() {
            continue;
        }
        let place = ALL
            .into_iter()
            .find(|place| place.key() == name)
            .ok_or_else(|| {
                let five = ALL.map(Place::key).join(", ");
                format!("there is no box \"{name}\"; the five are {five}")
            })?;
        if found.contains(&place) {
            return Err(format!("the box {name} is named twice"));
        }
        found.push(place);
    }
    found.sort();
    Ok(found)
}

fn list(places: &[Place]) -> String {
    match places {
        [] => "nothing".to_owned(),
        [only] => only.noun().to_owned(),
        [start @ .., last] => {
            let start: Vec<&str> = start.iter().map(|place| place.noun()).collect();
            format!("{} and {}", start.join(", "), last.noun())
        }
    }
}

const WIDTH: i32 = 460;
const HEIGHT: i32 = 306;
/// Left and right of everything.
const MARGIN: i32 = 6;
/// The upper edges, from the top.
const PROJECT: i32 = 6;
const COMMAND: i32 = 134;
const DATABASE: i32 = 210;
/// A group, and the boxes in it.
const GROUP_HEIGHT: i32 = 88;
const BOX_HEIGHT: i32 = 46;
const COMMAND_HEIGHT: i32 = 38;
/// Between boxes, and beside them.
const GAP: i32 = 10;

/// Colors: mdBook's custom properties, or these where there are none.
const FG: (&str, &str) = ("--fg", "#1b1b1b");
const BG: (&str, &str) = ("--bg", "#ffffff");
const QUIET: (&str, &str) = ("--quote-bg", "#f2f6f8");
const READS: (&str, &str) = ("--blockquote-note-color", "#0969da");
const CHANGES: (&str, &str) = ("--blockquote-warning-color", "#9a6700");

fn paint(property: &str, (name, fallback): (&str, &str)) -> String {
    format!(r#"{property}="{fallback}" style="{property}:var({name},{fallback})""#)
}

/// The figure. `id` begins the ids in it, and is used once a page.
pub(crate) fn html(state: &State, id: &str) -> String {
    let id = escape::slug(id);
    let command = escape::html(&state.command);
    let sentence = state.sentence();
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{id}-title" aria-describedby="{id}-desc" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="'Open Sans', sans-serif" font-size="14">
<title id="{id}-title">What {command} reads and changes</title>
<desc id="{id}-desc">{command} {sentence}</desc>
"#
    );
    group(&mut svg, "in your project", PROJECT);
    group(&mut svg, "in the database file", DATABASE);
    band(&mut svg, &state.command);
    for place in ALL {
        card(&mut svg, state, place);
    }
    svg.push_str("</svg>\n");
    escape::block(&format!(
        "<figure class=\"state-figure\" id=\"{id}\">\n{svg}\
         <figcaption><code>{command}</code> {sentence}</figcaption>\n</figure>"
    ))
}

fn group(out: &mut String, label: &str, top: i32) {
    let below = top > COMMAND;
    let _ = writeln!(
        out,
        r#"<rect x="{MARGIN}" y="{top}" width="{}" height="{GROUP_HEIGHT}" rx="8" {}></rect>"#,
        WIDTH - 2 * MARGIN,
        paint("fill", QUIET),
    );
    // On the side that no arrow is on.
    let y = if below {
        top + GROUP_HEIGHT - 11
    } else {
        top + 21
    };
    let _ = writeln!(
        out,
        r#"<text x="{}" y="{y}" font-size="13" font-style="italic" {}>{label}</text>"#,
        MARGIN + GAP,
        paint("fill", FG),
    );
}

fn band(out: &mut String, command: &str) {
    let _ = writeln!(
        out,
        r#"<rect x="{MARGIN}" y="{COMMAND}" width="{}" height="{COMMAND_HEIGHT}" rx="19" {}></rect>"#,
        WIDTH - 2 * MARGIN,
        paint("fill", FG),
    );
    let letters = i32::try_from(command.chars().count()).unwrap_or(i32::MAX);
    // A long name is drawn smaller; 6 tenths of the size is the width of a letter.
    let size = (WIDTH - 60) * 10 / 6 / letters.max(1);
    let _ = writeln!(
        out,
        r#"<text x="{}" y="{}" text-anchor="middle" font-family="'Source Code Pro', Menlo, Consolas, monospace" font-weight="bold" font-size="{}" {}>{}</text>"#,
        WIDTH / 2,
        COMMAND + COMMAND_HEIGHT / 2 + 5,
        size.clamp(8, 16),
        paint("fill", BG),
        escape::html(command),
    );
}

fn card(out: &mut String, state: &State, place: Place) {
    let peers: Vec<Place> = ALL
        .into_iter()
        .filter(|other| other.in_project() == place.in_project())
        .collect();
    let (mut count, mut before) = (0, 0);
    for peer in &peers {
        count += 1;
        before += i32::from(*peer < place);
    }
    let width = (WIDTH - 2 * MARGIN - (count + 1) * GAP) / count;
    let x = MARGIN + GAP + before * (width + GAP);
    let y = if place.in_project() {
        PROJECT + GROUP_HEIGHT - BOX_HEIGHT - GAP
    } else {
        DATABASE + GAP
    };
    let reads = state.reads.contains(&place);
    let changes = state.changes.contains(&place);
    let _ = writeln!(out, r#"<g class="box">"#);
    let outer = (x, y, width, BOX_HEIGHT);
    match (reads, changes) {
        (false, false) => frame(out, outer, 1, FG, false),
        (true, false) => frame(out, outer, 2, READS, true),
        (false, true) => frame(out, outer, 4, CHANGES, false),
        (true, true) => {
            frame(out, outer, 4, CHANGES, false);
            let inner = (x + 5, y + 5, width - 10, BOX_HEIGHT - 10);
            frame(out, inner, 2, READS, true);
        }
    }
    let bold = if reads || changes {
        r#" font-weight="bold""#
    } else {
        ""
    };
    let _ = writeln!(
        out,
        r#"<text x="{}" y="{}" text-anchor="middle"{bold} {}>{}</text>"#,
        x + width / 2,
        y + BOX_HEIGHT / 2 + 5,
        paint("fill", FG),
        place.label(),
    );
    let (near, far) = if place.in_project() {
        (y + BOX_HEIGHT, COMMAND)
    } else {
        (y, COMMAND + COMMAND_HEIGHT)
    };
    let middle = x + width / 2;
    match (reads, changes) {
        (true, false) => arrow(out, middle - 22, (near, far), "reads"),
        (false, true) => arrow(out, middle - 28, (far, near), "changes"),
        (true, true) => {
            arrow(out, middle - 54, (near, far), "reads");
            arrow(out, middle + 2, (far, near), "changes");
        }
        (false, false) => {}
    }
    let _ = writeln!(out, "</g>");
}

/// The edge of a box: thick, or made of dashes, or neither.
fn frame(
    out: &mut String,
    (x, y, width, height): (i32, i32, i32, i32),
    thick: i32,
    color: (&str, &str),
    dashed: bool,
) {
    let dashes = if dashed {
        r#" stroke-dasharray="6 4""#
    } else {
        ""
    };
    let fill = paint("fill", BG);
    let stroke = paint("stroke", color);
    // An element has one `style`.
    let _ = writeln!(
        out,
        r#"<g {stroke}><rect x="{x}" y="{y}" width="{width}" height="{height}" rx="5" stroke-width="{thick}"{dashes} {fill}></rect></g>"#,
    );
}

/// From `from` up or down to `to`, with its word beside it.
fn arrow(out: &mut String, x: i32, (from, to): (i32, i32), word: &str) {
    let down = (to - from).signum();
    let (color, style) = if word == "reads" {
        (READS, r#"stroke-width="2" stroke-dasharray="5 3""#)
    } else {
        (CHANGES, r#"stroke-width="3.5""#)
    };
    let (start, end) = (from + 3 * down, to - 4 * down);
    let (neck, left, right) = (end - 10 * down, x - 6, x + 6);
    let _ = writeln!(
        out,
        r#"<g {}><path d="M{x} {start}V{neck}" {style}></path></g>"#,
        paint("stroke", color),
    );
    let _ = writeln!(
        out,
        r#"<g {}><path d="M{left} {neck}H{right}L{x} {end}Z"></path><text x="{}" y="{}" font-size="13" font-weight="bold">{word}</text></g>"#,
        paint("fill", color),
        x + 10,
        i32::midpoint(from, to) + 5,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(command: &str, reads: &str, changes: &str) -> State {
        State::parse(&[("command", command), ("reads", reads), ("changes", changes)]).unwrap()
    }

    #[test]
    fn the_caption_says_what_is_read_changed_and_left() {
        for (reads, changes, caption) in [
            (
                "models",
                "schema",
                "reads models and changes the schema; it leaves migration files, the version row and rows as they are.",
            ),
            (
                "version, migrations",
                "schema,rows,version",
                "reads migration files and the version row, and changes the version row, the schema and rows; it leaves models as they are.",
            ),
            ("version", "", "reads the version row and changes nothing."),
            (
                "",
                "models, migrations, schema, rows",
                "changes models, migration files, the schema and rows; it leaves the version row as it is.",
            ),
            ("", "", "neither reads nor changes any of the five."),
            (
                "models,schema,version",
                "migrations,rows",
                "reads models, the version row and the schema, and changes migration files and rows.",
            ),
        ] {
            assert_eq!(state("x", reads, changes).sentence(), caption);
        }
    }

    #[test]
    fn what_is_no_box_or_no_key_is_refused() {
        let refused = |keyed: &[(&str, &str)]| State::parse(keyed).unwrap_err();
        assert_eq!(
            refused(&[("command", "x"), ("reads", "tables")]),
            "there is no box \"tables\"; the five are models, migrations, version, schema, rows"
        );
        assert_eq!(
            refused(&[("command", "x"), ("changes", "rows, rows")]),
            "the box rows is named twice"
        );
        assert_eq!(
            refused(&[("command", "x"), ("writes", "rows")]),
            "#state takes no writes=\"…\"; allowed: command, reads, changes"
        );
        assert_eq!(refused(&[("reads", "rows")]), "#state needs command=\"…\"");
        assert!(State::parse(&[("command", "x")]).is_ok());
    }

    #[test]
    fn what_is_read_and_changed_is_marked_by_word_and_line() {
        let figure = html(
            &state("upgrade <head>", "version", "version,rows"),
            "state.1",
        );
        assert_eq!(figure.matches(">reads</text>").count(), 1);
        assert_eq!(figure.matches(">changes</text>").count(), 2);
        assert_eq!(figure.matches(r#"class="box""#).count(), 5);
        for place in ALL {
            assert!(figure.contains(&format!(">{}</text>", place.label())));
        }
        assert!(figure.contains("<figcaption><code>upgrade &lt;head&gt;</code> reads"));
        assert!(figure.contains("aria-labelledby=\"state-1-title\""));
        assert!(!figure.trim().contains("\n\n") && !figure.contains("/>"));
    }

    #[test]
    fn the_drawing_is_the_same_but_for_marks() {
        insta::assert_snapshot!(html(&state("create_all", "models", "schema"), "create"));
    }
}
