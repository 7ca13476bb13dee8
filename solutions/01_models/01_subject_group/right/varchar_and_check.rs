use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute(
        "create table if not exists subject_groups (
            id integer not null primary key,
            name varchar(60) not null check (length(name) between 1 and 60),
            unique (name)
        )",
        [],
    )?;
    Ok(())
}
