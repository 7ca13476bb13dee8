//! Rows that must survive what the code under test does to their table.

use rusqlite::types::Value;

use crate::database::Database;
use crate::failure::{Failure, Outcome};
use crate::rows::{Rows, show};
use crate::table::{self, Beside};

/// Rows of the drawing.
const LINES: usize = 20;

/// Rows of a query at one moment.
#[derive(Clone, Debug)]
pub struct Kept {
    db: Database,
    query: String,
    rows: Rows,
}

/// A row, and what is found of it later.
struct Trail<'a> {
    before: &'a [Value],
    after: Option<&'a [Value]>,
}

impl Trail<'_> {
    fn is_lost(&self) -> bool {
        self.after.is_none()
    }

    fn is_changed(&self) -> bool {
        self.after.is_some_and(|after| after != self.before)
    }
}

impl Database {
    /// The rows that `query` finds now, to be asked for again later. Its first
    /// column tells which row is which.
    ///
    /// # Errors
    /// When the file is gone or broken, or `query` fails.
    pub fn remember(&self, query: &str) -> Outcome<Kept> {
        Ok(Kept {
            db: self.clone(),
            query: query.to_owned(),
            rows: self.rows(query)?,
        })
    }
}

impl Kept {
    /// Whether the same query still finds each of the rows. It may find others
    /// as well.
    ///
    /// # Errors
    /// When a row is lost, or holds other values, and when the query is no
    /// longer understood. The failure shows the rows before and after.
    pub fn still_there(&self) -> Outcome {
        let conn = self.db.connect()?;
        let now = Rows::query(&conn, &self.query).map_err(|error| {
            Failure::new("what the table held can no longer be asked for")
                .expected(format!(
                    "{}, by {}",
                    count(self.rows.len()),
                    table::cut(&self.query, 60)
                ))
                .observed(error.to_string())
                .database(self.db.path())
        })?;
        let trails = self.trails(&now);
        let lost = trails.iter().filter(|trail| trail.is_lost()).count();
        let changed = trails.iter().filter(|trail| trail.is_changed()).count();
        let message = match (lost, changed) {
            (0, 0) => return Ok(()),
            (lost, 0) => format!("{} lost", are(lost)),
            (0, changed) => format!("{} other values than before", have(changed)),
            (lost, changed) => format!(
                "{} lost, and {} other values than before",
                are(lost),
                have(changed)
            ),
        };
        Err(Failure::new(message)
            .expected(format!("the {} from before", count(self.rows.len())))
            .observed(format!(
                "{}, by {}",
                count(now.len()),
                table::cut(&self.query, 60)
            ))
            .diff(self.side_by_side(&trails))
            .database(self.db.path()))
    }

    /// Each row from before, with the one that is the same after, else one of
    /// the same key.
    fn trails<'a>(&'a self, now: &'a Rows) -> Vec<Trail<'a>> {
        let mut rest: Vec<&[Value]> = now.values().iter().map(Vec::as_slice).collect();
        let mut take = |is: &dyn Fn(&[Value]) -> bool| {
            let found = rest.iter().position(|row| is(row));
            found.map(|index| rest.swap_remove(index))
        };
        let mut trails: Vec<Trail<'_>> = Vec::new();
        for before in self.rows.values() {
            trails.push(Trail {
                before,
                after: take(&|row| row == before.as_slice()),
            });
        }
        for trail in trails.iter_mut().filter(|trail| trail.is_lost()) {
            trail.after = take(&|row| key(row) == key(trail.before));
        }
        trails
    }

    fn side_by_side(&self, trails: &[Trail<'_>]) -> String {
        let mut order: Vec<_> = trails.iter().collect();
        if order.len() > LINES {
            // What differs is worth more than what does not.
            order.sort_by_key(|trail| !trail.is_lost() && !trail.is_changed());
        }
        let hidden = order.len().saturating_sub(LINES);
        let mut lines: Vec<(String, String)> = order
            .into_iter()
            .take(LINES)
            .map(|trail| {
                let after = match trail.after {
                    None => "lost".to_owned(),
                    Some(after) if after == trail.before => "the same".to_owned(),
                    Some(after) => in_a_line(after),
                };
                (in_a_line(trail.before), after)
            })
            .collect();
        if hidden > 0 {
            lines.push((format!("… {hidden} more"), String::new()));
        }
        let left = format!("before: {}", self.rows.columns().join(", "));
        Beside {
            left: &left,
            right: "after",
            lines: &lines,
        }
        .draw()
    }
}

/// The first value, whatever its type has become.
fn key(row: &[Value]) -> Option<String> {
    let text = row.first().map(show)?;
    Some(text.trim_matches('\'').to_owned())
}

fn in_a_line(row: &[Value]) -> String {
    row.iter().map(show).collect::<Vec<_>>().join(", ")
}

fn count(rows: usize) -> String {
    match rows {
        1 => "1 row".to_owned(),
        _ => format!("{rows} rows"),
    }
}

fn are(rows: usize) -> String {
    match rows {
        1 => "1 row is".to_owned(),
        _ => format!("{rows} rows are"),
    }
}

fn have(rows: usize) -> String {
    match rows {
        1 => "1 row has".to_owned(),
        _ => format!("{rows} rows have"),
    }
}
