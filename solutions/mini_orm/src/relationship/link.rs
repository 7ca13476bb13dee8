//! The foreign key that a relationship goes along.

use rusqlite::types::Value;

use crate::query::Refusal;
use crate::{Ident, Model};

/// The column of a child's table that refers to the key of a parent's table.
pub(super) struct Link {
    pub column: Ident,
    pub key: Ident,
}

impl Link {
    /// The one that the child's table declares for this column.
    pub(super) fn between<P: Model, C: Model>(column: &str) -> Result<Self, Refusal> {
        let (parent, child) = (P::table(), C::table());
        let column = Ident::from(column);
        let refused = Refusal::Relationship {
            child: child.name,
            column: column.clone(),
            parent: parent.name.clone(),
        };
        let [key] = parent.primary_key.as_slice() else {
            return Err(refused);
        };
        let goes = child.foreign_keys.iter().any(|foreign| {
            foreign.parent == parent.name
                && foreign.columns == [column.clone()]
                && (foreign.parent_columns.is_empty() || foreign.parent_columns == [key.clone()])
        });
        let key = key.clone();
        goes.then_some(Self { column, key }).ok_or(refused)
    }

    /// The parent's key, if it has been inserted.
    pub(super) fn key_of<P: Model>(&self, parent: &P) -> Result<i64, Refusal> {
        match value(parent, &self.key) {
            Some(Value::Integer(key)) => Ok(key),
            _ => Err(not_inserted::<P>(&self.key)),
        }
    }

    /// The key that the child refers to, if it refers to one.
    pub(super) fn parent_of<C: Model>(&self, child: &C) -> Result<Option<i64>, Refusal> {
        match value(child, &self.column) {
            Some(Value::Integer(key)) => Ok(Some(key)),
            Some(Value::Null) => Ok(None),
            _ => Err(not_inserted::<C>(&self.column)),
        }
    }
}

fn value<M: Model>(model: &M, column: &Ident) -> Option<Value> {
    let values = model.values().into_iter();
    let mut found = values.filter(|(name, _)| Ident::from(*name) == *column);
    found.next().map(|(_, value)| value)
}

fn not_inserted<M: Model>(column: &Ident) -> Refusal {
    Refusal::NotInserted {
        table: Ident::from(M::TABLE),
        column: column.clone(),
    }
}
