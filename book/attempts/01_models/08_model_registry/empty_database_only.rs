//! A first attempt at 1.8, which page 1.8 shows: right in an empty database, and nowhere else.

use mini_orm::{Error, Model, Result, Table};
use rusqlite::Connection;

#[path = "models/pet.rs"]
mod pet;
#[path = "models/subject_group.rs"]
mod subject_group;
#[path = "models/user.rs"]
mod user;

#[derive(Default)]
pub struct MetaData {
    tables: Vec<Table>,
}

#[derive(Default)]
pub struct Report {
    pub created: Vec<String>,
    pub existing: Vec<String>,
}

impl MetaData {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn register<M: Model>(mut self) -> Result<Self> {
        let table = M::table();
        if self.tables.iter().any(|known| known.name == table.name) {
            return Err(Error::DuplicateTable { table: table.name });
        }
        self.tables.push(table);
        Ok(self)
    }

    pub fn create_all(&self, conn: &Connection) -> Result<Report> {
        let mut report = Report::default();
        for table in &self.tables {
            conn.execute_batch(&table.create_sql()?)?;
            report.created.push(table.name.to_string());
        }
        Ok(report)
    }
}

pub fn metadata() -> Result<MetaData> {
    MetaData::new()
        .register::<subject_group::SubjectGroup>()?
        .register::<pet::Pet>()?
        .register::<user::User>()
}
