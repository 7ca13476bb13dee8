use mini_orm::{Column, ColumnType, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

pub trait Model: Sized {
    const TABLE: &'static str;

    fn table() -> Table;

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self>;

    fn values(&self) -> Vec<(&'static str, Value)>;
}

#[derive(Clone, Debug, PartialEq)]
pub struct Pet {
    pub id: Option<i64>,
    pub name: Option<String>,
    pub species: Option<String>,
}

impl Model for Pet {
    const TABLE: &'static str = "pets";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("name", ColumnType::Text))
            .column(Column::new("species", ColumnType::Text))
            .primary_key(&["id"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            species: row.get("species")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("name", self.name.clone().into()),
            ("species", self.species.clone().into()),
        ]
    }
}

pub fn create<M: Model>(conn: &Connection) -> Result<()> {
    let table = M::table();
    if table.primary_key.len() != 1 {
        return Err(mini_orm::Error::PrimaryKey {
            table: table.name,
            columns: table.primary_key,
        });
    }
    conn.execute_batch(&table.create_sql()?)?;
    Ok(())
}

pub fn insert<M: Model>(conn: &Connection, model: &M) -> Result<M> {
    let (columns, values): (Vec<&str>, Vec<Value>) = model.values().into_iter().unzip();
    let literals: Vec<String> = values
        .into_iter()
        .map(|value| match value {
            Value::Null => "NULL".to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Value::Blob(_) => "x''".to_owned(),
        })
        .collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) RETURNING *",
        M::TABLE,
        columns.join(", "),
        literals.join(", "),
    );
    Ok(conn.query_one(&sql, [], M::from_row)?)
}

pub fn all<M: Model>(conn: &Connection) -> Result<Vec<M>> {
    let mut statement = conn.prepare(&format!("SELECT * FROM {}", M::TABLE))?;
    let models = statement.query_map([], M::from_row)?;
    Ok(models.collect::<rusqlite::Result<_>>()?)
}
