//! 1.10 A school: a library, from its diagram to its tables.

use mini_orm::{Column, ColumnType, Table};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[];

/// - name: at most 60 characters
/// - phone: optional; at most 20 characters
/// - max_loans: a number, at least 1, at most 30; 5 unless something else is
///   given
// ANCHOR: readers
pub fn readers() -> Table {
    let max_loans = Column::new("max_loans", ColumnType::Integer);
    Table::new("readers")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("name", ColumnType::String(60)).not_null())
        .column(Column::new("phone", ColumnType::String(20)))
        .column(max_loans.not_null().server_default(5))
        .primary_key(&["id"])
        .check("max_loans", "max_loans BETWEEN 1 AND 30")
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
             INSERT INTO readers (name, phone, max_loans)
             VALUES ('Ben', '030 90', 1), ('Cleo', NULL, 30);",
        )?;
        for sql in [
            "INSERT INTO readers (phone) VALUES ('030 90')",
            "INSERT INTO readers (name, max_loans) VALUES ('Dan', NULL)",
            "INSERT INTO readers (name, max_loans) VALUES ('Dan', 0)",
            "INSERT INTO readers (name, max_loans) VALUES ('Dan', 31)",
            "INSERT INTO readers (name, phone) VALUES ('Dan', '030 901 820 901 820 90')",
            "INSERT INTO readers (name) VALUES (printf('%061d', 0))",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        let loans = conn.query_one("SELECT sum(max_loans) FROM readers", [], |row| row.get(0));
        assert_eq!(loans, Ok(41));
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
            "CREATE TABLE tried (pages INTEGER CHECK
                 (pages IS NULL OR (typeof(pages) = 'integer' AND pages >= 1)));
             CREATE TABLE kept (pages INTEGER CHECK (pages >= 1)) STRICT;",
        )?;
        for table in ["tried", "kept"] {
            let insert =
                |value| conn.execute_batch(&format!("INSERT INTO {table} VALUES ({value})"));
            assert!(insert("'many'").is_err());
            insert("'480'")?;
            insert("NULL")?;
        }
        Ok(())
    }

    /// What the page says of the two rows of Dune that are refused.
    #[test]
    fn each_refused_row_breaks_one_rule() -> rusqlite::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(LIBRARY)?;
        conn.execute_batch(
            "INSERT INTO books (shelf_code, title) VALUES ('0817', 'Dune');
             INSERT INTO books (shelf_code, title, pages) VALUES ('0818', 'Dune', 1);",
        )
    }

    #[test]
    fn the_page_names_the_version_of_sqlite() {
        let page = include_str!("../../../src/01_models/10_school_project.md");
        let version = rusqlite::version();
        let (version, _) = version.rsplit_once('.').unwrap();
        assert!(page.contains(&format!("SQLite {version}.")), "{version}");
    }
}
