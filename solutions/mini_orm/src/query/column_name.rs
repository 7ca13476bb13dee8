//! A column, as a condition names it, and what can be asked of it.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value};

use super::expr::{Expr, Node, Refusal};
use crate::Ident;

/// A column that a condition is about. [`column()`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a column alone is no condition; compare it with something"]
pub struct ColumnName(Ident);

/// The column of that name, to ask something of. Whether the table has it is
/// looked at when the query runs.
///
/// Values are bound: anything that can be bound in SQL can be compared with.
/// Comparing with NULL is refused when the query runs, since no row is equal to
/// NULL nor different from it: [`ColumnName::is_null`] asks for it.
///
/// ```
/// use mini_orm::column;
///
/// let grown = column("age").ge(18).and(column("email").is_not_null());
/// let known = column("name").in_list(["Rex", "Tom"]).or(!column("species").eq("cat"));
/// # drop((grown, known));
/// ```
pub fn column(name: impl Into<Ident>) -> ColumnName {
    ColumnName(name.into())
}

impl ColumnName {
    /// Whose value is this one.
    pub fn eq(self, value: impl ToSql) -> Expr {
        self.compared("=", value)
    }

    /// Whose value is another one. NULL is none: rows without a value are not
    /// found.
    pub fn ne(self, value: impl ToSql) -> Expr {
        self.compared("<>", value)
    }

    /// Whose value is smaller.
    pub fn lt(self, value: impl ToSql) -> Expr {
        self.compared("<", value)
    }

    /// Whose value is smaller, or this one.
    pub fn le(self, value: impl ToSql) -> Expr {
        self.compared("<=", value)
    }

    /// Whose value is greater.
    pub fn gt(self, value: impl ToSql) -> Expr {
        self.compared(">", value)
    }

    /// Whose value is greater, or this one.
    pub fn ge(self, value: impl ToSql) -> Expr {
        self.compared(">=", value)
    }

    /// Which has no value.
    pub fn is_null(self) -> Expr {
        Expr(Node::Test(self.0, "IS NULL"))
    }

    /// Which has a value.
    pub fn is_not_null(self) -> Expr {
        Expr(Node::Test(self.0, "IS NOT NULL"))
    }

    /// Whose value is one of these. No row's value is one of none. There may be
    /// more of them than SQLite has places for in a statement.
    pub fn in_list<T: ToSql>(self, values: impl IntoIterator<Item = T>) -> Expr {
        let bound = |value: T| bound(&self.0, &value);
        let values = values.into_iter().map(bound).collect();
        Expr(match values {
            Ok(values) => Node::In(self.0, values),
            Err(refusal) => Node::Refused(refusal),
        })
    }

    /// Whose text is like the pattern, in which `%` stands for any text and `_`
    /// for any character. Upper and lower case of ASCII letters are the same.
    /// What is meant literally goes through [`escape_like`].
    pub fn like(self, pattern: impl Into<String>) -> Expr {
        Expr(Node::Like(self.0, pattern.into()))
    }

    fn compared(self, operator: &'static str, value: impl ToSql) -> Expr {
        Expr(match bound(&self.0, &value) {
            Ok(value) => Node::Compare(self.0, operator, value),
            Err(refusal) => Node::Refused(refusal),
        })
    }
}

/// A text that stands for itself in a pattern of [`ColumnName::like`].
///
/// ```
/// use mini_orm::{column, escape_like};
///
/// let typed = "100%";
/// let found = column("title").like(format!("%{}%", escape_like(typed)));
/// assert_eq!(escape_like(typed), r"100\%");
/// # drop(found);
/// ```
#[must_use]
pub fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if ['%', '_', '\\'].contains(&character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The value as it is bound. SQLite binds a NaN as NULL.
fn bound(column: &Ident, value: &dyn ToSql) -> Result<Value, Refusal> {
    let refused = |cause: String| Refusal::Value {
        column: column.clone(),
        cause,
    };
    let value = match value.to_sql() {
        Ok(ToSqlOutput::Owned(value)) => value,
        Ok(ToSqlOutput::Borrowed(value)) => {
            Value::try_from(value).map_err(|e| refused(e.to_string()))?
        }
        Ok(_) => return Err(refused("it is not a plain value".to_owned())),
        Err(error) => return Err(refused(error.to_string())),
    };
    match value {
        Value::Null => Err(Refusal::Null {
            column: column.clone(),
        }),
        Value::Real(number) if number.is_nan() => Err(refused("it is not a number".to_owned())),
        value => Ok(value),
    }
}
