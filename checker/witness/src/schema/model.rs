//! What a schema means. Names are kept as written and compared as SQLite does,
//! without regard to the case of ASCII letters.

use std::collections::{BTreeMap, BTreeSet};

/// By name in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Schema {
    pub(crate) tables: BTreeMap<String, Table>,
    pub(crate) views: BTreeMap<String, String>,
    pub(crate) triggers: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) is_virtual: bool,
    pub(crate) strict: bool,
    pub(crate) without_rowid: bool,
    pub(crate) autoincrement: bool,
    pub(crate) columns: Vec<Column>,
    /// Column names in key order.
    pub(crate) primary_key: Vec<String>,
    /// The primary key is the rowid: `INTEGER PRIMARY KEY`, exactly.
    pub(crate) is_rowid: bool,
    pub(crate) indexes: Vec<Index>,
    pub(crate) foreign_keys: BTreeSet<ForeignKey>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) declared: String,
    pub(crate) not_null: bool,
    pub(crate) default: Option<String>,
    pub(crate) generated: Generated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generated {
    No,
    Virtual,
    Stored,
}

/// The one of a primary key is not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) unique: bool,
    pub(crate) partial: bool,
    /// Made by CREATE INDEX, not by a constraint.
    pub(crate) is_named: bool,
    pub(crate) parts: Vec<Part>,
}

/// One key column of an index, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) column: Option<String>,
    pub(crate) descending: bool,
    pub(crate) collation: String,
}

/// Names in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ForeignKey {
    pub(crate) columns: Vec<String>,
    pub(crate) parent: String,
    pub(crate) parent_columns: Vec<String>,
    pub(crate) on_update: String,
    pub(crate) on_delete: String,
}

/// <https://sqlite.org/datatype3.html#determination_of_column_affinity>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

impl Schema {
    /// That table alone, with its triggers, if it is there; else that view.
    pub(crate) fn only(mut self, table: &str) -> Self {
        let key = table.to_ascii_lowercase();
        self.tables.retain(|name, _| *name == key);
        self.views.retain(|name, _| *name == key);
        self.triggers.retain(|_, on| on.eq_ignore_ascii_case(table));
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.views.is_empty()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let tables = self.tables.values().map(|table| table.name.clone());
        tables.chain(self.views.values().cloned()).collect()
    }
}

impl Table {
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// What the table keeps unique besides its primary key: columns with their
    /// collations, in any order.
    pub(crate) fn uniques(&self) -> BTreeSet<Vec<(String, String)>> {
        let key = sorted(
            self.primary_key
                .iter()
                .map(|name| name.to_ascii_lowercase()),
        );
        self.indexes
            .iter()
            .filter(|index| index.is_unique_rule())
            .filter_map(|index| {
                index
                    .parts
                    .iter()
                    .map(|part| Some((part.column.clone()?, part.collation.clone())))
                    .collect::<Option<Vec<_>>>()
            })
            .map(sorted)
            .filter(|columns| {
                let names = columns.iter().map(|(name, _)| name.clone());
                !(sorted(names) == key && columns.iter().all(|(_, rule)| rule == "binary"))
            })
            .collect()
    }

    /// Whether finding rows by these columns needs no other index.
    pub(crate) fn has_path(&self, parts: &[Part]) -> bool {
        let key: Vec<Part> = self
            .primary_key
            .iter()
            .map(|name| Part {
                column: Some(name.to_ascii_lowercase()),
                descending: false,
                collation: "binary".to_owned(),
            })
            .collect();
        key.starts_with(parts)
            || self
                .indexes
                .iter()
                .any(|index| !index.partial && index.parts.starts_with(parts))
    }
}

impl Index {
    /// A UNIQUE constraint, or a unique index that says the same.
    pub(crate) fn is_unique_rule(&self) -> bool {
        self.unique && !self.partial && self.parts.iter().all(|part| part.column.is_some())
    }
}

impl Column {
    pub(crate) fn affinity(&self) -> Affinity {
        let declared = self.declared.to_ascii_uppercase();
        let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
        // BOOLEAN is NUMERIC to SQLite; for what a boolean column holds it
        // does what INTEGER does.
        if has(&["INT"]) || declared == "BOOLEAN" || declared == "BOOL" {
            Affinity::Integer
        } else if has(&["CHAR", "CLOB", "TEXT"]) {
            Affinity::Text
        } else if declared.is_empty() || has(&["BLOB"]) {
            Affinity::Blob
        } else if has(&["REAL", "FLOA", "DOUB"]) {
            Affinity::Real
        } else {
            Affinity::Numeric
        }
    }
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}
