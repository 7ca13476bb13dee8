use mini_orm::Result;
use rusqlite::Connection;

const STATEMENTS: [&str; 5] = [
    "CREATE TABLE teachers (
        id INTEGER NOT NULL,
        staff_code CHARACTER(4) NOT NULL,
        name VARCHAR(80) NOT NULL,
        email VARCHAR(120),
        full_time TINYINT NOT NULL DEFAULT 1,
        CONSTRAINT pk_teachers PRIMARY KEY (id),
        CONSTRAINT uq_staff_code UNIQUE (staff_code),
        CONSTRAINT uq_email UNIQUE (email),
        CHECK (
            staff_code LIKE '____'
            AND NOT length(name) > 80
            AND coalesce(length(email), 0) <= 120
            AND full_time IS (full_time <> 0)
        )
    )",
    "CREATE TABLE rooms (
        id INTEGER PRIMARY KEY ASC,
        building TEXT NOT NULL,
        number TEXT NOT NULL,
        seats INT NOT NULL,
        has_projector INT NOT NULL DEFAULT 0
    )",
    "CREATE UNIQUE INDEX uq_rooms ON rooms (building, number)",
    "CREATE TRIGGER rules_of_rooms BEFORE INSERT ON rooms BEGIN
        SELECT RAISE(ABORT, 'the name of the building is too long') WHERE length(NEW.building) > 30;
        SELECT RAISE(ABORT, 'the number is too long') WHERE length(NEW.number) > 6;
        SELECT RAISE(ABORT, 'there is no seat') WHERE NEW.seats < 1;
        SELECT RAISE(ABORT, 'a projector or none') WHERE NEW.has_projector NOT IN (0, 1);
    END",
    "CREATE TABLE terms (
        id INTEGER PRIMARY KEY,
        name CLOB COLLATE BINARY NOT NULL UNIQUE,
        starts_at TIMESTAMP NOT NULL,
        ends_at TIMESTAMP NOT NULL,
        CHECK (length(name) BETWEEN 1 AND 40),
        CHECK (unixepoch(starts_at) < unixepoch(ends_at))
    )",
];

pub fn create_school(conn: &Connection) -> Result<()> {
    for sql in STATEMENTS {
        conn.execute(sql, ())?;
    }
    Ok(())
}
