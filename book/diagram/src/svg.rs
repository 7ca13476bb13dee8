//! The picture as SVG.

use std::fmt::Write as _;

use crate::drawing::{Drawing, Field, Frame, Label, Line, MARK, PAD};
use crate::place::{HEAD, row_middle};
use crate::route::Point;
use crate::schema::{Many, Schema};
use crate::text::escape;
use crate::words::relationships;

/// How far a corner is cut.
const CORNER: i32 = 5;
/// How far the bracket of a key with several columns stands out.
const BRACKET: i32 = 5;

/// Colors: mdBook's custom properties, or these where there are none.
const FG: Ink = Ink("--fg", "#1b1b1b");
const BG: Ink = Ink("--bg", "#ffffff");
const HEAD_BG: Ink = Ink("--table-header-bg", "#d8dde3");
const LINES: Ink = Ink("--links", "#20609f");

struct Ink(&'static str, &'static str);

impl Ink {
    /// Programs that know no custom properties take the attribute.
    fn as_value(&self, property: &str) -> String {
        let Ink(name, fallback) = self;
        format!(r#"{property}="{fallback}" style="{property}:var({name},{fallback})""#)
    }
}

/// An `<svg>` element that stands in an HTML page or in a file of its own.
/// Its ids begin with `id`; it holds no empty line.
#[must_use]
pub fn svg(schema: &Schema, title: &str, id: &str) -> String {
    let drawing = Drawing::of(schema);
    let id = escape(id);
    let (width, height) = (drawing.width, drawing.height);
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{id}-title" aria-describedby="{id}-desc" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="'Source Code Pro', Menlo, Consolas, 'DejaVu Sans Mono', monospace">
<title id="{id}-title">{}</title>
<desc id="{id}-desc">{}</desc>
<rect width="{width}" height="{height}" {}></rect>
"#,
        escape(title),
        escape(&described(schema)),
        BG.as_value("fill"),
    );
    let _ = writeln!(
        out,
        r#"<g fill="none" stroke-width="1.5" stroke-linejoin="round" {}>"#,
        LINES.as_value("stroke")
    );
    for line in &drawing.lines {
        relationship(&mut out, line);
    }
    out.push_str("</g>\n");
    for frame in &drawing.frames {
        table(&mut out, frame);
    }
    out.push_str("</svg>\n");
    out
}

fn described(schema: &Schema) -> String {
    let tables = match schema.tables.as_slice() {
        [] => return "No tables.".to_owned(),
        [table] => format!("The table {}.", table.name),
        tables => {
            let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
            format!("The tables {}.", names.join(", "))
        }
    };
    let mut sentences = vec![tables];
    sentences.extend(relationships(schema));
    sentences.join(" ")
}

fn table(out: &mut String, frame: &Frame) {
    let Frame {
        x,
        y,
        width,
        height,
        ..
    } = *frame;
    let dashes = if frame.missing {
        r#" stroke-dasharray="5 4""#
    } else {
        ""
    };
    let _ = writeln!(out, r#"<g class="table" {}>"#, FG.as_value("fill"));
    let _ = writeln!(
        out,
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="5" {}></rect>"#,
        BG.as_value("fill"),
    );
    if !frame.missing {
        let (right, below) = (x + width, y + HEAD);
        let _ = writeln!(
            out,
            r#"<path d="M{x} {below}V{}q0 -5 5 -5H{}q5 0 5 5V{below}Z" {}></path>"#,
            y + 5,
            right - 5,
            HEAD_BG.as_value("fill"),
        );
    }
    let _ = writeln!(
        out,
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="5" fill="none" stroke-width="1.2"{dashes} {}></rect>"#,
        FG.as_value("stroke"),
    );
    words(
        out,
        r#"font-size="14" font-weight="bold""#,
        (x + PAD, y + HEAD / 2 + 5),
        &frame.name,
    );
    for (index, row) in frame.rows.iter().enumerate() {
        column(out, frame, row, y + row_middle(index) + 4);
    }
    out.push_str("</g>\n");
}

fn column(out: &mut String, frame: &Frame, row: &Field, y: i32) {
    let mut x = frame.x + PAD;
    for mark in &row.marks {
        let label = Label {
            shown: (*mark).to_owned(),
            whole: None,
        };
        words(out, r#"font-size="11" font-weight="bold""#, (x, y), &label);
        x += MARK;
    }
    let italic = if frame.missing {
        r#" font-style="italic""#
    } else {
        ""
    };
    let at = (frame.x + frame.name_at, y);
    words(out, &format!(r#"font-size="13"{italic}"#), at, &row.name);
    if !row.kind.shown.is_empty() {
        let at = (frame.x + frame.type_at, y);
        words(out, r#"font-size="12""#, at, &row.kind);
    }
}

fn words(out: &mut String, attributes: &str, (x, y): Point, label: &Label) {
    let whole = label.whole.as_ref().map_or_else(String::new, |whole| {
        format!("<title>{}</title>", escape(whole))
    });
    let _ = writeln!(
        out,
        r#"<text x="{x}" y="{y}" {attributes}>{}{whole}</text>"#,
        escape(&label.shown),
    );
}

fn relationship(out: &mut String, line: &Line) {
    let mut points = line.points.clone();
    let mut marks = String::new();
    if let Some((start, next)) = points.first().copied().zip(points.get(1).copied()) {
        let way = (next.0 - start.0).signum();
        let start = bracket(&mut marks, start, way, &line.from);
        end(&mut marks, start, way, line.children);
    }
    if let [.., before, last] = points.as_slice() {
        let way = (before.0 - last.0).signum();
        let last = bracket(&mut marks, *last, way, &line.to);
        if !line.broken {
            end(&mut marks, last, way, line.parents);
        }
    }
    for (place, rows) in [(0, &line.from), (points.len() - 1, &line.to)] {
        if !rows.is_empty() {
            let toward = if place == 0 { 1 } else { place - 1 };
            let way = (points[toward].0 - points[place].0).signum();
            points[place].0 += BRACKET * way;
        }
    }
    let dashes = if line.broken {
        r#" stroke-dasharray="5 4""#
    } else {
        ""
    };
    let _ = writeln!(
        out,
        r#"<g class="relationship"><path class="line" d="{}"{dashes}></path>{}</g>"#,
        rounded(&points),
        marks.trim_end(),
    );
}

/// Draws together the rows of a key that has several columns; says where its
/// line begins.
fn bracket(out: &mut String, (x, y): Point, way: i32, rows: &[i32]) -> Point {
    let (Some(top), Some(bottom)) = (rows.iter().min(), rows.iter().max()) else {
        return (x, y);
    };
    let out_at = x + BRACKET * way;
    let mut path = format!("M{out_at} {top}V{bottom}");
    for row in rows {
        let _ = write!(path, "M{x} {row}H{out_at}");
    }
    let _ = write!(out, r#"<path d="{path}"></path>"#);
    (out_at, y)
}

/// The mark at the end of a line: crow's foot, circle, bars.
fn end(out: &mut String, (x, y): Point, way: i32, many: Many) {
    let at = |distance: i32| x + distance * way;
    let bar = |distance: i32| format!("M{} {}V{}", at(distance), y - 5, y + 5);
    let circle = |distance: i32| {
        format!(
            r#"<circle cx="{}" cy="{y}" r="4" {}></circle>"#,
            at(distance),
            BG.as_value("fill"),
        )
    };
    let _ = match many {
        Many::One => write!(out, r#"<path d="{}{}"></path>"#, bar(6), bar(10)),
        Many::ZeroOrOne => write!(out, r#"<path d="{}"></path>{}"#, bar(6), circle(13)),
        Many::ZeroOrMore => write!(
            out,
            r#"<path d="M{x} {}L{} {y}L{x} {}"></path>{}"#,
            y - 6,
            at(11),
            y + 6,
            circle(15),
        ),
    };
}

/// A path with round corners.
fn rounded(points: &[Point]) -> String {
    let mut path = String::new();
    let Some(((x, y), rest)) = points.split_first() else {
        return path;
    };
    let _ = write!(path, "M{x} {y}");
    for (index, point) in rest.iter().enumerate() {
        let before = points[index];
        match rest.get(index + 1) {
            Some(after) => {
                let cut = |other: Point| {
                    let (dx, dy) = (other.0 - point.0, other.1 - point.1);
                    let room = (dx.abs() + dy.abs()) / 2;
                    let cut = CORNER.min(room);
                    (point.0 + dx.signum() * cut, point.1 + dy.signum() * cut)
                };
                let (enter, leave) = (cut(before), cut(*after));
                let _ = write!(
                    path,
                    "L{} {}Q{} {} {} {}",
                    enter.0, enter.1, point.0, point.1, leave.0, leave.1
                );
            }
            None => {
                let _ = write!(path, "L{} {}", point.0, point.1);
            }
        }
    }
    path
}
