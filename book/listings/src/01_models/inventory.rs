//! Inventory of part 1: what its questions say of Rust.

#[cfg(test)]
mod tests {
    use mini_orm::{Column, ColumnType, Location, MetaData, Options, Table};
    use rusqlite::{Connection, Error, Result};

    #[test]
    fn a_value_beside_the_sql_may_hold_anything() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE shops (name TEXT)")?;
        let name = "Joe's";
        let pasted = conn.execute(&format!("INSERT INTO shops (name) VALUES ('{name}')"), []);
        assert!(pasted.is_err());
        let quoted = conn.execute("INSERT INTO shops (name) VALUES ('?1')", [name]);
        assert!(
            matches!(quoted, Err(Error::InvalidParameterCount(1, 0))),
            "{quoted:?}"
        );
        conn.execute("INSERT INTO shops (name) VALUES (?1)", [name])?;
        let found: String = conn.query_one("SELECT name FROM shops", [], |row| row.get(0))?;
        assert_eq!(found, name);
        Ok(())
    }

    #[test]
    fn a_null_is_noticed_when_its_row_is_read() -> Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch("CREATE TABLE birds (ring TEXT)")?;
        conn.execute_batch("INSERT INTO birds (ring) VALUES ('B12'), (NULL)")?;
        let mut birds = conn.prepare("SELECT ring FROM birds ORDER BY rowid")?;
        let mut rings = birds.query_map([], |row| row.get::<_, String>("ring"))?;
        assert_eq!(rings.next(), Some(Ok("B12".to_owned())));
        assert!(matches!(
            rings.next(),
            Some(Err(Error::InvalidColumnType(..)))
        ));
        Ok(())
    }

    struct Member {
        born: i32,
    }

    impl Member {
        /// The age that is reached in that year.
        fn age(&self, year: i32) -> i32 {
            year - self.born
        }
    }

    #[test]
    fn an_age_is_worked_out_when_it_is_asked_for() {
        let ana = Member { born: 2001 };
        assert_eq!((ana.age(2026), ana.age(2027)), (25, 26));
    }

    #[test]
    fn each_registered_table_is_in_the_report() -> mini_orm::Result<()> {
        let table = |name: &str| {
            Table::new(name)
                .column(Column::new("id", ColumnType::Integer))
                .primary_key(&["id"])
        };
        let conn = Connection::open_in_memory()?;
        let songs = MetaData::new().table(table("songs"))?;
        songs.create_all(&conn)?;
        let report = songs.create_all(&conn)?;
        assert!(report.created.is_empty());
        assert_eq!(report.existing, ["songs"].map(Into::into));
        let missing = conn.execute_batch("INSERT INTO albums DEFAULT VALUES");
        assert!(missing.is_err_and(|error| error.to_string().contains("no such table: albums")));
        let report = songs.table(table("albums"))?.create_all(&conn)?;
        assert_eq!(report.created, ["albums"].map(Into::into));
        Ok(())
    }

    #[test]
    fn each_connection_to_memory_has_a_database_of_its_own() -> mini_orm::Result<()> {
        let memory: Location = "sqlite::memory:".parse()?;
        let first = mini_orm::open(&memory, &Options::new())?;
        first.execute_batch("CREATE TABLE songs (title TEXT)")?;
        let second = mini_orm::open(&memory, &Options::new())?;
        let found = second.execute_batch("SELECT title FROM songs");
        assert!(found.is_err_and(|error| error.to_string().contains("no such table: songs")));
        Ok(())
    }
}
