use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute(
        "create table visits (
            id integer primary key,
            chip text not null check (length(chip) <= 15),
            grams int not null,
            notes text,
            paid int not null check (paid = 0 or paid = 1),
            seen_at text not null
        ) strict",
        [],
    )?;
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcTime(pub Timestamp);

impl ToSql for UtcTime {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let text = format!("{:.6}", self.0).replace('T', " ");
        let text = text.trim_end_matches('Z').to_owned();
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl FromSql for UtcTime {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Text(_) => {
                let text = format!("{}Z", value.as_str()?);
                let timestamp = text.parse::<Timestamp>();
                timestamp.map(UtcTime).map_err(FromSqlError::other)
            }
            _ => Err(FromSqlError::InvalidType),
        }
    }
}
