//! A table: what a model says of itself.

use std::collections::BTreeMap;

use crate::{Check, Column, ForeignKey, Ident, Index, Result, Unique};

use super::{ddl, valid};

/// The definition of a table, as a value.
///
/// It is written in the order of the SQL it stands for: the columns, then what
/// holds of them. Nothing is refused while it is being written; what makes no
/// sense is refused when SQL is made of it.
///
/// ```
/// use mini_orm::{Column, ColumnType, ForeignKey, Table};
///
/// let posts = Table::new("posts")
///     .column(Column::new("id", ColumnType::Integer))
///     .column(Column::new("user_id", ColumnType::Integer).not_null())
///     .column(Column::new("title", ColumnType::String(200)).not_null())
///     .primary_key(&["id"])
///     .foreign_key(ForeignKey::new(&["user_id"], "users"))
///     .index(&["user_id"]);
/// assert_eq!(
///     posts.create_sql()?,
///     r#"CREATE TABLE "posts" (
///     "id" INTEGER PRIMARY KEY,
///     "user_id" INTEGER NOT NULL,
///     "title" VARCHAR(200) NOT NULL CONSTRAINT "ck_posts_title_length" CHECK (length("title") <= 200),
///     CONSTRAINT "fk_posts_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users"
/// );
/// CREATE INDEX "ix_posts_user_id" ON "posts" ("user_id");
/// "#
/// );
/// # Ok::<(), mini_orm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// Its name.
    pub name: Ident,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The columns that identify a row. A model has one; an association table
    /// has one for each side.
    pub primary_key: Vec<Ident>,
    /// What its rows refer to.
    pub foreign_keys: Vec<ForeignKey>,
    /// What may not occur twice.
    pub uniques: Vec<Unique>,
    /// What every row meets.
    pub checks: Vec<Check>,
    /// How rows are found quickly.
    pub indexes: BTreeMap<Ident, Index>,
}

impl Table {
    /// A table without columns.
    #[must_use]
    pub fn new(name: impl Into<Ident>) -> Self {
        Self {
            name: name.into(),
            columns: Vec::new(),
            primary_key: Vec::new(),
            foreign_keys: Vec::new(),
            uniques: Vec::new(),
            checks: Vec::new(),
            indexes: BTreeMap::new(),
        }
    }

    /// Adds a column, after those already there.
    #[must_use]
    pub fn column(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// Makes columns the primary key; together, if there are several.
    #[must_use]
    pub fn primary_key(mut self, columns: &[&str]) -> Self {
        self.primary_key.extend(idents(columns));
        self
    }

    /// Refuses a second row with the same values in these columns. The
    /// constraint is named `uq_<table>_<columns>`.
    #[must_use]
    pub fn unique(mut self, columns: &[&str]) -> Self {
        let unique = Unique {
            name: Some(self.named("uq", columns)),
            columns: idents(columns),
        };
        self.uniques.push(unique);
        self
    }

    /// Refuses rows that do not meet a condition in SQL. The constraint is
    /// named `ck_<table>_<name>`.
    #[must_use]
    pub fn check(mut self, name: &str, expr: impl Into<String>) -> Self {
        let check = Check {
            name: Some(self.named("ck", &[name])),
            expr: expr.into(),
        };
        self.checks.push(check);
        self
    }

    /// Adds a foreign key. If it has no name it gets
    /// `fk_<table>_<columns>_<parent>`.
    #[must_use]
    pub fn foreign_key(mut self, mut key: ForeignKey) -> Self {
        if key.name.is_none() {
            let words = key.columns.iter().chain([&key.parent]);
            let words: Vec<&str> = words.map(Ident::as_str).collect();
            key.name = Some(self.named("fk", &words));
        }
        self.foreign_keys.push(key);
        self
    }

    /// Makes looking rows up by these columns fast. The index is named
    /// `ix_<table>_<columns>`; for one of another kind there is
    /// [`Table::with_index`].
    #[must_use]
    pub fn index(self, columns: &[&str]) -> Self {
        let name = self.named("ix", columns);
        self.with_index(Index::new(name, columns))
    }

    /// Adds an index. It takes the place of one with the same name.
    #[must_use]
    pub fn with_index(mut self, index: Index) -> Self {
        self.indexes.insert(index.name.clone(), index);
        self
    }

    /// The SQL that makes the table and its indexes, a statement each.
    ///
    /// # Errors
    /// When it has no columns, or two of the same name, or a key, constraint or
    /// index names a column that it does not have.
    pub fn create_statements(&self) -> Result<Vec<String>> {
        valid::check(self)?;
        let mut statements = vec![ddl::create_table(self)];
        statements.extend(
            self.indexes
                .values()
                .map(|index| ddl::create_index(&self.name, index)),
        );
        Ok(statements)
    }

    /// The SQL that makes the table and its indexes, as one script.
    ///
    /// # Errors
    /// As [`Table::create_statements`].
    pub fn create_sql(&self) -> Result<String> {
        let statements = self.create_statements()?;
        Ok(statements.iter().map(|sql| format!("{sql};\n")).collect())
    }

    /// Where the column of this name stands, if there is one.
    pub(crate) fn position(&self, name: &Ident) -> Option<usize> {
        self.columns.iter().position(|column| column.name == *name)
    }

    /// The column of this name, if there is one.
    pub(crate) fn column_named(&self, name: &Ident) -> Option<&Column> {
        self.columns.get(self.position(name)?)
    }

    /// The naming convention: the kind, the table and what it is about.
    fn named(&self, kind: &str, words: &[&str]) -> Ident {
        Ident::from(format!("{kind}_{}_{}", self.name, words.join("_")))
    }
}

fn idents(names: &[&str]) -> Vec<Ident> {
    names.iter().map(|name| Ident::from(*name)).collect()
}
