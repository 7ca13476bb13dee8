//! Boxes, and the lines between them, before anything has a place.

use std::collections::BTreeMap;

use crate::schema::{ForeignKey, Many, Schema, Table};

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    /// The columns of the picture, from the left, by node.
    pub(crate) layer: Vec<usize>,
    pub(crate) layers: usize,
    pub(crate) nets: Vec<Net>,
}

/// A box: a table, or the gap where a missing one is referred to.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// Its place in the schema.
    pub(crate) table: Option<usize>,
    pub(crate) rows: usize,
}

/// A foreign key.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    pub(crate) child: usize,
    pub(crate) parent: usize,
    /// Rows of the child's box.
    pub(crate) from: Vec<usize>,
    /// Rows of the parent's box; none stand for its head.
    pub(crate) to: Vec<usize>,
    /// At the child's end: how many rows refer to one parent.
    pub(crate) children: Many,
    /// At the parent's end.
    pub(crate) parents: Many,
    /// The parent stands to the right of the child: the tables refer to each
    /// other in a circle.
    pub(crate) backwards: bool,
}

/// Lines that end at the same place of the same parent run together.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    pub(crate) edges: Vec<usize>,
    pub(crate) parent: usize,
}

impl Graph {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut graph = Graph::default();
        for (index, table) in schema.tables.iter().enumerate() {
            graph.nodes.push(Node {
                name: table.name.clone(),
                table: Some(index),
                rows: table.columns.len(),
            });
        }
        for (child, table) in schema.tables.iter().enumerate() {
            for key in &table.foreign_keys {
                let edge = graph.edge(schema, child, table, key);
                graph.edges.push(edge);
            }
        }
        graph.turn_circles();
        graph.assign_layers();
        graph.bundle();
        graph
    }

    fn edge(&mut self, schema: &Schema, child: usize, table: &Table, key: &ForeignKey) -> Edge {
        let known = self
            .nodes
            .iter()
            .position(|node| node.name.eq_ignore_ascii_case(&key.parent));
        let parent = known.unwrap_or_else(|| {
            self.nodes.push(Node {
                name: key.parent.clone(),
                table: None,
                rows: 1,
            });
            self.nodes.len() - 1
        });
        let to = match schema.table(&key.parent) {
            Some(found) => {
                let rows = key.parent_columns.iter().map(|name| found.place(name));
                rows.collect::<Option<_>>().unwrap_or_default()
            }
            None => vec![0],
        };
        Edge {
            child,
            parent,
            from: key
                .columns
                .iter()
                .filter_map(|name| table.place(name))
                .collect(),
            to,
            children: table.children(key),
            parents: table.parents(key),
            backwards: false,
        }
    }

    /// Edges between different boxes, as (left, right).
    fn sides(&self) -> Vec<(usize, usize)> {
        self.edges
            .iter()
            .filter(|edge| edge.child != edge.parent)
            .map(|edge| {
                if edge.backwards {
                    (edge.child, edge.parent)
                } else {
                    (edge.parent, edge.child)
                }
            })
            .collect()
    }

    /// Marks the edges without which no table refers to itself by way of
    /// others.
    fn turn_circles(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum Seen {
            Not,
            Above,
            Done,
        }
        let mut seen = vec![Seen::Not; self.nodes.len()];
        for start in 0..self.nodes.len() {
            if seen[start] != Seen::Not {
                continue;
            }
            seen[start] = Seen::Above;
            let mut path = vec![(start, 0)];
            while let Some((node, next)) = path.pop() {
                let Some(index) = (next..self.edges.len()).find(|index| {
                    let edge = &self.edges[*index];
                    edge.child == node && edge.parent != node
                }) else {
                    seen[node] = Seen::Done;
                    continue;
                };
                path.push((node, index + 1));
                let parent = self.edges[index].parent;
                match seen[parent] {
                    Seen::Not => {
                        seen[parent] = Seen::Above;
                        path.push((parent, 0));
                    }
                    Seen::Above => self.edges[index].backwards = true,
                    Seen::Done => {}
                }
            }
        }
    }

    /// Parents to the left of their children, and no farther than needed.
    fn assign_layers(&mut self) {
        let count = self.nodes.len();
        let sides = self.sides();
        let mut layer = vec![0; count];
        // No way is longer than there are boxes.
        for _ in 0..count {
            for (left, right) in &sides {
                layer[*right] = layer[*right].max(layer[*left] + 1);
            }
        }
        for _ in 0..count {
            for node in 0..count {
                let nearest = sides
                    .iter()
                    .filter(|(left, _)| *left == node)
                    .map(|(_, right)| layer[*right] - 1)
                    .min();
                let leads = sides.iter().any(|(_, right)| *right == node);
                if let (Some(nearest), false) = (nearest, leads) {
                    layer[node] = nearest;
                }
            }
        }
        self.layer = layer;
        self.spread_alone();
        self.layers = self.layer.iter().max().map_or(0, |last| last + 1);
    }

    /// Tables without a relationship go where there is room.
    fn spread_alone(&mut self) {
        let alone: Vec<usize> = (0..self.nodes.len())
            .filter(|node| {
                self.edges.iter().all(|edge| {
                    edge.child == edge.parent || (edge.child != *node && edge.parent != *node)
                })
            })
            .collect();
        let linked = (0..self.nodes.len()).filter(|node| !alone.contains(node));
        let mut filled: BTreeMap<usize, usize> = BTreeMap::new();
        for node in linked {
            *filled.entry(self.layer[node]).or_default() += self.nodes[node].rows + 3;
        }
        let layers = filled.keys().max().map_or(0, |last| last + 1);
        let columns = layers.max(alone.len().min(3));
        for node in alone {
            let emptiest = (0..columns)
                .min_by_key(|layer| filled.get(layer).copied().unwrap_or_default())
                .unwrap_or_default();
            self.layer[node] = emptiest;
            *filled.entry(emptiest).or_default() += self.nodes[node].rows + 3;
        }
    }

    fn bundle(&mut self) {
        let mut nets: BTreeMap<(usize, bool, &[usize], Many), Vec<usize>> = BTreeMap::new();
        for (index, edge) in self.edges.iter().enumerate() {
            nets.entry((edge.parent, edge.backwards, &edge.to, edge.parents))
                .or_default()
                .push(index);
        }
        self.nets = nets
            .into_iter()
            .map(|((parent, _, _, _), edges)| Net { edges, parent })
            .collect();
    }
}
