//! A value that may be left to the database.

use rusqlite::types::Value;

/// A field of a row that is to be inserted, which may be left to the database.
///
/// Left out, the column takes its default. Set to NULL it is NULL: an
/// `Option<T>` alone cannot say both.
///
/// ```
/// use mini_orm::Field;
///
/// let left_out: Field<Option<String>> = Field::Unset;
/// let empty: Field<Option<String>> = Field::Set(None);
/// assert_eq!(left_out.column("bio"), None);
/// assert_eq!(empty.column("bio"), Some(("bio", None::<String>.into())));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Field<T> {
    /// The database fills the column in.
    #[default]
    Unset,
    /// The column holds this.
    Set(T),
}

impl<T: Clone + Into<Value>> Field<T> {
    /// The column with its value, if that is set: what
    /// [`Insert::row`](crate::Insert::row) lists.
    #[must_use]
    pub fn column(&self, name: &'static str) -> Option<(&'static str, Value)> {
        match self {
            Self::Unset => None,
            Self::Set(value) => Some((name, value.clone().into())),
        }
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}
