//! Lines from a foreign key to what it refers to, between the boxes.

use std::cmp::Ordering;

use crate::graph::Graph;
use crate::order::{Columns, Pin, Span};
use crate::place::Heights;

/// Room for the marks at the end of a line.
const END: i32 = 25;
/// Between two lines side by side.
const APART: i32 = 10;
/// Right of the last column, beside a line that returns.
const EDGE: i32 = 10;
/// Up to so many lines beside each other are put in any order; up to twice as
/// many, neighbors change places.
const MANY: usize = 16;
const ROUNDS: usize = 8;
/// Lines nearer than this look like one.
const NEAR: u32 = 4;

pub(crate) type Point = (i32, i32);

/// The left and the right edge of a column of boxes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides {
    pub(crate) left: i32,
    pub(crate) right: i32,
}

/// Where columns stand, and the line of each edge, from child to parent.
pub(crate) struct Routes {
    pub(crate) columns: Vec<Sides>,
    pub(crate) right: i32,
    pub(crate) lines: Vec<Vec<Point>>,
}

/// The net's line up and down between two columns.
#[derive(Clone, Debug)]
struct Track {
    net: usize,
    left: Vec<i32>,
    right: Vec<i32>,
}

impl Routes {
    pub(crate) fn of(graph: &Graph, order: &Columns, heights: &Heights, widths: &[i32]) -> Self {
        let mut columns = Vec::new();
        let mut tracks: Vec<Vec<(usize, i32)>> = Vec::new();
        let mut x = 0;
        for (layer, width) in widths.iter().enumerate() {
            let right = x + width;
            columns.push(Sides { left: x, right });
            let spans = order.channels.get(layer).map_or(&[][..], Vec::as_slice);
            let bends = bends(graph, heights, spans);
            let mut at = right + END;
            let mut here = Vec::new();
            for track in &bends {
                here.push((track.net, at));
                at += APART;
            }
            let is_last = layer + 1 == widths.len();
            x = match (is_last, bends.is_empty()) {
                (true, true) => right,
                (true, false) => at - APART + EDGE,
                (false, true) => at + END,
                (false, false) => at - APART + END,
            };
            tracks.push(here);
        }
        let mut routes = Routes {
            columns,
            right: x,
            lines: Vec::new(),
        };
        let mut lines = vec![Vec::new(); graph.edges.len()];
        for (index, net) in graph.nets.iter().enumerate() {
            for edge in &net.edges {
                lines[*edge] = routes.line(graph, heights, &tracks, index, *edge);
            }
        }
        routes.lines = lines;
        routes
    }

    fn line(
        &self,
        graph: &Graph,
        heights: &Heights,
        tracks: &[Vec<(usize, i32)>],
        net: usize,
        index: usize,
    ) -> Vec<Point> {
        let edge = &graph.edges[index];
        let child = graph.layer[edge.child];
        let parent = graph.layer[edge.parent];
        let track = |channel: usize| {
            tracks[channel]
                .iter()
                .find(|(other, _)| *other == net)
                .map(|(_, x)| *x)
        };
        let (from, channels, to): (i32, Vec<usize>, i32) = match child.cmp(&parent) {
            Ordering::Equal => (
                self.columns[child].right,
                vec![child],
                self.columns[parent].right,
            ),
            Ordering::Greater => (
                self.columns[child].left,
                (parent..child).rev().collect(),
                self.columns[parent].right,
            ),
            Ordering::Less => (
                self.columns[child].right,
                (child..parent).collect(),
                self.columns[parent].left,
            ),
        };
        let mut y = heights.pin(graph, Pin::Child(index));
        let mut points = vec![(from, y)];
        for (step, channel) in channels.iter().enumerate() {
            let next = if step + 1 == channels.len() {
                heights.pin(graph, Pin::Parent(net))
            } else {
                // The column between this channel and the next one.
                let passed = if child > parent {
                    *channel
                } else {
                    channel + 1
                };
                heights.pin(graph, Pin::Way(net, passed))
            };
            if let Some(x) = track(*channel) {
                points.extend([(x, y), (x, next)]);
            }
            y = next;
        }
        points.push((to, y));
        straightened(&points)
    }
}

/// Whether two lines between these columns cannot but run over each other.
pub(crate) fn clash(graph: &Graph, heights: &Heights, spans: &[Span]) -> bool {
    spans.len() <= 2 * MANY && over(&bends(graph, heights, spans)) > 0
}

/// The lines that go up or down, from the left to the right.
fn bends(graph: &Graph, heights: &Heights, spans: &[Span]) -> Vec<Track> {
    let ends =
        |pins: &[Pin]| -> Vec<i32> { pins.iter().map(|pin| heights.pin(graph, *pin)).collect() };
    let all: Vec<Track> = spans
        .iter()
        .map(|span| Track {
            net: span.net,
            left: ends(&span.left),
            right: ends(&span.right),
        })
        .collect();
    let (straight, mut bends): (Vec<Track>, Vec<Track>) =
        all.into_iter().partition(Track::is_straight);
    bends.sort_by_key(|track| (track.middle(), track.net));
    if bends.len() > 2 * MANY {
        return bends;
    }
    let mut least = cost(&bends, &straight);
    // Each try looks at every pair; of many lines, only neighbors are tried.
    let reach = if bends.len() > MANY { 1 } else { MANY };
    for _ in 0..ROUNDS {
        let before = least;
        for first in 0..bends.len() {
            for second in (first + 1)..bends.len().min(first + 1 + reach) {
                bends.swap(first, second);
                let cost = cost(&bends, &straight);
                if cost < least {
                    least = cost;
                } else {
                    bends.swap(first, second);
                }
            }
        }
        if least == before {
            break;
        }
    }
    bends
}

impl Track {
    fn ends(&self) -> impl Iterator<Item = i32> {
        self.left.iter().chain(&self.right).copied()
    }

    fn top(&self) -> i32 {
        self.ends().min().unwrap_or_default()
    }

    fn bottom(&self) -> i32 {
        self.ends().max().unwrap_or_default()
    }

    fn middle(&self) -> i32 {
        i32::midpoint(self.top(), self.bottom())
    }

    fn is_straight(&self) -> bool {
        self.top() == self.bottom() && !self.left.is_empty() && !self.right.is_empty()
    }
}

/// Lines that cross, and worse, lines that run over each other.
fn cost(bends: &[Track], straight: &[Track]) -> i32 {
    let touch = |y: i32, track: &Track| {
        if y == track.top() || y == track.bottom() {
            // It would run into the bend.
            4
        } else {
            i32::from(track.top() < y && y < track.bottom())
        }
    };
    let mut cost = 0;
    for (index, track) in bends.iter().enumerate() {
        for other in straight {
            cost += touch(other.top(), track);
        }
        for other in bends.iter().skip(index + 1) {
            // The other one is to the right of this one.
            cost += track.right.iter().map(|y| touch(*y, other)).sum::<i32>();
            cost += other.left.iter().map(|y| touch(*y, track)).sum::<i32>();
        }
    }
    cost + 40 * over(bends)
}

/// How many lines run over each other.
fn over(bends: &[Track]) -> i32 {
    let mut count = 0;
    for (index, track) in bends.iter().enumerate() {
        for other in bends.iter().skip(index + 1) {
            for right in &track.right {
                count += other
                    .left
                    .iter()
                    .map(|left| i32::from(left.abs_diff(*right) < NEAR))
                    .sum::<i32>();
            }
        }
    }
    count
}

/// Without points in the middle of a straight piece.
fn straightened(points: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for point in points {
        if out.last() == Some(point) {
            continue;
        }
        if let [.., before, last] = out.as_slice() {
            let level = before.1 == last.1 && last.1 == point.1;
            let upright = before.0 == last.0 && last.0 == point.0;
            if level || upright {
                out.pop();
            }
        }
        out.push(*point);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_the_way_are_left_out() {
        let bent = [(0, 0), (5, 0), (5, 0), (9, 0), (9, 4), (9, 8), (12, 8)];
        assert_eq!(straightened(&bent), [(0, 0), (9, 0), (9, 8), (12, 8)]);
    }
}
