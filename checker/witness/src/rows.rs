//! Rows, compared with their types.

use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite::types::{Null, Value};

use crate::failure::{Failure, Outcome, OutcomeExt};
use crate::table::{self, Line};

/// Rows shown of a difference.
const SHOWN: usize = 20;

/// For [`rows!`](crate::rows): SQL's NULL.
pub const NULL: Null = Null;

/// Rows of a query's answer, or those expected of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// Whether the order of rows matters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Any,
    Given,
}

/// Rows as they are written: `rows![[1, "Arts"], [2, NULL]]`. A cell is any
/// expression whose type is a [`Cell`].
#[macro_export]
macro_rules! rows {
    ($([$($cell:expr),* $(,)?]),* $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::NULL;
        $crate::Rows::new(vec![$(vec![$($crate::Cell::into_value($cell)),*]),*])
    }};
}

/// What can stand in [`rows!`](crate::rows).
pub trait Cell {
    /// As SQLite stores it: a `bool` is 0 or 1, `None` is NULL.
    fn into_value(self) -> Value;
}

macro_rules! cells {
    ($($type:ty),*) => {$(
        impl Cell for $type {
            fn into_value(self) -> Value {
                Value::from(self)
            }
        }
    )*};
}
cells!(
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    f32,
    f64,
    bool,
    String,
    Vec<u8>,
    Null,
    Value
);

impl Cell for usize {
    fn into_value(self) -> Value {
        Value::Integer(i64::try_from(self).unwrap_or(i64::MAX))
    }
}

impl Cell for &str {
    fn into_value(self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl Cell for &[u8] {
    fn into_value(self) -> Value {
        Value::Blob(self.to_vec())
    }
}

impl<T: Cell + Clone> Cell for &T {
    fn into_value(self) -> Value {
        self.clone().into_value()
    }
}

impl<T: Cell> Cell for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, Cell::into_value)
    }
}

impl Rows {
    /// Expected rows. [`rows!`](crate::rows) is easier to read.
    #[must_use]
    pub fn new(rows: Vec<Vec<Value>>) -> Self {
        Self {
            columns: Vec::new(),
            rows,
        }
    }

    /// The same, its columns named for whoever reads them.
    #[must_use]
    pub fn named(mut self, columns: &[&str]) -> Self {
        self.columns = columns.iter().map(|&column| column.to_owned()).collect();
        self
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The values, row by row.
    #[must_use]
    pub fn values(&self) -> &[Vec<Value>] {
        &self.rows
    }

    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The same rows, with those columns only that `other` has as well.
    pub(crate) fn shared_with(&self, other: &Self) -> Self {
        let is_shared: Vec<bool> = self
            .columns
            .iter()
            .map(|name| other.columns.iter().any(|it| it.eq_ignore_ascii_case(name)))
            .collect();
        Self {
            columns: kept(&self.columns, &is_shared),
            rows: self.rows.iter().map(|row| kept(row, &is_shared)).collect(),
        }
    }

    /// All of them in one line, to be compared by eye with another such line.
    pub(crate) fn in_a_line(&self) -> String {
        let cells = |row: &Vec<Value>| row.iter().map(show).collect::<Vec<_>>().join(" ");
        match self.rows.as_slice() {
            [] => "no row".to_owned(),
            rows => rows.iter().map(cells).collect::<Vec<_>>().join(" · "),
        }
    }

    pub(crate) fn query(conn: &Connection, sql: &str) -> rusqlite::Result<Self> {
        let mut statement = conn.prepare(sql)?;
        let columns: Vec<String> = statement
            .column_names()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let width = columns.len();
        let rows = statement
            .query_map([], |row| (0..width).map(|index| row.get(index)).collect())?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self { columns, rows })
    }

    /// `self` was found, over `sql`.
    pub(crate) fn expect(&self, sql: &str, expected: &Self, order: Order) -> Outcome {
        self.compare(expected, order).map_err(|failure| {
            let found = format!("{}, by {}", count(self.len()), table::cut(sql, 60));
            failure.observed(found)
        })
    }

    fn compare(&self, expected: &Self, order: Order) -> Outcome {
        let lines = match order {
            Order::Any => self.bag_difference(expected),
            Order::Given => self.list_difference(expected),
        };
        let Some(lines) = lines else { return Ok(()) };
        let reordered = order == Order::Given && self.bag_difference(expected).is_none();
        let message = if reordered {
            "the rows are right, their order is not"
        } else {
            "the rows are not as expected"
        };
        Err(Failure::new(message)
            .expected(count(expected.len()))
            .observed(count(self.len()))
            .diff(self.difference(lines)))
    }

    fn difference(&self, mut lines: Vec<Line>) -> String {
        let hidden = lines.len().saturating_sub(SHOWN);
        if hidden > 0 {
            // What differs is worth more than what agrees.
            lines.sort_by_key(|line| line.marker == ' ');
            lines.truncate(SHOWN);
        }
        let mut text = table::draw(&self.columns, &lines);
        if hidden > 0 {
            text.push_str(&format!("\n  … {hidden} more"));
        }
        if lines.iter().any(|line| line.marker != ' ') {
            text.push_str("\n(- expected but missing, + found but not expected)");
            text.push_str(&look_alikes(&lines));
        }
        text
    }

    /// `None` if both hold the same rows equally often.
    fn bag_difference(&self, expected: &Self) -> Option<Vec<Line>> {
        if self.rows == expected.rows {
            return None;
        }
        // Values have no hash of their own; their debug form shows type and
        // value.
        let key = |row: &Vec<Value>| format!("{row:?}");
        let mut wanted: HashMap<String, usize> = HashMap::new();
        for row in &expected.rows {
            *wanted.entry(key(row)).or_default() += 1;
        }
        let mut take = |row: &Vec<Value>| match wanted.get_mut(&key(row)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        let mut lines = Vec::new();
        for row in &self.rows {
            lines.push(line(if take(row) { ' ' } else { '+' }, row));
        }
        let missing = expected.rows.iter().filter(|row| take(row));
        lines.extend(missing.map(|row| line('-', row)));
        lines.iter().any(|line| line.marker != ' ').then_some(lines)
    }

    /// `None` if both hold the same rows in the same order.
    fn list_difference(&self, expected: &Self) -> Option<Vec<Line>> {
        if self.rows == expected.rows {
            return None;
        }
        let mut lines = Vec::new();
        for index in 0..self.rows.len().max(expected.rows.len()) {
            match (expected.rows.get(index), self.rows.get(index)) {
                (Some(wanted), Some(found)) if wanted == found => lines.push(line(' ', found)),
                (wanted, found) => {
                    lines.extend(wanted.map(|row| line('-', row)));
                    lines.extend(found.map(|row| line('+', row)));
                }
            }
        }
        Some(lines)
    }
}

/// Values that the code under test returned, as rows in any order: `what` is
/// the subject of the sentence, as for [`crate::expect_equal`], and what was
/// found names the columns ([`Rows::named`]).
///
/// # Errors
/// When other rows are expected; the failure shows both as a table.
pub fn expect_same_rows(what: &str, found: impl Into<Rows>, expected: impl Into<Rows>) -> Outcome {
    found
        .into()
        .compare(&expected.into(), Order::Any)
        .saying(format!("{what} is not as expected"))
}

/// A line that explains the first two values that differ in their types only.
fn look_alikes(lines: &[Line]) -> String {
    let on = |marker: char| {
        let lines = lines.iter().filter(move |line| line.marker == marker);
        lines.flat_map(|line| &line.values)
    };
    let explain = |text: &str, other: &str| {
        let bare = text.strip_prefix('\'')?.strip_suffix('\'')?;
        let what = if bare == "NULL" {
            "no value"
        } else {
            "a number"
        };
        (bare == other).then(|| format!("\n({text} is text, {other} is {what})"))
    };
    on('+')
        .flat_map(|found| on('-').map(move |wanted| (found, wanted)))
        .find_map(|(found, wanted)| explain(found, wanted).or_else(|| explain(wanted, found)))
        .unwrap_or_default()
}

fn line(marker: char, row: &[Value]) -> Line {
    Line {
        marker,
        values: row.iter().map(show).collect(),
    }
}

fn kept<T: Clone>(cells: &[T], which: &[bool]) -> Vec<T> {
    let pairs = cells.iter().zip(which);
    pairs
        .filter(|(_, is_kept)| **is_kept)
        .map(|(cell, _)| cell.clone())
        .collect()
}

fn count(rows: usize) -> String {
    match rows {
        0 => "no row".to_owned(),
        1 => "1 row".to_owned(),
        _ => format!("{rows} rows"),
    }
}

/// A value so that its type can be told: text that could be taken for
/// something else is quoted, a real number has a point.
pub(crate) fn show(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) if is_ambiguous(text) => format!("'{}'", text.escape_debug()),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => blob(bytes),
    }
}

fn is_ambiguous(text: &str) -> bool {
    text.trim() != text
        || text.is_empty()
        || text.parse::<f64>().is_ok()
        || text.eq_ignore_ascii_case("null")
        || text.starts_with('\'')
        || text.starts_with("x'")
        || text.contains(char::is_control)
}

fn blob(bytes: &[u8]) -> String {
    let hex: String = bytes
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02X}"))
        .collect();
    if bytes.len() > 12 {
        format!("x'{hex}…' ({} bytes)", bytes.len())
    } else {
        format!("x'{hex}'")
    }
}
