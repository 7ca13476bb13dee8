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
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
        let mut values = vec![("name", text(&self.name)), ("species", text(&self.species))];
        if let Some(id) = self.id {
            values.push(("id", Value::Integer(id)));
        }
        values
    }
}

pub fn create<M: Model>(conn: &Connection) -> Result<()> {
    let table = M::table();
    match table.primary_key.len() {
        1 => {
            for sql in table.create_statements()? {
                conn.execute(&sql, [])?;
            }
            Ok(())
        }
        _ => Err(rusqlite::Error::InvalidQuery.into()),
    }
}

pub fn insert<M: Model>(conn: &Connection, model: &M) -> Result<M> {
    let values = model.values();
    let columns: Vec<&str> = values.iter().map(|(column, _)| *column).collect();
    let numbers: Vec<String> = (1..=values.len()).map(|n| format!("?{n}")).collect();
    let (table, columns, numbers) = (M::TABLE, columns.join(","), numbers.join(","));
    let params = rusqlite::params_from_iter(values.iter().map(|(_, value)| value));
    conn.execute(
        &format!("insert into {table} ({columns}) values ({numbers})"),
        params,
    )?;
    let id = conn.last_insert_rowid();
    let sql = format!("select * from {table} where rowid = ?1");
    Ok(conn.query_row(&sql, [id], |row| M::from_row(row))?)
}

pub fn all<M: Model>(conn: &Connection) -> Result<Vec<M>> {
    let mut statement = conn.prepare(&format!("select * from {}", M::TABLE))?;
    let mut rows = statement.query([])?;
    let mut models = Vec::new();
    while let Some(row) = rows.next()? {
        models.push(M::from_row(row)?);
    }
    Ok(models)
}
