//! 1.3 A trait for all models: tools and bikes, and functions for every model.

use std::cell::RefCell;
use std::error::Error;
use std::io::Write;

use mini_orm::{Column, ColumnType, Model, Result, Table};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[
    ("01_models/03_pet_model/sent", sent),
    ("01_models/03_pet_model/two_keys", two_keys),
];

// ANCHOR: tool
/// One row of the table `tools`.
#[derive(Debug)]
pub struct Tool {
    pub id: Option<i64>,
    pub label: String,
    pub drawer: Option<i64>,
}

impl Model for Tool {
    // 1 name the table
    const TABLE: &'static str = "tools";

    // 2 describe the table
    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("id", ColumnType::Integer))
            .column(Column::new("label", ColumnType::Text).not_null())
            .column(Column::new("drawer", ColumnType::Integer))
            .primary_key(&["id"])
    }
    // ANCHOR_END: tool

    // ANCHOR: mapping
    // 3 map a row to a value
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            label: row.get("label")?,
            drawer: row.get("drawer")?,
        })
    }

    // 4 map a value to a row
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("label", self.label.clone().into()),
            ("drawer", self.drawer.into()),
        ]
    }
    // ANCHOR_END: mapping
}

// ANCHOR: is_current
/// Is the row of this value still in the table, with nothing changed?
pub fn is_current<M: Model>(conn: &Connection, model: &M) -> Result<bool> {
    let table = M::table(); // 5 refuse first
    if table.columns.is_empty() {
        return Err(mini_orm::Error::NoColumns { table: table.name });
    }
    let mut conditions = Vec::new();
    let mut values = Vec::new();
    for (column, value) in model.values() {
        conditions.push(format!("{column} IS ?")); // 6 take names from the model
        values.push(value);
    }
    let (table, conditions) = (M::TABLE, conditions.join(" AND "));
    let sql = format!("SELECT count(*) FROM {table} WHERE {conditions}");
    let params = rusqlite::params_from_iter(values); // 7 bind the values
    let count: i64 = conn.query_one(&sql, params, |row| row.get(0))?;
    Ok(count == 1)
}
// ANCHOR_END: is_current

thread_local! {
    /// The statements that a connection of this thread has sent.
    static SENT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Prints a call, the statements that it sent, and what it returned.
fn report(out: &mut dyn Write, call: &str, answer: &str) -> std::io::Result<()> {
    writeln!(out, "{call}")?;
    for sql in SENT.take() {
        for line in sql.replace(" RETURNING", "\nRETURNING").lines() {
            writeln!(out, "    {line}")?;
        }
    }
    writeln!(out, "  → {answer}")
}

fn remember(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(_, sql) = event {
        // The savepoint of `create` is the business of a later part.
        if !sql.contains("mini_orm") {
            SENT.with_borrow_mut(|sent| sent.push(sql.to_owned()));
        }
    }
}

fn sent(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(remember));
    mini_orm::create::<Tool>(&conn)?;
    report(out, "create::<Tool>(&conn)?", "()")?;
    let saw = mini_orm::insert(&conn, &tool("saw"))?;
    report(out, "let saw = insert(&conn, &saw)?", &format!("{saw:?}"))?;
    let tools: Vec<Tool> = mini_orm::all(&conn)?;
    report(out, "all::<Tool>(&conn)?", &format!("{tools:?}"))?;
    let answer = is_current(&conn, &saw)?;
    report(out, "is_current(&conn, &saw)?", &format!("{answer:?}"))?;
    conn.execute("UPDATE tools SET drawer = 4", [])?;
    SENT.take();
    let answer = is_current(&conn, &saw)?;
    let call = "is_current(&conn, &saw)?  after another program has put it in drawer 4";
    report(out, call, &format!("{answer:?}"))?;
    Ok(())
}

fn tool(label: &str) -> Tool {
    Tool {
        id: None,
        label: label.to_owned(),
        drawer: None,
    }
}

/// One row of the table `loans`, which says that it has two keys.
struct Loan {
    tool: i64,
    person: i64,
}

impl Model for Loan {
    const TABLE: &'static str = "loans";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("tool", ColumnType::Integer))
            .column(Column::new("person", ColumnType::Integer))
            .primary_key(&["tool", "person"])
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            tool: row.get("tool")?,
            person: row.get("person")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("tool", self.tool.into()), ("person", self.person.into())]
    }
}

fn two_keys(out: &mut dyn Write) -> std::result::Result<(), Box<dyn Error>> {
    let conn = Connection::open_in_memory()?;
    let refused = mini_orm::create::<Loan>(&conn).err();
    writeln!(out, "{}", refused.ok_or("two keys were accepted")?)?;
    Ok(())
}

/// One row of the table `bikes`.
#[derive(Debug, PartialEq)]
pub struct Bike {
    pub number: Option<i64>,
    pub frame: String,
    pub lock: Option<i64>,
}

// ANCHOR: bike
/// A bike of the school has a number, which SQLite assigns. It always has a
/// frame code, a text. It may have a lock, which opens with a whole number.
impl Model for Bike {
    // 1 name the table
    const TABLE: &'static str = "bikes";

    // 2 describe the table
    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("number", ColumnType::Integer))
            .column(Column::new("frame", ColumnType::Text).not_null())
            .column(Column::new("lock", ColumnType::Integer))
            .primary_key(&["number"])
    }

    // 4 map a value to a row
    fn values(&self) -> Vec<(&'static str, Value)> {
        let frame = self.frame.clone();
        let (number, lock) = (self.number.into(), self.lock.into());
        vec![("number", number), ("frame", frame.into()), ("lock", lock)]
    }
    // ANCHOR_END: bike

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            frame: row.get("frame")?,
            lock: row.get("lock")?,
        })
    }
}

// ANCHOR: get
/// The row of any model that has this rowid, or an error if there is none.
pub fn get<M: Model>(conn: &Connection, rowid: i64) -> Result<M> {
    // 5 refuse first
    let table = M::table();
    if table.columns.is_empty() {
        return Err(mini_orm::Error::NoColumns { table: table.name });
    }
    // 6 take names from the model
    let sql = format!("SELECT * FROM {} WHERE rowid = ?", M::TABLE);
    // 7 bind the values
    Ok(conn.query_one(&sql, [rowid], M::from_row)?)
}
// ANCHOR_END: get

#[cfg(test)]
mod tests {
    use super::*;

    fn created<M: Model>() -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        mini_orm::create::<M>(&conn).unwrap();
        conn
    }

    #[test]
    fn a_tool_is_current_until_somebody_changes_its_row() {
        let conn = created::<Tool>();
        let saw = mini_orm::insert(&conn, &tool("O'Brien's saw")).unwrap();
        assert!(is_current(&conn, &saw).unwrap());
        conn.execute_batch("UPDATE tools SET drawer = 4").unwrap();
        assert!(!is_current(&conn, &saw).unwrap());
        let saw: Tool = get(&conn, 1).unwrap();
        assert_eq!((saw.id, saw.drawer), (Some(1), Some(4)));
        assert!(is_current(&conn, &saw).unwrap());
        conn.execute_batch("DELETE FROM tools").unwrap();
        assert!(!is_current(&conn, &saw).unwrap());
        assert!(get::<Tool>(&conn, 1).is_err());
    }

    #[test]
    fn a_bike_comes_back_with_its_number() {
        let conn = created::<Bike>();
        let bike = Bike {
            number: None,
            frame: "K7".to_owned(),
            lock: None,
        };
        let stored = mini_orm::insert(&conn, &bike).unwrap();
        assert_eq!(stored.number, Some(1));
        assert_eq!(get::<Bike>(&conn, 1).unwrap(), stored);
        for sql in [
            "INSERT INTO bikes (lock) VALUES (123)",
            "INSERT INTO bikes (number, frame) VALUES (1, 'K8')",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
    }

    /// An error leaves nothing behind: the keys are counted first.
    #[test]
    fn a_model_with_two_keys_gets_no_table() {
        let conn = Connection::open_in_memory().unwrap();
        assert!(mini_orm::create::<Loan>(&conn).is_err());
        let found: i64 = conn
            .query_one("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert_eq!(found, 0);
    }

    /// A stool that is written down as if its legs were always known.
    #[derive(Debug)]
    struct Stool {
        id: Option<i64>,
        legs: i64,
    }

    impl Model for Stool {
        const TABLE: &'static str = "stools";

        fn table() -> Table {
            Table::new(Self::TABLE)
                .column(Column::new("id", ColumnType::Integer))
                .column(Column::new("legs", ColumnType::Integer))
                .primary_key(&["id"])
        }

        fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
            Ok(Self {
                id: row.get("id")?,
                legs: row.get("legs")?,
            })
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            vec![("id", self.id.into()), ("legs", self.legs.into())]
        }
    }

    #[test]
    fn a_row_that_does_not_fit_is_the_error_of_all() {
        let conn = created::<Stool>();
        let stool = Stool { id: None, legs: 4 };
        mini_orm::insert(&conn, &stool).unwrap();
        assert_eq!(mini_orm::all::<Stool>(&conn).unwrap().len(), 1);
        conn.execute_batch("INSERT INTO stools (legs) VALUES (NULL)")
            .unwrap();
        let error = mini_orm::all::<Stool>(&conn).unwrap_err().to_string();
        assert!(error.contains("holds NULL"), "{error}");
    }

    /// A model without columns, or whose key is a text.
    struct Bare;
    struct Named;

    impl Model for Bare {
        const TABLE: &'static str = "bare";

        fn table() -> Table {
            Table::new(Self::TABLE)
        }

        fn from_row(_: &Row<'_>) -> rusqlite::Result<Self> {
            Ok(Self)
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            Vec::new()
        }
    }

    impl Model for Named {
        const TABLE: &'static str = "named";

        fn table() -> Table {
            Table::new(Self::TABLE)
                .column(Column::new("name", ColumnType::Text))
                .primary_key(&["name"])
        }

        fn from_row(_: &Row<'_>) -> rusqlite::Result<Self> {
            Ok(Self)
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            Vec::new()
        }
    }

    #[test]
    fn descriptions_of_no_use_are_refused_first() {
        let conn = Connection::open_in_memory().unwrap();
        for error in [
            is_current(&conn, &Bare).err().unwrap(),
            get::<Bare>(&conn, 1).err().unwrap(),
        ] {
            assert!(error.to_string().contains("no columns"), "{error}");
        }
        let error = mini_orm::create::<Named>(&conn).err().unwrap();
        assert!(matches!(error, mini_orm::Error::KeyType { .. }), "{error}");
    }

    /// A name cannot be bound: it stands in the SQL.
    #[test]
    fn a_placeholder_is_no_place_for_a_name() {
        let conn = created::<Tool>();
        let sql = "DELETE FROM ?1";
        let error = conn.execute(sql, [Tool::TABLE]).unwrap_err();
        assert!(error.to_string().contains("syntax error"), "{error}");
        let sql = format!("DELETE FROM {}", Tool::TABLE);
        assert_eq!(conn.execute(&sql, []).unwrap(), 0);
    }

    /// `execute_batch` runs whatever else stands in a text that is taken for a name.
    #[test]
    fn a_name_from_outside_can_be_more_than_a_name() {
        let conn = created::<Tool>();
        let typed = "tools; DROP TABLE tools";
        conn.execute_batch(&format!("DELETE FROM {typed}")).unwrap();
        assert!(conn.prepare("SELECT * FROM tools").is_err());
    }

    /// A model whose description lacks a column that the struct has a field for.
    struct Chair {
        id: Option<i64>,
        color: String,
        legs: i64,
    }

    impl Model for Chair {
        const TABLE: &'static str = "chairs";

        fn table() -> Table {
            Table::new("chairs")
                .column(Column::new("id", ColumnType::Integer))
                .column(Column::new("color", ColumnType::Text))
                .primary_key(&["id"])
        }

        fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
            Ok(Self {
                id: row.get("id")?,
                color: row.get("color")?,
                legs: row.get("legs")?,
            })
        }

        fn values(&self) -> Vec<(&'static str, Value)> {
            vec![
                ("id", self.id.into()),
                ("color", self.color.clone().into()),
                ("legs", self.legs.into()),
            ]
        }
    }

    #[test]
    fn a_field_that_is_not_described_is_no_column() {
        let conn = created::<Chair>();
        let columns: String = conn
            .query_one(
                "SELECT group_concat(name) FROM pragma_table_info('chairs')",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(columns, "id,color");
        let red = Chair {
            id: None,
            color: "red".to_owned(),
            legs: 4,
        };
        let error = mini_orm::insert(&conn, &red).err().unwrap();
        assert!(
            error.to_string().contains("has no column `legs`"),
            "{error}"
        );
    }

    #[test]
    fn four_things_make_a_model() {
        let table = Tool::table();
        assert_eq!(table.name.as_str(), Tool::TABLE);
        assert!(!table.columns.is_empty());
        assert_eq!(table.primary_key.len(), 1);
    }
}
