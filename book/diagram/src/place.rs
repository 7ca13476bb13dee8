//! How high everything stands: boxes one below the other, lines as straight
//! as they can be.

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::order::{Columns, Item, Pin};

pub(crate) const HEAD: i32 = 30;
pub(crate) const ROW: i32 = 23;
/// Below the last row.
pub(crate) const FOOT: i32 = 5;
/// Between boxes.
const GAP: i32 = 24;
/// A line that passes between boxes.
const WAY: i32 = 6;
/// Between lines that end at the same side of a box.
const APART: f64 = 13.0;
const ROUNDS: usize = 24;

/// Where a line ends by itself, where it leads, and what it is.
type End = (i32, i32, Pin);

/// The height of everything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heights {
    /// The upper edge of boxes and ways.
    tops: BTreeMap<Item, i32>,
    /// Where a line ends, from the upper edge of its box.
    ports: BTreeMap<Pin, i32>,
}

impl Heights {
    pub(crate) fn of(graph: &Graph, columns: &Columns) -> Self {
        let mut heights = Heights::default();
        for items in &columns.items {
            let mut top = 0;
            for item in items {
                heights.tops.insert(*item, top);
                top += size(graph, *item) + GAP;
            }
        }
        heights.level(graph, columns);
        heights.part(graph, columns);
        heights.level(graph, columns);
        heights
    }

    pub(crate) fn top(&self, item: Item) -> i32 {
        self.tops.get(&item).copied().unwrap_or_default()
    }

    pub(crate) fn pin(&self, graph: &Graph, pin: Pin) -> i32 {
        self.top(pin.item(graph)) + self.offset(graph, pin)
    }

    /// Where all of it begins and ends.
    pub(crate) fn extent(&self, graph: &Graph) -> (i32, i32) {
        let ends = self.tops.iter().map(|(item, top)| top + size(graph, *item));
        (
            self.tops.values().copied().min().unwrap_or_default(),
            ends.max().unwrap_or_default(),
        )
    }

    /// Moves all of a column.
    pub(crate) fn lower(&mut self, items: &[Item], by: i32) {
        for item in items {
            if let Some(top) = self.tops.get_mut(item) {
                *top += by;
            }
        }
    }

    fn offset(&self, graph: &Graph, pin: Pin) -> i32 {
        self.ports
            .get(&pin)
            .copied()
            .unwrap_or_else(|| middle(graph, pin))
    }

    /// Moves boxes towards those that they are linked to.
    fn level(&mut self, graph: &Graph, columns: &Columns) {
        for round in 0..ROUNDS {
            let before = self.tops.clone();
            for step in 0..columns.items.len() {
                let layer = match round % 2 {
                    0 => step,
                    _ => columns.items.len() - 1 - step,
                };
                self.level_one(graph, columns, layer);
            }
            if self.tops == before {
                break;
            }
        }
        let (first, _) = self.extent(graph);
        for top in self.tops.values_mut() {
            *top -= first;
        }
    }

    fn level_one(&mut self, graph: &Graph, columns: &Columns, layer: usize) {
        let items = &columns.items[layer];
        let mut pulls: BTreeMap<Item, Vec<i32>> = BTreeMap::new();
        let mut pull = |here: &[Pin], there: &[Pin]| {
            for pin in here {
                for other in there {
                    let top = self.pin(graph, *other) - self.offset(graph, *pin);
                    pulls.entry(pin.item(graph)).or_default().push(top);
                }
            }
        };
        for span in &columns.channels[layer] {
            pull(&span.left, &span.right);
        }
        if let Some(before) = layer.checked_sub(1) {
            for span in &columns.channels[before] {
                pull(&span.right, &span.left);
            }
        }
        let wanted: Vec<f64> = items
            .iter()
            .map(|item| match pulls.get(item) {
                Some(tops) => f64::from(tops.iter().sum::<i32>()) / f64::from(count(tops.len())),
                None => f64::from(self.top(*item)),
            })
            .collect();
        let sizes: Vec<f64> = items
            .iter()
            .map(|item| f64::from(size(graph, *item) + GAP))
            .collect();
        for (item, top) in items.iter().zip(stack(&wanted, &sizes)) {
            self.tops.insert(*item, rounded(top));
        }
    }

    /// Keeps lines apart that end at the same row.
    fn part(&mut self, graph: &Graph, columns: &Columns) {
        let mut sides: BTreeMap<(Item, bool), Vec<End>> = BTreeMap::new();
        for spans in &columns.channels {
            for span in spans {
                for (at_right, here, there) in [
                    (true, &span.left, &span.right),
                    (false, &span.right, &span.left),
                ] {
                    for pin in here.iter().filter(|pin| !matches!(pin, Pin::Way(..))) {
                        let mut ends: Vec<i32> =
                            there.iter().map(|other| self.pin(graph, *other)).collect();
                        if ends.is_empty() {
                            ends.push(self.pin(graph, *pin));
                        }
                        let mean = ends.iter().sum::<i32>() / count(ends.len());
                        sides.entry((pin.item(graph), at_right)).or_default().push((
                            middle(graph, *pin),
                            mean,
                            *pin,
                        ));
                    }
                }
            }
        }
        for ((item, _), mut pins) in sides {
            pins.sort();
            let wanted: Vec<f64> = pins
                .iter()
                .map(|(middle, _, _)| f64::from(*middle))
                .collect();
            let room = f64::from(size(graph, item) - 8);
            let apart = APART.min(room / f64::from(count(pins.len())));
            let offsets = stack(&wanted, &vec![apart; pins.len()]);
            for ((_, _, pin), offset) in pins.iter().zip(offsets) {
                let most = size(graph, item) - 4;
                self.ports.insert(*pin, rounded(offset).clamp(4, most));
            }
        }
    }
}

pub(crate) fn size(graph: &Graph, item: Item) -> i32 {
    match item {
        Item::Box(node) => HEAD + count(graph.nodes[node].rows) * ROW + FOOT,
        Item::Way(..) => WAY,
    }
}

/// From the upper edge of a box to the middle of a row.
pub(crate) fn row_middle(row: usize) -> i32 {
    HEAD + count(row) * ROW + ROW / 2 + 1
}

fn middle(graph: &Graph, pin: Pin) -> i32 {
    if matches!(pin, Pin::Way(..)) {
        return WAY / 2;
    }
    let rows = pin.rows(graph);
    match (rows.iter().min(), rows.iter().max()) {
        (Some(first), Some(last)) => i32::midpoint(row_middle(*first), row_middle(*last)),
        _ => HEAD / 2,
    }
}

/// Puts things in their order where they want to be, or as near as can be:
/// the sum of the squares of what each is moved by is least.
fn stack(wanted: &[f64], sizes: &[f64]) -> Vec<f64> {
    // Without their sizes, they must only not descend.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    let mut before = 0.0;
    for (want, size) in wanted.iter().zip(sizes) {
        let mut group = (want - before, 1);
        while let Some(last) = groups.pop_if(|last| last.0 > group.0) {
            let members = last.1 + group.1;
            let sum = last.0 * f64::from(count(last.1)) + group.0 * f64::from(count(group.1));
            group = (sum / f64::from(count(members)), members);
        }
        groups.push(group);
        before += size;
    }
    let mut tops = Vec::with_capacity(wanted.len());
    let mut before = 0.0;
    let mut sizes = sizes.iter();
    for (level, members) in groups {
        for _ in 0..members {
            tops.push(level + before);
            before += sizes.next().copied().unwrap_or_default();
        }
    }
    tops
}

pub(crate) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / 1024)
}

// `as` saturates, and no drawing is that large.
#[allow(clippy::cast_possible_truncation)]
fn rounded(value: f64) -> i32 {
    value.floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_where_they_want_if_there_is_room() {
        assert_eq!(stack(&[0.0, 50.0], &[10.0, 10.0]), [0.0, 50.0]);
        assert_eq!(stack(&[5.0, 5.0], &[10.0, 10.0]), [0.0, 10.0]);
        assert_eq!(
            stack(&[100.0, 0.0, 60.0], &[10.0; 3]),
            [43.333333333333336, 53.333333333333336, 63.333333333333336]
        );
        assert!(stack(&[], &[]).is_empty());
    }
}
