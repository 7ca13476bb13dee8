//! The drawing: project above, database file below, the command between them.

use std::fmt::Write as _;

use super::{ALL, Place, State};
use crate::escape;

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
    format!(
        "<figure class=\"state-figure\">\n{svg}\
         <figcaption><code>{command}</code> {sentence}</figcaption>\n</figure>"
    )
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
