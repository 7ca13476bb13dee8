use mini_orm::{Column, ColumnType, Error, Model, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

pub struct SubjectGroup(String);
pub struct Pet;
pub struct User;

impl Model for SubjectGroup {
    const TABLE: &'static str = "subject_groups";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::String(60)).not_null())
            .primary_key(&["id"])
            .unique(&["name"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        row.get("name").map(Self)
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("name", self.0.clone().into())]
    }
}

macro_rules! keyed {
    ($model:ident, $table:literal) => {
        impl Model for $model {
            const TABLE: &'static str = $table;

            fn table() -> Table {
                Table::new(Self::TABLE)
                    .column(Column::new("id", ColumnType::Integer))
                    .primary_key(&["id"])
            }

            fn from_row(_: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self)
            }

            fn values(&self) -> Vec<(&'static str, Value)> {
                vec![("id", Value::Null)]
            }
        }
    };
}

keyed!(Pet, "pets");
keyed!(User, "users");

#[derive(Default)]
pub struct MetaData {
    tables: Vec<(String, fn() -> Table)>,
}

#[derive(Debug, Default)]
pub struct Report {
    pub created: Vec<String>,
    pub existing: Vec<String>,
}

impl MetaData {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn register<M: Model>(mut self) -> Result<Self> {
        for (name, _) in &self.tables {
            if name.eq_ignore_ascii_case(M::TABLE) {
                return Err(Error::DuplicateTable {
                    table: M::TABLE.into(),
                });
            }
        }
        self.tables.push((M::TABLE.to_owned(), M::table));
        Ok(self)
    }

    pub fn create_all(&self, conn: &Connection) -> Result<Report> {
        let exists = "SELECT EXISTS (SELECT 1 FROM pragma_table_list WHERE name = ?1 COLLATE NOCASE)";
        let exists = |name: &str| conn.query_row(exists, [name], |row| row.get::<_, bool>(0));
        let mut created = Vec::new();
        let mut existing = Vec::new();
        for (name, table) in &self.tables {
            if exists(name)? {
                existing.push(name.clone());
                continue;
            }
            let transaction = conn.unchecked_transaction()?;
            transaction.execute_batch(&table().create_sql()?)?;
            transaction.commit()?;
            created.push(name.clone());
        }
        Ok(Report { created, existing })
    }
}

pub fn metadata() -> Result<MetaData> {
    let metadata = MetaData::new();
    let metadata = metadata.register::<User>()?.register::<Pet>()?;
    metadata.register::<SubjectGroup>()
}
