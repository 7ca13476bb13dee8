//! 1.10 A school: a library, from its diagram to its tables.

use mini_orm::{Column, ColumnType, Table};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];

// ANCHOR: readers
/// - name: at most 60 characters
/// - phone: optional; at most 20 characters
/// - adult: true or false; true unless something else is given
pub fn readers() -> Table {
    let adult = Column::new("adult", ColumnType::Boolean);
    Table::new("readers")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("name", ColumnType::String(60)).not_null())
        .column(Column::new("phone", ColumnType::String(20)))
        .column(adult.not_null().server_default(true))
        .primary_key(&["id"])
}
// ANCHOR_END: readers

#[cfg(test)]
mod tests {
    use mini_orm::MetaData;
    use rusqlite::Connection;

    use super::*;

    const LIBRARY: &str = include_str!("../../../schemas/01_library.sql");

    /// Rows that the diagram of the readers allows, and rows that it does not.
    fn try_readers(conn: &Connection) -> rusqlite::Result<()> {
        conn.execute_batch(
            "INSERT INTO readers (name) VALUES ('Ada'), ('Ada');
             INSERT INTO readers (name, phone, adult) VALUES ('Ben', '030 90', false);",
        )?;
        for sql in [
            "INSERT INTO readers (phone) VALUES ('030 90')",
            "INSERT INTO readers (name, adult) VALUES ('Cleo', NULL)",
            "INSERT INTO readers (name, adult) VALUES ('Cleo', 'yes')",
            "INSERT INTO readers (name, phone) VALUES ('Cleo', '030 901 820 901 820 90')",
            "INSERT INTO readers (name) VALUES (printf('%061d', 0))",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        let adults = conn.query_one("SELECT sum(adult) FROM readers", [], |row| row.get(0));
        assert_eq!(adults, Ok(2));
        Ok(())
    }

    #[test]
    fn readers_keep_to_the_diagram() -> Result<(), Box<dyn std::error::Error>> {
        let conn = Connection::open_in_memory()?;
        MetaData::new().table(readers())?.create_all(&conn)?;
        try_readers(&conn)?;
        let drawn = Connection::open_in_memory()?;
        drawn.execute_batch(LIBRARY)?;
        try_readers(&drawn)?;
        Ok(())
    }

    #[test]
    fn the_page_makes_the_books_that_are_drawn() {
        let page = include_str!("../../../src/01_models/10_school_project.md");
        let start = LIBRARY.find("CREATE TABLE books").unwrap();
        let (books, _) = LIBRARY[start..].split_once("\n\n").unwrap();
        assert!(page.contains(books), "{books}");
    }

    /// What the page says of `a whole number`.
    #[test]
    fn text_is_greater_than_any_number() -> rusqlite::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LIBRARY)?;
        conn.execute_batch(
            "INSERT INTO books (shelf_code, title, pages) VALUES ('0815', 'Emma', 'many')",
        )?;
        conn.execute_batch(
            "CREATE TABLE tried (pages INTEGER CHECK (typeof(pages) = 'integer' AND pages >= 1))",
        )?;
        assert!(
            conn.execute_batch("INSERT INTO tried VALUES ('many')")
                .is_err()
        );
        conn.execute_batch("INSERT INTO tried VALUES ('480')")
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/01_models/10_school_project.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
