use mini_orm::{Column, ColumnType, Model, Result, ServerDefault, Table, create};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

pub fn create_school(conn: &Connection) -> Result<()> {
    create::<Room>(conn)?;
    create::<Term>(conn)?;
    create::<Teacher>(conn)
}

fn key() -> Column {
    Column::new("id", ColumnType::Integer).not_null()
}

fn text(name: &str, limit: u32) -> Column {
    Column::new(name, ColumnType::String(limit)).not_null()
}

macro_rules! model {
    ($model:ident, $table:literal, $definition:expr) => {
        pub struct $model {
            pub id: Option<i64>,
        }

        impl Model for $model {
            const TABLE: &'static str = $table;

            fn table() -> Table {
                let definition: fn(Table) -> Table = $definition;
                definition(Table::new(Self::TABLE).column(key()).primary_key(&["id"]))
            }

            fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self { id: row.get("id")? })
            }

            fn values(&self) -> Vec<(&'static str, Value)> {
                vec![("id", self.id.into())]
            }
        }
    };
}

model!(Teacher, "teachers", |table| {
    let full_time = Column::new("full_time", ColumnType::Boolean)
        .server_default(ServerDefault::Expr("NOT FALSE".to_owned()));
    table
        .column(Column::new("staff_code", ColumnType::Text).not_null())
        .column(text("name", 80))
        .column(Column::new("email", ColumnType::String(120)))
        .column(full_time.not_null())
        .check("code", "staff_code LIKE '____'")
        .unique(&["email"])
        .with_index(mini_orm::Index::new("code", &["staff_code"]).unique())
        .index(&["name"])
});

model!(Room, "rooms", |table| {
    let projector = Column::new("has_projector", ColumnType::Boolean).not_null();
    table
        .column(text("building", 30))
        .column(text("number", 6))
        .column(Column::new("seats", ColumnType::Integer).not_null())
        .column(projector.server_default(0))
        .unique(&["number", "building"])
        .check("seats", "typeof(seats) = 'integer' AND seats > 0")
});

model!(Term, "terms", |table| {
    let moment = |name: &str| Column::new(name, ColumnType::DateTime).not_null();
    table
        .column(text("name", 40))
        .column(moment("starts_at"))
        .column(moment("ends_at"))
        .unique(&["name"])
        .check("order", "julianday(ends_at) > julianday(starts_at)")
});
