//! The drawing.

use std::fmt::Write as _;

use crate::layout::{Box, HEAD, LONGEST, Layout, Line, MARKS, ROW, kind, layout};
use crate::schema::{Column, Schema};
use crate::words::words;

/// Colors of the page it stands in, else black on white.
const STYLE: &str = "#ID{font:14px ui-monospace,Menlo,Consolas,monospace;background:var(--bg,#fff)}\
    #ID text{fill:var(--fg,#1a1a1a)}\
    #ID .box{fill:var(--bg,#fff);stroke:var(--fg,#1a1a1a);stroke-width:1.5}\
    #ID .missing{stroke-dasharray:5 4}\
    #ID .head{fill:var(--workbook-shade,#f0f0ec);stroke:var(--fg,#1a1a1a);stroke-width:1.5}\
    #ID .name{font-weight:bold}\
    #ID .mark{font-size:11px;font-weight:bold}\
    #ID .kind{fill:var(--workbook-faint,#595959);text-anchor:end}\
    #ID .line,#ID .end{fill:none;stroke:var(--fg,#1a1a1a);stroke-width:1.5}\
    #ID .ring{fill:var(--bg,#fff);stroke:var(--fg,#1a1a1a);stroke-width:1.5}";

/// The diagram as SVG with a title and a description in words. `id` begins
/// every id in it: letters, digits and hyphens, a letter first.
#[must_use]
pub fn svg(schema: &Schema, title: &str, id: &str) -> String {
    let drawing = layout(schema);
    let Layout { width, height, .. } = drawing;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" role=\"img\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc><style>{}</style>",
        escaped(title),
        escaped(&words(schema).join(" ")),
        STYLE.replace("ID", id)
    );
    for line in &drawing.lines {
        draw_line(&mut out, line);
    }
    for place in &drawing.boxes {
        draw_box(&mut out, schema, place);
    }
    out.push_str("</svg>");
    out
}

fn draw_box(out: &mut String, schema: &Schema, place: &Box) {
    let Box {
        x,
        y,
        width,
        height,
        ..
    } = *place;
    let table = place.table.and_then(|index| schema.tables.get(index));
    let class = if table.is_some() {
        "box"
    } else {
        "box missing"
    };
    let _ = write!(
        out,
        "<g><rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"></rect>\
         <rect class=\"head\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{HEAD}\"></rect>\
         <text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
        x + 10,
        y + 19,
        escaped(&cut(&place.name))
    );
    let mut row = y + HEAD + 16;
    if table.is_none() {
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{row}\">is not there</text>",
            x + 10
        );
    }
    for column in table.iter().flat_map(|table| &table.columns) {
        draw_column(out, column, x, row, width);
        row += ROW;
    }
    out.push_str("</g>");
}

fn draw_column(out: &mut String, column: &Column, x: i32, y: i32, width: i32) {
    let marks: Vec<&str> = [
        (column.is_key, "PK"),
        (column.is_foreign, "FK"),
        (column.is_unique, "U"),
    ]
    .iter()
    .filter(|(is, _)| *is)
    .map(|(_, mark)| *mark)
    .collect();
    if !marks.is_empty() {
        let _ = write!(
            out,
            "<text class=\"mark\" x=\"{}\" y=\"{y}\">{}</text>",
            x + 10,
            marks.join(" ")
        );
    }
    let kind = kind(&column.declared, column.is_required && !column.is_key);
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{y}\">{}</text>",
        x + MARKS,
        escaped(&cut(&column.name))
    );
    if !kind.is_empty() {
        let _ = write!(
            out,
            "<text class=\"kind\" x=\"{}\" y=\"{y}\">{}</text>",
            x + width - 10,
            escaped(&cut(&kind))
        );
    }
}

fn draw_line(out: &mut String, line: &Line) {
    let points: Vec<String> = line
        .points
        .iter()
        .map(|(x, y)| format!("{x},{y}"))
        .collect();
    let _ = write!(
        out,
        "<polyline class=\"line\" points=\"{}\"></polyline>",
        points.join(" ")
    );
    let ends = (line.points.first(), line.points.get(1), line.points.last());
    let (Some(&child), Some(&next), Some(&parent)) = ends else {
        return;
    };
    let before = line.points.iter().rev().nth(1).copied().unwrap_or(child);
    // None or many here, or none or one.
    if line.is_one_to_one {
        bar(out, child, next, 8);
    } else {
        crow(out, child, next);
    }
    ring(out, child, next, 18);
    // One there, or none or one.
    bar(out, parent, before, 8);
    if line.is_required {
        bar(out, parent, before, 13);
    } else {
        ring(out, parent, before, 18);
    }
}

/// Away from the box: 1 to the right, -1 to the left.
fn away(end: (i32, i32), next: (i32, i32)) -> i32 {
    if next.0 < end.0 { -1 } else { 1 }
}

fn bar(out: &mut String, end: (i32, i32), next: (i32, i32), distance: i32) {
    let x = end.0 + away(end, next) * distance;
    let _ = write!(
        out,
        "<line class=\"end\" x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{}\"></line>",
        end.1 - 6,
        end.1 + 6
    );
}

fn crow(out: &mut String, end: (i32, i32), next: (i32, i32)) {
    let x = end.0 + away(end, next) * 13;
    let _ = write!(
        out,
        "<path class=\"end\" d=\"M{x} {y}L{edge} {}M{x} {y}L{edge} {}\"></path>",
        end.1 - 7,
        end.1 + 7,
        y = end.1,
        edge = end.0
    );
}

fn ring(out: &mut String, end: (i32, i32), next: (i32, i32), distance: i32) {
    let x = end.0 + away(end, next) * distance;
    let _ = write!(
        out,
        "<circle class=\"ring\" cx=\"{x}\" cy=\"{}\" r=\"4\"></circle>",
        end.1
    );
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(LONGEST - 1).collect();
    out.push('…');
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('{', "&#123;")
        .replace(['\n', '\r'], " ")
}
