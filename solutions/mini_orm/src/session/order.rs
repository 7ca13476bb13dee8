//! Which tables come first.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Ident, Table};

/// How many of these tables each can be followed to by its foreign keys, itself
/// among them. A parent has a smaller number than its children, and tables that
/// refer to one another in a circle have the same.
pub(super) fn depths(tables: impl Iterator<Item = Table>) -> BTreeMap<Ident, usize> {
    let mut parents: BTreeMap<Ident, Vec<Ident>> = BTreeMap::new();
    for table in tables {
        let keys = table.foreign_keys.into_iter().map(|key| key.parent);
        parents.entry(table.name).or_default().extend(keys);
    }
    let depth = |table: &Ident| {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![table];
        while let Some(next) = waiting.pop() {
            if let Some(parents) = parents.get(next)
                && reached.insert(next)
            {
                waiting.extend(parents);
            }
        }
        reached.len()
    };
    let tables = parents.keys();
    tables.map(|table| (table.clone(), depth(table))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ForeignKey;

    fn table(name: &str, parents: &[&str]) -> Table {
        parents.iter().fold(Table::new(name), |table, parent| {
            table.foreign_key(ForeignKey::new(&["x"], *parent))
        })
    }

    fn depth(tables: &[Table], name: &str) -> usize {
        depths(tables.iter().cloned())[&Ident::from(name)]
    }

    #[test]
    fn parents_are_less_deep_than_children() {
        let tables = [
            table("comments", &["posts", "USERS"]),
            table("posts", &["users"]),
            table("users", &["nowhere"]),
        ];
        assert!(depth(&tables, "users") < depth(&tables, "posts"));
        assert!(depth(&tables, "posts") < depth(&tables, "comments"));
    }

    #[test]
    fn a_circle_is_equally_deep_and_ends() {
        let tables = [
            table("a", &["b", "a", "root"]),
            table("b", &["a"]),
            table("root", &[]),
            table("leaf", &["b"]),
        ];
        assert_eq!(depth(&tables, "a"), depth(&tables, "b"));
        assert!(depth(&tables, "root") < depth(&tables, "a"));
        assert!(depth(&tables, "b") < depth(&tables, "leaf"));
    }
}
