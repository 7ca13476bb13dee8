//! Where everything stands: tables in columns by their distance along foreign
//! keys, lines in the lanes between the columns and in the tracks above them.

use std::collections::BTreeMap;

use crate::schema::{ForeignKey, Schema};

/// All lengths are in pixels.
pub(crate) const ROW: i32 = 22;
pub(crate) const HEAD: i32 = 28;
/// Of a letter of the fixed-width font.
pub(crate) const LETTER: i32 = 9;
/// For the marks PK, FK, U.
pub(crate) const MARKS: i32 = 56;
const MARGIN: i32 = 12;
/// Between two tables of a column.
const APART: i32 = 28;
/// Of a gap between columns, without its lanes.
const GAP: i32 = 64;
/// Between two lanes or tracks.
const LANE: i32 = 10;
/// Longer names are cut.
pub(crate) const LONGEST: usize = 28;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Box {
    /// Index in the schema; none for a table that is referred to but not there.
    pub(crate) table: Option<usize>,
    pub(crate) name: String,
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// The line of a foreign key, from the table that has it to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) points: Vec<(i32, i32)>,
    pub(crate) is_required: bool,
    pub(crate) is_one_to_one: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) boxes: Vec<Box>,
    pub(crate) lines: Vec<Line>,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// A foreign key between two boxes.
struct Edge<'a> {
    child: usize,
    parent: usize,
    key: &'a ForeignKey,
}

pub(crate) fn layout(schema: &Schema) -> Layout {
    let (mut boxes, edges) = boxes(schema);
    let level = levels(boxes.len(), &edges);
    let columns = level.iter().max().map_or(0, |last| last + 1);
    // Lanes to the right of each column, and those before the first.
    let mut lanes = vec![0; columns + 1];
    let mut tracks = 0;
    let routes: Vec<Route> = edges
        .iter()
        .map(|edge| route(&level, edge, &mut lanes, &mut tracks))
        .collect();

    let top = MARGIN + tracks * LANE + if tracks > 0 { LANE } else { 0 };
    let mut x = MARGIN;
    let mut gap_x = vec![0; columns + 1];
    let mut height = top;
    for column in 0..columns {
        let mut y = top;
        let mut width = 0;
        for (index, place) in boxes.iter_mut().enumerate() {
            if level.get(index) == Some(&column) {
                place.x = x;
                place.y = y;
                y += place.height + APART;
                width = width.max(place.width);
            }
        }
        height = height.max(y - APART);
        x += width;
        if let Some(slot) = gap_x.get_mut(column + 1) {
            *slot = x;
        }
        let used = lanes.get(column + 1).copied().unwrap_or(0);
        if column + 1 < columns || used > 0 {
            x += GAP + used * LANE;
        }
    }
    let lines = edges
        .iter()
        .zip(&routes)
        .filter_map(|(edge, route)| {
            let aside = aside(&edges, edge);
            line(schema, &boxes, &gap_x, edge, route, aside)
        })
        .collect();
    Layout {
        boxes,
        lines,
        width: x + MARGIN,
        height: height + MARGIN,
    }
}

fn boxes(schema: &Schema) -> (Vec<Box>, Vec<Edge<'_>>) {
    let mut boxes: Vec<Box> = schema
        .tables
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let columns = table.columns.iter().map(|column| {
                let kind = kind(&column.declared, column.is_required && !column.is_key);
                MARKS + LETTER * (shown(&column.name) + 2 + shown(&kind))
            });
            let name = LETTER * (shown(&table.name) + 3);
            Box {
                table: Some(index),
                name: table.name.clone(),
                x: 0,
                y: 0,
                width: columns.chain([name, 120]).max().unwrap_or(120),
                height: HEAD + ROW * number(table.columns.len()) + 4,
            }
        })
        .collect();
    let mut ghosts: BTreeMap<String, usize> = BTreeMap::new();
    let mut edges = Vec::new();
    for (child, table) in schema.tables.iter().enumerate() {
        for key in &table.foreign_keys {
            let known = schema
                .tables
                .iter()
                .position(|other| other.name.eq_ignore_ascii_case(&key.table));
            let parent = known.unwrap_or_else(|| {
                *ghosts.entry(key.table.to_lowercase()).or_insert_with(|| {
                    boxes.push(Box {
                        table: None,
                        name: key.table.clone(),
                        x: 0,
                        y: 0,
                        width: (LETTER * (shown(&key.table) + 3)).max(120),
                        height: HEAD + ROW + 4,
                    });
                    boxes.len() - 1
                })
            });
            edges.push(Edge { child, parent, key });
        }
    }
    (boxes, edges)
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 1000)
}

/// Letters that are drawn.
fn shown(text: &str) -> i32 {
    number(text.chars().count().min(LONGEST))
}

/// `TEXT NOT NULL`.
pub(crate) fn kind(declared: &str, is_required: bool) -> String {
    match (declared.is_empty(), is_required) {
        (_, false) => declared.to_owned(),
        (true, true) => "NOT NULL".to_owned(),
        (false, true) => format!("{declared} NOT NULL"),
    }
}

/// A table stands one column to the right of the farthest table that it refers
/// to. In a circle somebody has to begin. Tables that know none of the others
/// stand in two columns.
fn levels(count: usize, edges: &[Edge<'_>]) -> Vec<usize> {
    if edges.is_empty() {
        return (0..count).map(|index| index % 2).collect();
    }
    let mut level = vec![0; count];
    for _ in 0..count {
        let mut moved = false;
        for edge in edges {
            let (Some(&parent), Some(&child)) = (level.get(edge.parent), level.get(edge.child))
            else {
                continue;
            };
            if edge.child != edge.parent && child <= parent && parent + 1 < count {
                if reaches(edges, edge.child, edge.parent, &mut vec![false; count]) {
                    continue;
                }
                if let Some(slot) = level.get_mut(edge.child) {
                    *slot = parent + 1;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
    level
}

/// Whether `to` itself refers, directly or not, to `from`.
fn reaches(edges: &[Edge<'_>], from: usize, to: usize, seen: &mut Vec<bool>) -> bool {
    if let Some(slot) = seen.get_mut(to) {
        if *slot {
            return false;
        }
        *slot = true;
    }
    edges
        .iter()
        .filter(|edge| edge.child == to)
        .any(|edge| edge.parent == from || reaches(edges, from, edge.parent, seen))
}

/// Which lanes and track a line takes.
enum Route {
    /// Out to the right, in the lane beside the column, and back.
    Loop { gap: usize, lane: i32 },
    /// To the left, over the gap between neighbors.
    Next { gap: usize, lane: i32 },
    /// Between columns that are not neighbors, above all tables.
    Over {
        child_gap: usize,
        child_lane: i32,
        parent_gap: usize,
        parent_lane: i32,
        track: i32,
        /// The child stands to the left, in a circle.
        is_back: bool,
    },
}

fn route(level: &[usize], edge: &Edge<'_>, lanes: &mut [i32], tracks: &mut i32) -> Route {
    let child = level.get(edge.child).copied().unwrap_or(0);
    let parent = level.get(edge.parent).copied().unwrap_or(0);
    let mut take = |gap: usize| {
        lanes.get_mut(gap).map_or(0, |count| {
            *count += 1;
            *count
        })
    };
    if child == parent {
        let gap = child + 1;
        return Route::Loop {
            gap,
            lane: take(gap),
        };
    }
    if child == parent + 1 {
        return Route::Next {
            gap: child,
            lane: take(child),
        };
    }
    let is_back = child < parent;
    let child_gap = if is_back { child + 1 } else { child };
    let child_lane = take(child_gap);
    let parent_gap = parent + 1;
    let parent_lane = take(parent_gap);
    *tracks += 1;
    Route::Over {
        child_gap,
        child_lane,
        parent_gap,
        parent_lane,
        track: *tracks,
        is_back,
    }
}

/// Where lines with different ends arrive at a row, they arrive apart.
fn aside(edges: &[Edge<'_>], edge: &Edge<'_>) -> i32 {
    let differ = edges.iter().any(|other| {
        other.parent == edge.parent
            && other.key.references.first() == edge.key.references.first()
            && other.key.is_required != edge.key.is_required
    });
    match (differ, edge.key.is_required) {
        (false, _) => 0,
        (true, true) => -6,
        (true, false) => 6,
    }
}

fn line(
    schema: &Schema,
    boxes: &[Box],
    gap_x: &[i32],
    edge: &Edge<'_>,
    route: &Route,
    aside: i32,
) -> Option<Line> {
    let child = boxes.get(edge.child)?;
    let parent = boxes.get(edge.parent)?;
    let from_y = row_y(schema, child, edge.key.columns.first());
    let mut to_y = row_y(schema, parent, edge.key.references.first()) + aside;
    if edge.child == edge.parent && from_y == to_y {
        to_y -= 6;
    }
    let lane_x = |gap: usize, lane: i32| {
        gap_x.get(gap).copied().unwrap_or(0) + GAP / 2 + lane * LANE - LANE / 2
    };
    let right = |place: &Box| place.x + place.width;
    let points = match *route {
        Route::Loop { gap, lane } => {
            let x = lane_x(gap, lane);
            vec![
                (right(child), from_y),
                (x, from_y),
                (x, to_y),
                (right(parent), to_y),
            ]
        }
        Route::Next { gap, lane } => {
            let x = lane_x(gap, lane);
            vec![
                (child.x, from_y),
                (x, from_y),
                (x, to_y),
                (right(parent), to_y),
            ]
        }
        Route::Over {
            child_gap,
            child_lane,
            parent_gap,
            parent_lane,
            track,
            is_back,
        } => {
            let child_x = if is_back { right(child) } else { child.x };
            let (x, far) = (
                lane_x(child_gap, child_lane),
                lane_x(parent_gap, parent_lane),
            );
            let y = MARGIN + (track - 1) * LANE;
            vec![
                (child_x, from_y),
                (x, from_y),
                (x, y),
                (far, y),
                (far, to_y),
                (right(parent), to_y),
            ]
        }
    };
    Some(Line {
        points,
        is_required: edge.key.is_required,
        is_one_to_one: edge.key.is_one_to_one,
    })
}

/// The middle of a column's row; of the first when there is no such column.
fn row_y(schema: &Schema, place: &Box, column: Option<&String>) -> i32 {
    let index = place
        .table
        .and_then(|index| schema.tables.get(index))
        .zip(column)
        .and_then(|(table, name)| {
            table
                .columns
                .iter()
                .position(|column| column.name.eq_ignore_ascii_case(name))
        })
        .unwrap_or(0);
    place.y + HEAD + ROW * number(index) + ROW / 2
}
