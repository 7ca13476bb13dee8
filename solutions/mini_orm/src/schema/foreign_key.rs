//! A foreign key, and what happens to its rows when their parent goes.

use std::fmt;

use crate::Ident;

/// What happens to the rows that refer to a parent row which is deleted, or
/// whose key changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Refused, at the latest when the transaction commits.
    #[default]
    NoAction,
    /// Refused at once.
    Restrict,
    /// Their foreign key becomes NULL.
    SetNull,
    /// Their foreign key takes its default.
    SetDefault,
    /// They are deleted, or follow the new key.
    Cascade,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
            Self::Cascade => "CASCADE",
        })
    }
}

/// Columns whose values must be the key of a row of another table, or NULL.
///
/// It is a rule, not an index: a query from the parent's side wants one of its
/// own, see [`Table::index`](crate::Table::index).
///
/// ```
/// use mini_orm::{Action, ForeignKey};
///
/// let author = ForeignKey::new(&["author_id"], "users").on_delete(Action::SetNull);
/// # assert!(author.parent_columns.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKey {
    /// Its name. [`Table::foreign_key`](crate::Table::foreign_key) gives it one
    /// by the naming convention; one found in a database may have none.
    pub name: Option<Ident>,
    /// The columns that refer.
    pub columns: Vec<Ident>,
    /// The table referred to.
    pub parent: Ident,
    /// The columns referred to. Empty: the parent's primary key.
    pub parent_columns: Vec<Ident>,
    /// When the parent row is deleted.
    pub on_delete: Action,
    /// When the parent's key changes.
    pub on_update: Action,
    /// Whether it is looked at only when the transaction commits.
    pub deferred: bool,
}

impl ForeignKey {
    /// From `columns` to the primary key of the table `parent`.
    #[must_use]
    pub fn new(columns: &[&str], parent: impl Into<Ident>) -> Self {
        Self {
            name: None,
            columns: columns.iter().map(|name| Ident::from(*name)).collect(),
            parent: parent.into(),
            parent_columns: Vec::new(),
            on_delete: Action::NoAction,
            on_update: Action::NoAction,
            deferred: false,
        }
    }

    /// To other columns of the parent than its primary key; they must be
    /// unique together.
    #[must_use]
    pub fn to(mut self, parent_columns: &[&str]) -> Self {
        self.parent_columns = parent_columns
            .iter()
            .map(|name| Ident::from(*name))
            .collect();
        self
    }

    /// What happens when the parent row is deleted.
    #[must_use]
    pub fn on_delete(mut self, action: Action) -> Self {
        self.on_delete = action;
        self
    }

    /// What happens when the parent's key changes.
    #[must_use]
    pub fn on_update(mut self, action: Action) -> Self {
        self.on_update = action;
        self
    }

    /// Is looked at only when the transaction commits, so that rows which refer
    /// to one another can be inserted in any order.
    #[must_use]
    pub fn deferred(mut self) -> Self {
        self.deferred = true;
        self
    }
}
