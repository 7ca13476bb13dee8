use mini_orm::{Column, ColumnType, Error, Ident, Result, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

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

fn columns<'a>(names: impl Iterator<Item = &'a Ident>) -> String {
    let quoted: Vec<String> = names.map(Ident::quoted).collect();
    quoted.join(", ")
}

fn described<M: Model>() -> Result<Table> {
    let table = M::table();
    if let [_] = table.primary_key.as_slice() {
        return Ok(table);
    }
    Err(Error::PrimaryKey {
        table: table.name,
        columns: table.primary_key,
    })
}

pub fn create<M: Model>(conn: &Connection) -> Result<()> {
    conn.execute_batch(&described::<M>()?.create_sql()?)?;
    Ok(())
}

pub fn insert<M: Model>(conn: &Connection, model: &M) -> Result<M> {
    let table = described::<M>()?;
    let (names, values): (Vec<_>, Vec<_>) = model.values().into_iter().unzip();
    let names: Vec<Ident> = names.into_iter().map(Ident::from).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) RETURNING {}",
        table.name.quoted(),
        columns(names.iter()),
        vec!["?"; values.len()].join(", "),
        columns(table.columns.iter().map(|column| &column.name)),
    );
    let mut statement = conn.prepare(&sql)?;
    let stored = statement.query_one(params_from_iter(values), M::from_row)?;
    Ok(stored)
}

pub fn all<M: Model>(conn: &Connection) -> Result<Vec<M>> {
    let table = described::<M>()?;
    let sql = format!(
        "SELECT {} FROM {}",
        columns(table.columns.iter().map(|column| &column.name)),
        table.name.quoted(),
    );
    let mut statement = conn.prepare(&sql)?;
    let mut models = Vec::new();
    for model in statement.query_map([], M::from_row)? {
        models.push(model?);
    }
    Ok(models)
}
