//! The picture as geometry: boxes and lines, with a place each.

use crate::graph::{Edge, Graph, Node};
use crate::order::{Columns, Item};
use crate::place::{Heights, count, row_middle, size};
use crate::route::{Point, Routes, clash};
use crate::schema::{Column, Many, Schema, Table};
use crate::text::{NAME, TYPE, shown, wide};

/// Around everything.
pub(crate) const MARGIN: i32 = 8;
pub(crate) const PAD: i32 = 9;
/// The place of one mark before a name.
pub(crate) const MARK: i32 = 24;
/// How far a column is moved where lines would run over each other, and how
/// often that is tried.
const NUDGE: i32 = 5;
const NUDGES: usize = 6;
/// A letter of a name, of a type and of a head, in tenths of a pixel: the
/// widest monospaced font is meant.
const NAME_LETTER: i32 = 80;
const TYPE_LETTER: i32 = 73;
const HEAD_LETTER: i32 = 90;

#[derive(Debug)]
pub(crate) struct Drawing {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) frames: Vec<Frame>,
    pub(crate) lines: Vec<Line>,
}

/// A box.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) name: Label,
    /// There is no such table.
    pub(crate) missing: bool,
    /// Where names and types begin, from the left edge.
    pub(crate) name_at: i32,
    pub(crate) type_at: i32,
    pub(crate) rows: Vec<Field>,
}

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) marks: Vec<&'static str>,
    pub(crate) name: Label,
    pub(crate) kind: Label,
}

/// Text that may have been cut.
#[derive(Debug, Default)]
pub(crate) struct Label {
    pub(crate) shown: String,
    /// The whole, if it was cut.
    pub(crate) whole: Option<String>,
}

/// A foreign key.
#[derive(Debug)]
pub(crate) struct Line {
    /// From the child to the parent.
    pub(crate) points: Vec<Point>,
    pub(crate) children: Many,
    pub(crate) parents: Many,
    /// What it refers to is missing.
    pub(crate) broken: bool,
    /// The middles of the rows, where a key has several columns.
    pub(crate) from: Vec<i32>,
    pub(crate) to: Vec<i32>,
}

impl Drawing {
    pub(crate) fn of(schema: &Schema) -> Self {
        let graph = Graph::of(schema);
        let columns = Columns::of(&graph);
        let heights = settled(&graph, &columns);
        let mut frames: Vec<Frame> = graph.nodes.iter().map(|node| frame(schema, node)).collect();
        let mut widths = vec![0; graph.layers];
        for (frame, layer) in frames.iter().zip(&graph.layer) {
            widths[*layer] = frame.width.max(widths[*layer]);
        }
        let routes = Routes::of(&graph, &columns, &heights, &widths);
        for (node, frame) in frames.iter_mut().enumerate() {
            let sides = routes.columns[graph.layer[node]];
            frame.x = sides.left + MARGIN;
            frame.width = sides.right - sides.left;
            frame.y = heights.top(Item::Box(node)) + MARGIN;
            frame.height = size(&graph, Item::Box(node));
        }
        let lines = graph
            .edges
            .iter()
            .zip(&routes.lines)
            .map(|(edge, points)| line(&graph, &frames, edge, points))
            .collect();
        let (_, bottom) = heights.extent(&graph);
        Drawing {
            width: routes.right + 2 * MARGIN,
            height: bottom + 2 * MARGIN,
            frames,
            lines,
        }
    }
}

/// Heights at which no line has to run over another.
fn settled(graph: &Graph, columns: &Columns) -> Heights {
    let mut heights = Heights::of(graph, columns);
    let pairs = columns.channels.iter().zip(columns.items.iter().skip(1));
    for (spans, right) in pairs {
        for _ in 0..NUDGES {
            if !clash(graph, &heights, spans) {
                break;
            }
            heights.lower(right, NUDGE);
        }
    }
    heights
}

fn line(graph: &Graph, frames: &[Frame], edge: &Edge, points: &[Point]) -> Line {
    let rows = |node: usize, rows: &[usize]| match rows {
        [_, _, ..] => rows
            .iter()
            .map(|row| frames[node].y + row_middle(*row))
            .collect(),
        _ => Vec::new(),
    };
    Line {
        points: points
            .iter()
            .map(|(x, y)| (x + MARGIN, y + MARGIN))
            .collect(),
        children: edge.children,
        parents: edge.parents,
        broken: graph.nodes[edge.parent].table.is_none() || edge.to.is_empty(),
        from: rows(edge.child, &edge.from),
        to: rows(edge.parent, &edge.to),
    }
}

fn frame(schema: &Schema, node: &Node) -> Frame {
    let table = node.table.and_then(|index| schema.tables.get(index));
    let rows: Vec<Field> = match table {
        Some(table) => table
            .columns
            .iter()
            .map(|column| row(table, column))
            .collect(),
        None => vec![Field {
            marks: Vec::new(),
            name: Label::of("no such table", NAME),
            kind: Label::default(),
        }],
    };
    let name = Label::of(&node.name, NAME);
    let marks = rows.iter().map(|row| row.marks.len()).max().unwrap_or(0);
    let widest = |label: fn(&Field) -> &Label| {
        let widths = rows.iter().map(|row| wide(&label(row).shown));
        count(widths.max().unwrap_or(0))
    };
    let name_at = PAD + count(marks) * MARK;
    let type_at = name_at + widest(|row| &row.name) * NAME_LETTER / 10 + 14;
    let types = widest(|row| &row.kind);
    let width = if types == 0 {
        type_at - 14
    } else {
        type_at + types * TYPE_LETTER / 10
    };
    let head = 2 * PAD + count(wide(&name.shown)) * HEAD_LETTER / 10;
    Frame {
        x: 0,
        y: 0,
        width: (width + PAD).max(head).max(90),
        height: 0,
        name,
        missing: table.is_none(),
        name_at,
        type_at,
        rows,
    }
}

fn row(table: &Table, column: &Column) -> Field {
    let is_in = |names: &[String]| {
        names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(&column.name))
    };
    let mut marks = Vec::new();
    if is_in(&table.primary_key) {
        marks.push("PK");
    }
    if table.foreign_keys.iter().any(|key| is_in(&key.columns)) {
        marks.push("FK");
    }
    let alone = |names: &[String]| names.len() == 1 && is_in(names);
    if table.uniques.iter().any(|unique| alone(&unique.columns)) {
        marks.push("U");
    } else if let Some(place) = table
        .uniques
        .iter()
        .filter(|unique| unique.columns.len() > 1)
        .position(|unique| is_in(&unique.columns))
    {
        // Columns that are unique together bear the same number.
        marks.push(match place {
            0 => "U1",
            1 => "U2",
            2 => "U3",
            _ => "U…",
        });
    }
    let mut kind = Label::of(&column.declared, TYPE);
    if column.not_null {
        let space = if kind.shown.is_empty() { "" } else { " " };
        kind.shown = format!("{}{space}NOT NULL", kind.shown);
    }
    Field {
        marks,
        name: Label::of(&column.name, NAME),
        kind,
    }
}

impl Label {
    fn of(text: &str, most: usize) -> Self {
        let cut = shown(text, most);
        let whole = (cut != text).then(|| text.to_owned());
        Label { shown: cut, whole }
    }
}
