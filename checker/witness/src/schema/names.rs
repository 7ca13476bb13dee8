//! Names of tables and columns, for exercises that ask for no more.

use std::collections::BTreeSet;

use super::read;
use crate::database::Database;
use crate::failure::{Failure, Outcome};

impl Database {
    /// Whether the database holds these tables and no others.
    ///
    /// # Errors
    /// When one is missing or extra; the failure names those that are there.
    pub fn expect_tables(&self, expected: &[&str]) -> Outcome {
        let schema = read::schema(&self.connect()?).map_err(|error| self.failed(&error))?;
        let found: Vec<&str> = schema
            .tables
            .values()
            .map(|table| table.name.as_str())
            .collect();
        let view = schema.views.values().find(|view| holds(expected, view));
        let mut observed = list("table", &found);
        if let Some(view) = view {
            observed.push_str(&format!(", but {view} is a view"));
        }
        self.expect_names(expected, &found)
            .map_err(|failure: Failure| {
                failure.expected(list("table", expected)).observed(observed)
            })
    }

    /// Whether the table has these columns and no others, in any order.
    ///
    /// # Errors
    /// When one is missing or extra; the failure names those that are there.
    pub fn expect_columns(&self, table: &str, expected: &[&str]) -> Outcome {
        let schema = read::schema(&self.connect()?).map_err(|error| self.failed(&error))?;
        let found: Vec<&str> = schema
            .tables
            .get(&table.to_ascii_lowercase())
            .into_iter()
            .flat_map(|table| &table.columns)
            .map(|column| column.name.as_str())
            .collect();
        self.expect_names(expected, &found)
            .map_err(|failure: Failure| {
                failure
                    .about(table)
                    .expected(list("column", expected))
                    .observed(list("column", &found))
            })
    }

    fn expect_names(&self, expected: &[&str], found: &[&str]) -> Outcome {
        let lower = |names: &[&str]| -> BTreeSet<String> {
            names.iter().map(|name| name.to_ascii_lowercase()).collect()
        };
        if lower(expected) == lower(found) {
            return Ok(());
        }
        Err(Failure::new("the names are not as expected").database(self.path()))
    }
}

fn holds(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// `no table`, `the table pets`, `the tables pets and users`.
fn list(what: &str, names: &[&str]) -> String {
    match names {
        [] => format!("no {what}"),
        [one] => format!("the {what} {one}"),
        [before @ .., last] => format!("the {what}s {} and {last}", before.join(", ")),
    }
}
