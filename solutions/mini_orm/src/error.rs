//! What can go wrong, and what to do about it.

use crate::wording::{cause, count, first, fit, held, place, short};
use crate::{ColumnType, Ident, Location, Violation, Way, violation};

/// [`std::result::Result`] with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// SQLite, or the mapping of a row, refused.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),

    /// A table without columns.
    #[error("table `{table}` has no columns; add at least one with `Table::column`")]
    NoColumns {
        /// Its name.
        table: Ident,
    },

    /// Two columns of one name, upper and lower case being the same.
    #[error(
        "table `{table}` names the column `{column}` twice; SQLite takes upper and lower case for the same name"
    )]
    DuplicateColumn {
        /// The table.
        table: Ident,
        /// The name that occurs twice.
        column: Ident,
    },

    /// Something names a column that the table does not have.
    #[error(
        "table `{table}` has no column `{column}`, which its {by} names; add the column or correct the name"
    )]
    UnknownColumn {
        /// The table.
        table: Ident,
        /// The name that no column has.
        column: Ident,
        /// What names it.
        by: &'static str,
    },

    /// A name, or the default text of the column of that name, contains a NUL.
    #[error(
        "the name or default of {:?} contains a NUL character, where SQL text ends; remove it",
        name.as_str()
    )]
    Nul {
        /// The name.
        name: Ident,
    },

    /// A model whose table is not identified by one column.
    #[error(
        "a model has one primary key column, but table `{table}` has {}; name one with `Table::primary_key`",
        count(columns)
    )]
    PrimaryKey {
        /// The table.
        table: Ident,
        /// The columns of its primary key.
        columns: Vec<Ident>,
    },

    /// A model whose primary key SQLite would not assign.
    #[error(
        "the primary key `{column}` of table `{table}` is {ty}, but SQLite assigns ids to INTEGER keys only; declare it `ColumnType::Integer`"
    )]
    KeyType {
        /// The table.
        table: Ident,
        /// The column.
        column: Ident,
        /// What it was declared as.
        ty: ColumnType,
    },

    /// A model that says two names for its table.
    #[error(
        "the model's `TABLE` is `{constant}`, but its `table()` is called `{table}`; begin it with `Table::new(Self::TABLE)`"
    )]
    TableName {
        /// `Model::TABLE`.
        constant: Ident,
        /// The name in `Model::table`.
        table: Ident,
    },

    /// Two tables of one name, upper and lower case being the same.
    #[error(
        "a table `{table}` is registered already; SQLite takes upper and lower case for the same name"
    )]
    DuplicateTable {
        /// The name that occurs twice.
        table: Ident,
    },

    /// A foreign key to a table that is not registered.
    #[error(
        "table `{table}` refers to `{parent}`, which is not registered; register it or correct the name"
    )]
    UnknownParent {
        /// The table that refers.
        table: Ident,
        /// The table that is not there.
        parent: Ident,
    },

    /// A row that does not fit its model.
    #[error(
        "column `{column}` of table `{table}` holds {}{}; {}",
        held(source),
        place(*key),
        fit(source)
    )]
    Row {
        /// The table.
        table: Ident,
        /// The column.
        column: Ident,
        /// The row's primary key, if it is a number.
        key: Option<i64>,
        /// What refused the value.
        source: Box<rusqlite::Error>,
    },

    /// A comparison with NULL, of which nothing ever comes out.
    #[error(
        "a query compares `{column}` of table `{table}` with NULL, which no value is equal to; ask with `is_null`, and leave NULL out of a list"
    )]
    ComparedWithNull {
        /// The table.
        table: Ident,
        /// The column.
        column: Ident,
    },

    /// A value that cannot be bound.
    #[error("a query compares `{column}` of table `{table}` with what SQLite cannot hold: {cause}")]
    Value {
        /// The table.
        table: Ident,
        /// The column.
        column: Ident,
        /// Why.
        cause: String,
    },

    /// A relationship that no foreign key stands for.
    #[error(
        "table `{table}` has no foreign key from `{column}` to the primary key of `{parent}`, which the relationship goes along; declare it with `Table::foreign_key`, or correct the column's name"
    )]
    Relationship {
        /// The table that would refer.
        table: Ident,
        /// The column.
        column: Ident,
        /// The table that would be referred to.
        parent: Ident,
    },

    /// A row whose relationship is asked for before its value is known.
    #[error(
        "a row of table `{table}` has no `{column}` yet, so nothing is related to it; insert it, and go on with what comes back"
    )]
    NotInserted {
        /// The table.
        table: Ident,
        /// The column whose value is not known.
        column: Ident,
    },

    /// A query for the only row found none.
    #[error("table `{table}` has no such row; ask for `first` if there may be none")]
    NoRow {
        /// The table.
        table: Ident,
    },

    /// A query for the only row found several.
    #[error("table `{table}` has several such rows; ask for more, or for `first` in some order")]
    SeveralRows {
        /// The table.
        table: Ident,
    },

    /// A session after an error.
    #[error(
        "the session could not write everything, so nothing of it can be kept; roll it back before going on"
    )]
    NeedsRollback,

    /// An object that the program uses while a session writes it.
    #[error(
        "an object of table `{table}` is borrowed while the session writes it; end the borrow before the flush"
    )]
    InUse {
        /// The table.
        table: Ident,
    },

    /// A version that no steps lead to.
    #[error("there is no version {version}: the steps known here end with version {known}")]
    NoStep {
        /// The version.
        version: usize,
        /// How many steps there are.
        known: usize,
    },

    /// A version that no migration writes.
    #[error(
        "the database says that it is at version {found}; another program uses its `user_version`, so set the right number by hand"
    )]
    Version {
        /// The number in the file.
        found: i32,
    },

    /// A database that a newer program has migrated.
    #[error(
        "the database is at version {version}, but the steps known here end with version {known}; use the program that migrated it"
    )]
    Ahead {
        /// The database's version.
        version: usize,
        /// How many steps there are.
        known: usize,
    },

    /// A step without a way back.
    #[error("step {step} has no `down`, so there is no way back; restore a copy from before it")]
    Irreversible {
        /// The step, counted from 1.
        step: usize,
    },

    /// A migration within a transaction.
    #[error(
        "a transaction is open on the connection, but each step has one of its own; commit it or roll it back first"
    )]
    OpenTransaction,

    /// A statement that a step may not contain; nothing was run.
    #[error(
        "step {step} {way}, statement {statement}, `{}`: {why}; take it out",
        short(sql)
    )]
    StepRefused {
        /// The step, counted from 1.
        step: usize,
        /// Which way it was to be taken.
        way: Way,
        /// The statement, counted from 1.
        statement: usize,
        /// Its SQL.
        sql: String,
        /// What is wrong with it.
        why: &'static str,
    },

    /// A statement of a step that failed; nothing of the step is kept.
    #[error(
        "step {step} {way}, statement {statement}, `{}`: {}; nothing of the step is kept, correct it and migrate again",
        short(sql),
        cause(source)
    )]
    Step {
        /// The step, counted from 1.
        step: usize,
        /// Which way it was taken.
        way: Way,
        /// The statement, counted from 1.
        statement: usize,
        /// Its SQL.
        sql: String,
        /// Why it failed.
        source: Box<rusqlite::Error>,
    },

    /// A step whose statements ran, but which could not be kept.
    #[error("step {step} {way}, {doing}: {source}; nothing of the step is kept, migrate again")]
    StepNotKept {
        /// The step, counted from 1.
        step: usize,
        /// Which way it was taken.
        way: Way,
        /// What was being done.
        doing: &'static str,
        /// Why it failed.
        source: Box<rusqlite::Error>,
    },

    /// A step that leaves rows which refer to nothing; it is not kept.
    #[error(
        "step {step} {way} breaks foreign keys: {}; nothing of the step is kept, have it change or delete these rows too",
        first(found)
    )]
    Orphans {
        /// The step, counted from 1.
        step: usize,
        /// Which way it was taken.
        way: Way,
        /// What is wrong and was not before.
        found: Vec<String>,
    },

    /// A moment that the stored form cannot express, or a text that is none.
    #[error(
        "{text:?} is no moment of the years 0 to 9999; write it as 2026-03-01 14:05:00, in UTC"
    )]
    Time {
        /// The text, or the moment as text.
        text: String,
    },

    /// A variable of the environment that is not set, or empty.
    #[error("the environment variable {name} is not set; set it to a URL such as sqlite:///app.db")]
    Variable {
        /// Its name.
        name: &'static str,
    },

    /// A text that is no URL of an SQLite database.
    #[error(
        "{url:?} is no database URL; write sqlite:///app.db, sqlite:////var/lib/app.db or sqlite::memory:"
    )]
    Url {
        /// The text.
        url: String,
    },

    /// A database that cannot be opened.
    #[error("opening {location}: {source}; check the path, and whether the file is to be created")]
    Open {
        /// Where it was looked for.
        location: Location,
        /// Why SQLite refused.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Which rule of the database it is about; see [`violation`](crate::violation()).
    /// What this crate itself refuses never reached the database.
    #[must_use]
    pub fn violation(&self) -> Violation {
        match self {
            Self::Sqlite(error) => violation(error),
            Self::Step { source, .. } | Self::StepNotKept { source, .. } => violation(source),
            _ => Violation::Other,
        }
    }
}
