//! An index.

use crate::Ident;

/// A sorted copy of some columns: it makes looking rows up by them fast, and
/// if it is unique it refuses a second row with the same values.
///
/// ```
/// use mini_orm::Index;
///
/// let recent = Index::new("ix_posts_recent", &["user_id"]).descending("created_at");
/// let one_main = Index::new("ix_emails_main", &["user_id"])
///     .unique()
///     .filter("is_main = 1");
/// # assert_eq!(recent.keys.len(), 2);
/// # assert!(one_main.unique);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Index {
    /// Its name, one among all tables, indexes and views of a database.
    pub name: Ident,
    /// What it is sorted by, the first first.
    pub keys: Vec<IndexKey>,
    /// Whether it refuses a second row with the same keys.
    pub unique: bool,
    /// The condition, in SQL, that a row must meet to be in it.
    pub filter: Option<String>,
}

/// One thing an index is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexKey {
    /// A column, from the smallest value up.
    Ascending(Ident),
    /// A column, from the greatest value down.
    Descending(Ident),
    /// Any SQL expression over the table's columns.
    Expr(String),
}

impl Index {
    /// An index of these columns.
    #[must_use]
    pub fn new(name: impl Into<Ident>, columns: &[&str]) -> Self {
        Self {
            name: name.into(),
            keys: columns
                .iter()
                .map(|column| IndexKey::Ascending(Ident::from(*column)))
                .collect(),
            unique: false,
            filter: None,
        }
    }

    /// Then by this column, from the greatest value down.
    #[must_use]
    pub fn descending(mut self, column: impl Into<Ident>) -> Self {
        self.keys.push(IndexKey::Descending(column.into()));
        self
    }

    /// Then by an SQL expression.
    #[must_use]
    pub fn expr(mut self, sql: impl Into<String>) -> Self {
        self.keys.push(IndexKey::Expr(sql.into()));
        self
    }

    /// Refuses a second row with the same keys.
    #[must_use]
    pub fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// Holds only the rows that meet a condition, in SQL.
    #[must_use]
    pub fn filter(mut self, sql: impl Into<String>) -> Self {
        self.filter = Some(sql.into());
        self
    }

    /// The columns it names.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &Ident> {
        self.keys.iter().filter_map(|key| match key {
            IndexKey::Ascending(column) | IndexKey::Descending(column) => Some(column),
            IndexKey::Expr(_) => None,
        })
    }
}
