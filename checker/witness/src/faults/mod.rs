//! Things that go wrong while the code under test works on a database, on
//! connections that it opens itself and on any thread.
//!
//! - A statement is *denied* once, by the authorizer, while it is prepared. A
//!   denial that stayed in force would deny ROLLBACK and COMMIT as well. It
//!   leaves the transaction open, unlike an interrupt.
//! - The *disk is full*: `max_page_count` is set on each connection as it is
//!   opened. After a statement that needs a statement journal the transaction
//!   stays open; a plain one-row INSERT has it rolled back by SQLite itself, so
//!   that code which goes on is then outside of any transaction.
//! - A *commit is vetoed*, by the commit hook: it becomes a rollback.
//! - The *process dies* before a statement. That needs a process of its own,
//!   so the check's test is started again; see [`child`].

mod armed;
pub(crate) mod child;
mod every_statement;
mod judge;
mod locks;

pub(crate) use armed::Armed;
