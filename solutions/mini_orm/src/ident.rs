//! A name in SQL: of a table, a column, an index or a constraint.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A name in SQL, without quotes.
///
/// Two names are equal if SQLite takes them for the same: it ignores the case
/// of ASCII letters and of no others, so `Users` equals `users` but `É` is not
/// `é`. The spelling that was given is kept.
///
/// A name can't be bound as values are. [`Ident::quoted`] is the way to write
/// one into SQL text, whatever characters it is made of.
///
/// ```
/// use mini_orm::Ident;
///
/// let name = Ident::from("order");
/// assert_eq!(name.quoted(), r#""order""#);
/// assert_eq!(Ident::from(r#"we"ird"#).quoted(), r#""we""ird""#);
/// assert_eq!(name, Ident::from("ORDER"));
/// ```
#[derive(Clone, Debug)]
pub struct Ident(String);

impl Ident {
    /// The name as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as it stands in SQL text: in double quotes, those inside it
    /// doubled.
    #[must_use]
    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.0.replace('"', "\"\""))
    }

    /// What two equal names have in common.
    fn folded(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

/// Several names as they stand in SQL text, with commas between.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a Ident>) -> String {
    let quoted: Vec<String> = names.into_iter().map(Ident::quoted).collect();
    quoted.join(", ")
}

/// Several names as they stand in a message.
pub(crate) fn spoken(names: &[Ident]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl From<&str> for Ident {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl From<String> for Ident {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl From<&Ident> for Ident {
    fn from(name: &Ident) -> Self {
        name.clone()
    }
}

/// The name without quotes, for messages; SQL text wants [`Ident::quoted`].
impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for Ident {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Ident {}

impl PartialOrd for Ident {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ident {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl Hash for Ident {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.folded() {
            state.write_u8(byte);
        }
        state.write_u8(0xff);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::*;

    #[test]
    fn equal_names_hash_and_sort_alike() {
        let names = ["Users", "users", "USERS"].map(Ident::from);
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), 1);
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 1);
    }

    #[test]
    fn only_ascii_letters_fold() {
        assert_ne!(Ident::from("É"), Ident::from("é"));
        assert_ne!(Ident::from("K"), Ident::from("\u{212a}"));
    }

    #[test]
    fn the_spelling_is_kept() {
        assert_eq!(Ident::from("Users").to_string(), "Users");
    }
}
