use rusqlite::{Connection, Result};

pub fn create(conn: &Connection) -> Result<()> {
    conn.execute(
        "create table if not exists Users (
            id integer primary key,
            username text not null,
            email text,
            verified integer default false not null,
            constraint uq_users_username unique (username),
            constraint uq_users_email unique (email),
            check (length(username) between 1 and 80),
            check (email is null or length(email) < 121),
            check (verified = true or verified = false)
        ) strict",
        [],
    )?;
    Ok(())
}
