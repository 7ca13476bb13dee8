//! Which box stands above which, so that few lines cross.

use std::collections::BTreeSet;

use crate::graph::Graph;

/// More rounds change little.
const ROUNDS: usize = 12;

/// What stands in a column of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    Box(usize),
    /// A net passes this column on its way to another.
    Way(usize, usize),
}

/// Where a net ends at the edge of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pin {
    /// At the child's box of this edge.
    Child(usize),
    /// At the parent's box of this net.
    Parent(usize),
    /// Where this net passes this column.
    Way(usize, usize),
}

/// The place of an item in its column, and a row of it.
type Position = (usize, usize);

/// A net between one column and the next; the edges of both columns that it
/// touches.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) net: usize,
    pub(crate) left: Vec<Pin>,
    pub(crate) right: Vec<Pin>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// Of each column, from the top.
    pub(crate) items: Vec<Vec<Item>>,
    /// Between each column and the next; the last is to the right of all.
    pub(crate) channels: Vec<Vec<Span>>,
}

impl Columns {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut columns = Columns {
            items: vec![Vec::new(); graph.layers],
            channels: vec![Vec::new(); graph.layers],
        };
        for (node, layer) in graph.layer.iter().enumerate() {
            columns.items[*layer].push(Item::Box(node));
        }
        for net in 0..graph.nets.len() {
            columns.lead(graph, net);
        }
        columns.settle(graph);
        columns
    }

    /// The way of a net through the columns.
    fn lead(&mut self, graph: &Graph, index: usize) {
        let net = &graph.nets[index];
        let root = graph.layer[net.parent];
        let child_layer = |edge: &usize| graph.layer[graph.edges[*edge].child];
        let is_loop = |edge: &usize| graph.edges[*edge].child == net.parent;
        let reached: BTreeSet<usize> = net
            .edges
            .iter()
            .filter(|edge| !is_loop(edge))
            .map(child_layer)
            .collect();
        let low = reached.first().copied().unwrap_or(root).min(root);
        let high = reached.last().copied().unwrap_or(root).max(root);
        for layer in low + 1..high {
            self.items[layer].push(Item::Way(index, layer));
        }
        let pins = |layer: usize, at_loops: bool| {
            let mut pins: Vec<Pin> = Vec::new();
            if layer == root {
                pins.push(Pin::Parent(index));
            } else if low < layer && layer < high {
                pins.push(Pin::Way(index, layer));
            }
            pins.extend(
                net.edges
                    .iter()
                    .filter(|edge| child_layer(edge) == layer)
                    .filter(|edge| at_loops || !is_loop(edge))
                    .map(|edge| Pin::Child(*edge)),
            );
            pins
        };
        let has_loop = net.edges.iter().any(is_loop);
        for layer in low..high {
            self.channels[layer].push(Span {
                net: index,
                left: pins(layer, layer == root),
                right: pins(layer + 1, false),
            });
        }
        if has_loop && high == root {
            self.channels[root].push(Span {
                net: index,
                left: pins(root, true),
                right: Vec::new(),
            });
        }
    }

    /// Sorts every column by where its lines lead, and keeps the best.
    fn settle(&mut self, graph: &Graph) {
        let mut best = self.items.clone();
        let mut least = self.cost(graph);
        for round in 0..ROUNDS {
            let count = self.items.len();
            for step in 0..count {
                let (layer, from_left) = if round % 2 == 0 {
                    (step, true)
                } else {
                    (count - 1 - step, false)
                };
                self.sort(graph, layer, from_left);
            }
            self.exchange(graph);
            let cost = self.cost(graph);
            if cost < least {
                least = cost;
                best.clone_from(&self.items);
            }
        }
        self.items = best;
    }

    fn sort(&mut self, graph: &Graph, layer: usize, from_left: bool) {
        let spans = match (from_left, layer) {
            (true, 0) => return,
            (true, layer) => &self.channels[layer - 1],
            (false, layer) => &self.channels[layer],
        };
        let mut sums: Vec<(usize, usize)> = vec![(0, 0); self.items[layer].len()];
        for span in spans {
            let (here, there) = if from_left {
                (&span.right, &span.left)
            } else {
                (&span.left, &span.right)
            };
            for pin in here {
                let at = self.position(graph, layer, *pin).0;
                for other in there {
                    let beside = if from_left { layer - 1 } else { layer + 1 };
                    let (item, row) = self.position(graph, beside, *other);
                    sums[at].0 += item * 1000 + row;
                    sums[at].1 += 1;
                }
            }
        }
        let mut keyed: Vec<(usize, usize, Item)> = self.items[layer]
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let (sum, count) = sums[index];
                // Without a line it stays where it is.
                let mean = sum.checked_div(count).unwrap_or(index * 1000);
                (mean, index, *item)
            })
            .collect();
        keyed.sort();
        self.items[layer] = keyed.into_iter().map(|(_, _, item)| item).collect();
    }

    /// Changes neighbors as long as that makes it better.
    fn exchange(&mut self, graph: &Graph) {
        let mut least = self.cost(graph);
        for _ in 0..ROUNDS {
            let before = least;
            for layer in 0..self.items.len() {
                for upper in 1..self.items[layer].len() {
                    self.items[layer].swap(upper - 1, upper);
                    let cost = self.cost(graph);
                    if cost < least {
                        least = cost;
                    } else {
                        self.items[layer].swap(upper - 1, upper);
                    }
                }
            }
            if least == before {
                return;
            }
        }
    }

    /// Crossings, then the length of the lines.
    fn cost(&self, graph: &Graph) -> (usize, usize) {
        let mut crossings = 0;
        let mut length = 0;
        for (layer, spans) in self.channels.iter().enumerate() {
            let mut lines: Vec<(usize, Position, Position)> = Vec::new();
            for span in spans {
                for left in &span.left {
                    for right in &span.right {
                        lines.push((
                            span.net,
                            self.position(graph, layer, *left),
                            self.position(graph, layer + 1, *right),
                        ));
                    }
                }
            }
            for (index, (net, left, right)) in lines.iter().enumerate() {
                length += left.0.abs_diff(right.0);
                crossings += lines
                    .iter()
                    .skip(index + 1)
                    .filter(|(other, _, _)| other != net)
                    .filter(|(_, over, under)| {
                        (over < left && under > right) || (over > left && under < right)
                    })
                    .count();
            }
        }
        (crossings, length)
    }

    /// The place of the item in its column, and the row in the item.
    fn position(&self, graph: &Graph, layer: usize, pin: Pin) -> Position {
        let item = pin.item(graph);
        let index = self.items[layer]
            .iter()
            .position(|other| *other == item)
            .unwrap_or_default();
        let row = pin.rows(graph).first().map_or(0, |row| row + 1);
        (index, row)
    }
}

impl Pin {
    pub(crate) fn item(self, graph: &Graph) -> Item {
        match self {
            Pin::Child(edge) => Item::Box(graph.edges[edge].child),
            Pin::Parent(net) => Item::Box(graph.nets[net].parent),
            Pin::Way(net, layer) => Item::Way(net, layer),
        }
    }

    /// The rows of the box that it belongs to.
    pub(crate) fn rows(self, graph: &Graph) -> &[usize] {
        match self {
            Pin::Child(edge) => &graph.edges[edge].from,
            Pin::Parent(net) => graph.nets[net]
                .edges
                .first()
                .map_or(&[], |edge| &graph.edges[*edge].to),
            Pin::Way(..) => &[],
        }
    }
}
