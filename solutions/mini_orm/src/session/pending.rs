//! An object that a session is to write.

use std::any::TypeId;
use std::cell::RefCell;
use std::rc::Rc;

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::insert::insert_row;
use crate::{Error, Ident, Model, Result, Table, table_of};

/// An object of any model.
pub(super) trait Pending {
    /// Which model.
    fn model(&self) -> TypeId;

    /// The name of its table.
    fn name(&self) -> Ident;

    /// Its table.
    fn table(&self) -> Table;

    /// Whether the database has it.
    fn is_written(&self) -> bool;

    /// Writes it, and makes it what came back.
    fn write(&mut self, conn: &Connection) -> Result<()>;

    /// Makes it what it was before it was written.
    fn undo(&mut self);
}

/// An object that is to be inserted.
pub(super) struct New<M> {
    pub object: Rc<RefCell<M>>,
    /// The parent that it was added to.
    pub parent: Option<Parent>,
    /// What it was before it was inserted.
    pub before: Option<M>,
}

/// A column that refers, and the key that will be known when it is written.
pub(super) struct Parent {
    pub column: &'static str,
    pub key: Box<dyn Fn() -> Result<i64>>,
}

impl<M: Model + 'static> Pending for New<M> {
    fn model(&self) -> TypeId {
        TypeId::of::<M>()
    }

    fn name(&self) -> Ident {
        Ident::from(M::TABLE)
    }

    fn table(&self) -> Table {
        M::table()
    }

    fn is_written(&self) -> bool {
        self.before.is_some()
    }

    fn write(&mut self, conn: &Connection) -> Result<()> {
        let mut object = self.object.try_borrow_mut().map_err(|_| in_use::<M>())?;
        let mut row = object.values();
        if let Some(parent) = &self.parent {
            let column = Ident::from(parent.column);
            row.retain(|(name, _)| Ident::from(*name) != column);
            row.push((parent.column, Value::Integer((parent.key)()?)));
        }
        let inserted = insert_row(conn, &table_of::<M>()?, row)?;
        self.before = Some(std::mem::replace(&mut object, inserted));
        Ok(())
    }

    fn undo(&mut self) {
        // Who holds it now keeps what he sees.
        if let Ok(mut object) = self.object.try_borrow_mut()
            && let Some(before) = self.before.take()
        {
            *object = before;
        }
    }
}

pub(super) fn in_use<M: Model>() -> Error {
    Error::InUse {
        table: Ident::from(M::TABLE),
    }
}
