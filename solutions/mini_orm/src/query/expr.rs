//! A condition, as a value.

use std::ops::Not;

use rusqlite::types::Value;

use crate::{Error, Ident};

/// A condition on the rows of a table. [`column()`](crate::column()) begins one.
///
/// NULL makes a condition neither true nor false, and its negation too: neither
/// finds the row.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a condition does nothing until a query has it"]
pub struct Expr(pub(super) Node);

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Compare(Ident, &'static str, Value),
    Test(Ident, &'static str),
    Like(Ident, String),
    In(Ident, Vec<Value>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Refused(Refusal),
}

/// Why a condition cannot be asked; said when the query runs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    Null {
        column: Ident,
    },
    Value {
        column: Ident,
        cause: String,
    },
    Relationship {
        child: Ident,
        column: Ident,
        parent: Ident,
    },
    NotInserted {
        table: Ident,
        column: Ident,
    },
}

impl Refusal {
    /// What it is to a query of this table.
    pub(crate) fn error(self, table: &Ident) -> Error {
        match self {
            Self::Null { column } => Error::ComparedWithNull {
                table: table.clone(),
                column,
            },
            Self::Value { column, cause } => Error::Value {
                table: table.clone(),
                column,
                cause,
            },
            Self::Relationship {
                child,
                column,
                parent,
            } => Error::Relationship {
                table: child,
                column,
                parent,
            },
            Self::NotInserted { table, column } => Error::NotInserted { table, column },
        }
    }
}

impl Expr {
    /// Both.
    pub fn and(self, other: Self) -> Self {
        let mut nodes = match self.0 {
            Node::All(nodes) => nodes,
            node => vec![node],
        };
        match other.0 {
            Node::All(others) => nodes.extend(others),
            node => nodes.push(node),
        }
        Self(Node::All(nodes))
    }

    /// One of the two, or both.
    pub fn or(self, other: Self) -> Self {
        let mut nodes = match self.0 {
            Node::Any(nodes) => nodes,
            node => vec![node],
        };
        match other.0 {
            Node::Any(others) => nodes.extend(others),
            node => nodes.push(node),
        }
        Self(Node::Any(nodes))
    }

    /// One that cannot be asked.
    pub(crate) fn refused(refusal: Refusal) -> Self {
        Self(Node::Refused(refusal))
    }
}

/// The rows of which it is false.
impl Not for Expr {
    type Output = Self;

    fn not(self) -> Self {
        Self(Node::Not(Box::new(self.0)))
    }
}
