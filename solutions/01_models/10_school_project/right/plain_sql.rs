use mini_orm::Result;
use rusqlite::Connection;

pub fn create_school(conn: &Connection) -> Result<()> {
    let transaction = conn.unchecked_transaction()?;
    transaction.execute_batch(
        "create table terms (
            ends_at text not null,
            starts_at text not null,
            name text not null check (length(name) <= 40),
            id integer primary key autoincrement,
            constraint term_has_a_length check (ends_at > starts_at)
        ) strict;
        create unique index ux_terms_name on terms (name);

        create table teachers (
            id integer primary key,
            staff_code text not null unique check (length(staff_code) = 4),
            name text not null check (length(name) < 81),
            email text unique check (email is null or length(email) <= 120),
            full_time int not null default 1 check (full_time in (0, 1))
        ) strict;

        create table rooms (
            id integer primary key,
            building text not null,
            number text not null,
            seats int not null check (seats > 0),
            has_projector int not null default (1 = 2)
                check (has_projector = 0 or has_projector = 1),
            check (substr(building, 31) = '' and length(number) <= 6)
        ) strict;
        create unique index ux_rooms on rooms (number, building);",
    )?;
    transaction.commit()?;
    Ok(())
}
