//! What a database holds. Names are as they were written.

use serde::Serialize;

/// Everything that is shown of a database.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Contents {
    /// `PRAGMA user_version`: how migrations count.
    pub(crate) user_version: i64,
    /// In the order in which they were created.
    pub(crate) tables: Vec<Table>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) views: Vec<Definition>,
    pub(crate) triggers: Vec<Definition>,
    /// What `PRAGMA foreign_key_check` finds, in words.
    pub(crate) foreign_key_findings: Vec<String>,
}

/// A view or a trigger.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) sql: String,
}

#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// As the submission wrote it.
    pub(crate) sql: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) rows: Rows,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The type as declared; empty if there is none.
    pub(crate) declared: String,
    pub(crate) not_null: bool,
    /// Its place in the primary key, from 1.
    pub(crate) primary_key: Option<u32>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) unique: bool,
    /// It has a WHERE.
    pub(crate) partial: bool,
    /// `None` stands for an expression.
    pub(crate) columns: Vec<Option<String>>,
    /// The CREATE INDEX; one that a constraint made has none.
    pub(crate) sql: Option<String>,
}

/// The first rows of a table.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Rows {
    /// How many there are in all.
    pub(crate) count: u64,
    pub(crate) shown: Vec<Vec<Cell>>,
    /// Why they could not be read, or not to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
}

/// A value with its type.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    /// Infinite: JSON has no number for it.
    Infinite(String),
    Text(String),
    Blob {
        /// The first bytes, in hexadecimal digits.
        hex: String,
        length: usize,
    },
}

/// A foreign key, and what it says about rows.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Relation {
    pub(crate) child: String,
    pub(crate) child_columns: Vec<String>,
    pub(crate) parent: String,
    pub(crate) parent_columns: Vec<String>,
    pub(crate) relationship: Relationship,
    /// A child may have no parent: a column of the key may be NULL.
    pub(crate) optional: bool,
    /// `CASCADE`, `SET NULL`, …
    pub(crate) on_delete: String,
    pub(crate) on_update: String,
    /// The parent table exists.
    pub(crate) parent_exists: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Relationship {
    ManyToOne,
    /// The child's columns are unique.
    OneToOne,
}

impl Contents {
    /// Tables that link two others: their primary key is two foreign keys.
    pub(crate) fn many_to_many(&self) -> Vec<(&str, &str, &str)> {
        let mut found = Vec::new();
        for table in &self.tables {
            let key: Vec<&str> = table.primary_key().collect();
            let keys: Vec<&Relation> = self
                .relations
                .iter()
                .filter(|relation| relation.child == table.name)
                .filter(|relation| {
                    let mut columns = relation.child_columns.iter();
                    columns.all(|column| key.iter().any(|part| part.eq_ignore_ascii_case(column)))
                })
                .collect();
            if let [left, right] = keys.as_slice()
                && left.child_columns.len() + right.child_columns.len() == key.len()
            {
                found.push((
                    left.parent.as_str(),
                    table.name.as_str(),
                    right.parent.as_str(),
                ));
            }
        }
        found
    }
}

impl Table {
    /// The columns of the primary key, in its order.
    pub(crate) fn primary_key(&self) -> impl Iterator<Item = &str> {
        let mut key: Vec<&Column> = self
            .columns
            .iter()
            .filter(|column| column.primary_key.is_some())
            .collect();
        key.sort_by_key(|column| column.primary_key);
        key.into_iter().map(|column| column.name.as_str())
    }

    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }
}
