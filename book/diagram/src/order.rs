//! Which box stands above which, so that few lines cross.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Graph;

/// More rounds change little.
const ROUNDS: usize = 12;
/// How much is tried before a large schema is drawn as it is.
const PATIENCE: usize = 200_000;

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
        let mut sorter = Sorter::of(graph, self);
        let mut best = sorter.order.clone();
        let mut least = sorter.cost();
        let count = self.items.len();
        for round in 0..ROUNDS {
            for step in 0..count {
                match round % 2 {
                    0 => sorter.sort(step, true),
                    _ => sorter.sort(count - 1 - step, false),
                }
            }
            sorter.exchange();
            let cost = sorter.cost();
            if cost < least {
                least = cost;
                best.clone_from(&sorter.order);
            }
            if sorter.patience == 0 {
                break;
            }
        }
        self.items = best
            .into_iter()
            .map(|layer| layer.into_iter().map(|item| sorter.items[item]).collect())
            .collect();
    }
}

/// Items by number, so that trying an order is cheap.
struct Sorter {
    items: Vec<Item>,
    /// Of each column, from the top.
    order: Vec<Vec<usize>>,
    /// The place of each item in its column.
    place: Vec<usize>,
    /// Between each column and the next.
    lines: Vec<Vec<Link>>,
    /// How much may still be tried.
    patience: usize,
}

/// A net's line between two columns: at each end an item and a row of it.
struct Link {
    net: usize,
    left: (usize, usize),
    right: (usize, usize),
}

impl Sorter {
    fn of(graph: &Graph, columns: &Columns) -> Self {
        let items: Vec<Item> = columns.items.iter().flatten().copied().collect();
        let numbers: BTreeMap<Item, usize> = items
            .iter()
            .enumerate()
            .map(|(number, item)| (*item, number))
            .collect();
        let end = |pin: Pin| {
            let row = pin.rows(graph).first().map_or(0, |row| row + 1);
            (numbers[&pin.item(graph)], row)
        };
        let links = |spans: &Vec<Span>| {
            let mut links = Vec::new();
            for span in spans {
                for left in &span.left {
                    links.extend(span.right.iter().map(|right| Link {
                        net: span.net,
                        left: end(*left),
                        right: end(*right),
                    }));
                }
            }
            links
        };
        let order = columns
            .items
            .iter()
            .map(|layer| layer.iter().map(|item| numbers[item]).collect())
            .collect();
        let mut sorter = Sorter {
            place: vec![0; items.len()],
            items,
            order,
            lines: columns.channels.iter().map(links).collect(),
            patience: PATIENCE,
        };
        for layer in 0..sorter.order.len() {
            sorter.number(layer);
        }
        sorter
    }

    fn number(&mut self, layer: usize) {
        for (place, item) in self.order[layer].iter().enumerate() {
            self.place[*item] = place;
        }
    }

    fn sort(&mut self, layer: usize, from_left: bool) {
        let links = match (from_left, layer.checked_sub(1)) {
            (true, None) => return,
            (true, Some(before)) => &self.lines[before],
            (false, _) => &self.lines[layer],
        };
        let mut sums: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for link in links {
            let (here, there) = if from_left {
                (link.right, link.left)
            } else {
                (link.left, link.right)
            };
            let sum = sums.entry(here.0).or_default();
            sum.0 += self.place[there.0] * 1000 + there.1;
            sum.1 += 1;
        }
        let mut keyed: Vec<(usize, usize, usize)> = self.order[layer]
            .iter()
            .enumerate()
            .map(|(place, item)| {
                let (sum, count) = sums.get(item).copied().unwrap_or_default();
                // Without a line it stays where it is.
                let mean = sum.checked_div(count).unwrap_or(place * 1000);
                (mean, place, *item)
            })
            .collect();
        keyed.sort_unstable();
        self.order[layer] = keyed.into_iter().map(|(_, _, item)| item).collect();
        self.number(layer);
    }

    /// Changes neighbors as long as that makes it better.
    fn exchange(&mut self) {
        let mut is_better = true;
        while is_better && self.patience > 0 {
            is_better = false;
            for layer in 0..self.order.len() {
                for upper in 1..self.order[layer].len() {
                    let before = self.cost_beside(layer);
                    self.swap(layer, upper);
                    if self.cost_beside(layer) < before {
                        is_better = true;
                    } else {
                        self.swap(layer, upper);
                    }
                }
            }
        }
    }

    fn swap(&mut self, layer: usize, upper: usize) {
        self.order[layer].swap(upper - 1, upper);
        self.place[self.order[layer][upper - 1]] = upper - 1;
        self.place[self.order[layer][upper]] = upper;
    }

    fn cost(&self) -> (usize, usize) {
        (0..self.lines.len())
            .map(|layer| self.cost_of(layer))
            .fold((0, 0), sum)
    }

    /// Of the lines that a change in this column moves.
    fn cost_beside(&mut self, layer: usize) -> (usize, usize) {
        let left = layer.checked_sub(1).map(|before| self.cost_of(before));
        let links = self.lines[layer].len();
        self.patience = self.patience.saturating_sub(1 + links * links / 8);
        sum(left.unwrap_or_default(), self.cost_of(layer))
    }

    /// Crossings, then the length of the lines.
    fn cost_of(&self, layer: usize) -> (usize, usize) {
        let lines: Vec<(usize, Position, Position)> = self.lines[layer]
            .iter()
            .map(|link| {
                let at = |(item, row): (usize, usize)| (self.place[item], row);
                (link.net, at(link.left), at(link.right))
            })
            .collect();
        let mut crossings = 0;
        let mut length = 0;
        for (index, (net, left, right)) in lines.iter().enumerate() {
            length += left.0.abs_diff(right.0);
            crossings += lines
                .iter()
                .skip(index + 1)
                .filter(|(other, over, under)| {
                    other != net
                        && ((over < left && under > right) || (over > left && under < right))
                })
                .count();
        }
        (crossings, length)
    }
}

fn sum(one: (usize, usize), other: (usize, usize)) -> (usize, usize) {
    (one.0 + other.0, one.1 + other.1)
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
