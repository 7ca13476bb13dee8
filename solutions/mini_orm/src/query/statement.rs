//! A query as SQL text, and the values that are bound in it.

use rusqlite::types::Value;

use super::Dir;
use super::expr::Node;
use super::json::json;
use crate::select::{columns, qualified};
use crate::{Error, Ident, Result, Table};

/// SQLite has places for 32,766 values in a statement. A query with more than
/// this binds the values of each of its lists as one.
pub(crate) const MANY: usize = 30_000;

/// What a query asks, whatever its model.
#[derive(Clone, Debug, Default)]
pub(super) struct Select {
    pub filter: Vec<Node>,
    pub order: Vec<(Ident, Dir)>,
    pub limit: Option<u64>,
    pub offset: u64,
}

/// SQL text and the values for its places.
pub(super) struct Bound {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Select {
    /// The rows, at most so many of them.
    pub(super) fn rows(&self, table: &Table, at_most: Option<u64>) -> Result<Bound> {
        let limit = [self.limit, at_most].into_iter().flatten().min();
        self.sql(table, &columns(table), limit)
    }

    /// How many rows there are.
    pub(super) fn count(&self, table: &Table) -> Result<Bound> {
        if !self.is_limited() {
            return self.sql(table, "count(*)", None);
        }
        let mut bound = self.sql(table, "1", self.limit)?;
        bound.sql = format!("SELECT count(*) FROM ({})", bound.sql);
        Ok(bound)
    }

    /// Whether there is a row.
    pub(super) fn exists(&self, table: &Table) -> Result<Bound> {
        let mut bound = self.sql(table, "1", self.limit)?;
        bound.sql = format!("SELECT EXISTS ({})", bound.sql);
        Ok(bound)
    }

    fn is_limited(&self) -> bool {
        self.limit.is_some() || self.offset > 0
    }

    fn sql(&self, table: &Table, what: &str, limit: Option<u64>) -> Result<Bound> {
        let values: usize = self.filter.iter().map(values).sum();
        let mut writer = Writer {
            table,
            lists: if values > MANY {
                Lists::AsOneValue
            } else {
                Lists::AsValues
            },
            bound: Bound {
                sql: format!("SELECT {what} FROM {}", table.name.quoted()),
                values: Vec::new(),
            },
        };
        for (position, node) in self.filter.iter().enumerate() {
            writer.push(if position == 0 { " WHERE " } else { " AND " });
            writer.node(node)?;
        }
        let limited = limit.is_some() || self.offset > 0;
        writer.order(&self.order, limited)?;
        if limited {
            writer.push(" LIMIT ?");
            // Without a limit there is none: SQLite's word for it is -1.
            writer.bind(limit.map_or(-1, whole));
        }
        if self.offset > 0 {
            writer.push(" OFFSET ?");
            writer.bind(whole(self.offset));
        }
        Ok(writer.bound)
    }
}

/// No table has more rows than an `i64` counts.
fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many values a condition binds.
fn values(node: &Node) -> usize {
    match node {
        Node::Compare(..) | Node::Like(..) => 1,
        Node::In(_, list) => list.len(),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(values).sum(),
        Node::Not(node) => values(node),
        Node::Test(..) | Node::Refused(_) => 0,
    }
}

/// How the values of a list are bound.
#[derive(Clone, Copy, PartialEq)]
enum Lists {
    AsValues,
    AsOneValue,
}

struct Writer<'t> {
    table: &'t Table,
    lists: Lists,
    bound: Bound,
}

impl Writer<'_> {
    fn push(&mut self, sql: &str) {
        self.bound.sql.push_str(sql);
    }

    fn bind(&mut self, value: impl Into<Value>) {
        self.bound.values.push(value.into());
    }

    fn column(&mut self, name: &Ident) -> Result<()> {
        match self.table.column_named(name) {
            Some(column) => {
                let sql = qualified(self.table, &column.name);
                self.push(&sql);
                Ok(())
            }
            None => Err(Error::UnknownColumn {
                table: self.table.name.clone(),
                column: name.clone(),
                by: "query",
            }),
        }
    }

    fn node(&mut self, node: &Node) -> Result<()> {
        match node {
            Node::Compare(column, operator, value) => {
                self.column(column)?;
                self.push(&format!(" {operator} ?"));
                self.bind(value.clone());
            }
            Node::Test(column, test) => {
                self.column(column)?;
                self.push(&format!(" {test}"));
            }
            Node::Like(column, pattern) => {
                self.column(column)?;
                self.push(r" LIKE ? ESCAPE '\'");
                self.bind(pattern.clone());
            }
            Node::In(column, list) => self.list(column, list)?,
            Node::All(nodes) => self.nodes(nodes, " AND ")?,
            Node::Any(nodes) => self.nodes(nodes, " OR ")?,
            Node::Not(node) => {
                self.push("NOT (");
                self.node(node)?;
                self.push(")");
            }
            Node::Refused(refusal) => return Err(refusal.clone().error(&self.table.name)),
        }
        Ok(())
    }

    fn nodes(&mut self, nodes: &[Node], between: &str) -> Result<()> {
        self.push("(");
        for (position, node) in nodes.iter().enumerate() {
            if position > 0 {
                self.push(between);
            }
            self.node(node)?;
        }
        self.push(")");
        Ok(())
    }

    fn list(&mut self, column: &Ident, list: &[Value]) -> Result<()> {
        let before = self.bound.sql.len();
        self.column(column)?;
        if list.is_empty() {
            self.bound.sql.truncate(before);
            self.push("FALSE");
        } else if self.lists == Lists::AsValues {
            self.push(&format!(" IN ({})", vec!["?"; list.len()].join(", ")));
            self.bound.values.extend_from_slice(list);
        } else {
            // With the plus they are compared as bound values are: without it
            // the number 1 would not be the text 1 of a column of text.
            self.push(" IN (SELECT +value FROM json_each(?)");
            self.bind(json(list, |value| !matches!(value, Value::Blob(_))));
            if list.iter().any(|value| matches!(value, Value::Blob(_))) {
                self.push(" UNION ALL SELECT unhex(value) FROM json_each(?)");
                self.bind(json(list, |value| matches!(value, Value::Blob(_))));
            }
            self.push(")");
        }
        Ok(())
    }

    /// The primary key decides between rows that are equal in all else, so that
    /// the first so many are the same ones each time.
    fn order(&mut self, order: &[(Ident, Dir)], limited: bool) -> Result<()> {
        let key = self
            .table
            .primary_key
            .first()
            .filter(|key| limited && !order.iter().any(|(column, _)| column == *key));
        let order = order.iter().map(|(column, dir)| (column, *dir));
        let order = order.chain(key.map(|key| (key, Dir::Asc)));
        for (position, (column, dir)) in order.enumerate() {
            self.push(if position == 0 { " ORDER BY " } else { ", " });
            self.column(column)?;
            if dir == Dir::Desc {
                self.push(" DESC");
            }
        }
        Ok(())
    }
}
