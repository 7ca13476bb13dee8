//! A schema, as SQLite reads it.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Result, Row};

/// The tables of a database, in the order in which they were created.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    pub tables: Vec<Table>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub primary_key: Vec<String>,
    /// UNIQUE constraints and unique indexes, without the primary key's.
    pub uniques: Vec<Unique>,
    /// As they are written.
    pub foreign_keys: Vec<ForeignKey>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// The type as declared; empty if there is none.
    pub declared: String,
    /// It is declared NOT NULL.
    pub not_null: bool,
    /// It cannot hold NULL: NOT NULL, or another name of the rowid.
    pub never_null: bool,
}

/// Columns that are unique together, in all rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unique {
    pub columns: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignKey {
    pub columns: Vec<String>,
    /// The table it refers to, which need not exist.
    pub parent: String,
    /// The columns it refers to, the parent's primary key if none are
    /// written; they need not exist either.
    pub parent_columns: Vec<String>,
}

/// How many rows one row has at the other end of a foreign key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Many {
    One,
    ZeroOrOne,
    ZeroOrMore,
}

impl Schema {
    /// Reads the tables of the main database; not those of SQLite itself, nor
    /// those that a virtual table keeps.
    ///
    /// # Errors
    ///
    /// When SQLite cannot read the schema.
    pub fn read(conn: &Connection) -> Result<Self> {
        let names = all(
            conn,
            "SELECT name FROM main.sqlite_schema
              WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                AND name NOT IN (SELECT name FROM pragma_table_list
                                  WHERE schema = 'main' AND type = 'shadow')
              ORDER BY rowid",
            [],
            |row| text(row, 0),
        )?;
        let mut schema = Schema {
            tables: names
                .into_iter()
                .map(|name| table(conn, name))
                .collect::<Result<_>>()?,
        };
        schema.settle();
        Ok(schema)
    }

    pub(crate) fn table(&self, name: &str) -> Option<&Table> {
        self.tables
            .iter()
            .find(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// Foreign keys name tables and columns in the case in which those are
    /// declared, and the columns that they leave out.
    fn settle(&mut self) {
        let declared = self.clone();
        for table in &mut self.tables {
            for key in &mut table.foreign_keys {
                let Some(parent) = declared.table(&key.parent) else {
                    continue;
                };
                key.parent.clone_from(&parent.name);
                if key.parent_columns.is_empty() {
                    key.parent_columns.clone_from(&parent.primary_key);
                }
                for name in &mut key.parent_columns {
                    if let Some(column) = parent.column(name) {
                        name.clone_from(&column.name);
                    }
                }
            }
        }
    }
}

impl Table {
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// How many parents a row has.
    pub(crate) fn parents(&self, key: &ForeignKey) -> Many {
        let never_null = |name: &String| self.column(name).is_some_and(|found| found.never_null);
        if key.columns.iter().all(never_null) {
            Many::One
        } else {
            Many::ZeroOrOne
        }
    }

    /// How many rows of this table refer to one parent.
    pub(crate) fn children(&self, key: &ForeignKey) -> Many {
        let within = |unique: &[String]| {
            let is_part = |name: &String| {
                key.columns
                    .iter()
                    .any(|column| column.eq_ignore_ascii_case(name))
            };
            !unique.is_empty() && unique.iter().all(is_part)
        };
        let unique = self.uniques.iter().any(|unique| within(&unique.columns));
        if unique || within(&self.primary_key) {
            Many::ZeroOrOne
        } else {
            Many::ZeroOrMore
        }
    }
}

fn table(conn: &Connection, name: String) -> Result<Table> {
    let mut key: Vec<(i64, String)> = Vec::new();
    let mut columns = all(
        conn,
        "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1, 'main')
          WHERE hidden <> 1 ORDER BY cid",
        [&name],
        |row| {
            let not_null = row.get(2)?;
            let column = Column {
                name: text(row, 0)?,
                declared: text(row, 1)?,
                not_null,
                never_null: not_null,
            };
            match row.get(3)? {
                0 => {}
                place => key.push((place, column.name.clone())),
            }
            Ok(column)
        },
    )?;
    key.sort();
    let primary_key: Vec<String> = key.into_iter().map(|(_, name)| name).collect();
    let (keeps_key, uniques) = uniques(conn, &name)?;
    if let [alias] = primary_key.as_slice()
        && !keeps_key
    {
        // Without an index of its own, the primary key is the rowid.
        for column in columns.iter_mut().filter(|column| column.name == *alias) {
            column.never_null = true;
        }
    }
    Ok(Table {
        foreign_keys: foreign_keys(conn, &name)?,
        name,
        columns,
        primary_key,
        uniques,
    })
}

/// Whether the primary key has an index, and what else is unique.
fn uniques(conn: &Connection, table: &str) -> Result<(bool, Vec<Unique>)> {
    // The last one made is listed first.
    let indexes = all(
        conn,
        "SELECT name, origin FROM pragma_index_list(?1, 'main')
          WHERE \"unique\" AND NOT partial ORDER BY seq DESC",
        [table],
        |row| Ok((text(row, 0)?, text(row, 1)?)),
    )?;
    let mut keeps_key = false;
    let mut uniques = Vec::new();
    for (index, origin) in indexes {
        if origin == "pk" {
            keeps_key = true;
            continue;
        }
        let columns = all(
            conn,
            "SELECT name FROM pragma_index_info(?1, 'main') ORDER BY seqno",
            [&index],
            |row| text(row, 0),
        )?;
        // An expression has no name.
        let unique = Unique { columns };
        if unique.columns.iter().all(|name| !name.is_empty()) && !uniques.contains(&unique) {
            uniques.push(unique);
        }
    }
    Ok((keeps_key, uniques))
}

fn foreign_keys(conn: &Connection, table: &str) -> Result<Vec<ForeignKey>> {
    let parts = all(
        conn,
        "SELECT id, \"table\", \"from\", \"to\"
           FROM pragma_foreign_key_list(?1, 'main') ORDER BY id DESC, seq",
        [table],
        |row| {
            Ok((
                row.get::<_, i64>(0)?,
                text(row, 1)?,
                text(row, 2)?,
                text(row, 3)?,
            ))
        },
    )?;
    let mut keys: BTreeMap<i64, ForeignKey> = BTreeMap::new();
    for (id, parent, from, to) in parts {
        // The last one written has the lowest id.
        let key = keys.entry(-id).or_default();
        key.parent = parent;
        key.columns.push(from);
        if !to.is_empty() {
            key.parent_columns.push(to);
        }
    }
    Ok(keys.into_values().collect())
}

fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    row: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    conn.prepare(sql)?.query_map(params, row)?.collect()
}

/// Text that need not be UTF-8.
fn text(row: &Row<'_>, index: usize) -> Result<String> {
    Ok(match row.get_ref(index)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the first foreign key of `child` says: parents of a row, children
    /// of a parent.
    fn ends(child: &str) -> (Many, Many) {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE p (id INTEGER PRIMARY KEY, a, b, UNIQUE (a, b))")
            .unwrap();
        conn.execute_batch(child).unwrap();
        let schema = Schema::read(&conn).unwrap();
        let child = schema.table("c").unwrap();
        let key = child.foreign_keys.first().unwrap();
        (child.parents(key), child.children(key))
    }

    #[test]
    fn what_a_row_has_at_both_ends_is_what_sqlite_enforces() {
        use Many::{One, ZeroOrMore, ZeroOrOne};
        for (child, expected) in [
            ("CREATE TABLE c (k REFERENCES p)", (ZeroOrOne, ZeroOrMore)),
            (
                "CREATE TABLE c (k NOT NULL REFERENCES p)",
                (One, ZeroOrMore),
            ),
            (
                "CREATE TABLE c (k UNIQUE REFERENCES p)",
                (ZeroOrOne, ZeroOrOne),
            ),
            (
                "CREATE TABLE c (k NOT NULL UNIQUE REFERENCES p)",
                (One, ZeroOrOne),
            ),
            (
                "CREATE TABLE c (k INTEGER PRIMARY KEY REFERENCES p)",
                (One, ZeroOrOne),
            ),
            // Not the rowid, and so NULL is allowed.
            (
                "CREATE TABLE c (k INT PRIMARY KEY REFERENCES p)",
                (ZeroOrOne, ZeroOrOne),
            ),
            (
                "CREATE TABLE c (k INT PRIMARY KEY REFERENCES p) WITHOUT ROWID",
                (One, ZeroOrOne),
            ),
            (
                "CREATE TABLE c (k INT PRIMARY KEY REFERENCES p) STRICT",
                (One, ZeroOrOne),
            ),
            (
                "CREATE TABLE c (k REFERENCES p, j, PRIMARY KEY (k, j))",
                (ZeroOrOne, ZeroOrMore),
            ),
            (
                "CREATE TABLE c (k REFERENCES p); CREATE UNIQUE INDEX u ON c (k)",
                (ZeroOrOne, ZeroOrOne),
            ),
            (
                "CREATE TABLE c (k REFERENCES p); CREATE UNIQUE INDEX u ON c (k) WHERE k > 1",
                (ZeroOrOne, ZeroOrMore),
            ),
            (
                "CREATE TABLE c (k REFERENCES p); CREATE UNIQUE INDEX u ON c (abs(k))",
                (ZeroOrOne, ZeroOrMore),
            ),
            (
                "CREATE TABLE c (x NOT NULL, y, FOREIGN KEY (x, y) REFERENCES p (a, b))",
                (ZeroOrOne, ZeroOrMore),
            ),
            (
                "CREATE TABLE c (x NOT NULL, y NOT NULL UNIQUE, FOREIGN KEY (x, y) REFERENCES p (a, b))",
                (One, ZeroOrOne),
            ),
        ] {
            assert_eq!(ends(child), expected, "{child}");
        }
    }

    #[test]
    fn names_are_those_that_were_declared() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE Users (Id INTEGER PRIMARY KEY AUTOINCREMENT);
             CREATE TABLE posts (a REFERENCES USERS, b REFERENCES users (ID), c REFERENCES Gone);
             CREATE VIRTUAL TABLE found USING fts5(body);",
        )
        .unwrap();
        let schema = Schema::read(&conn).unwrap();
        let names: Vec<&str> = schema.tables.iter().map(|table| &*table.name).collect();
        assert_eq!(names, ["Users", "posts", "found"]);
        let keys: Vec<(&str, &str, Vec<&str>)> = schema.tables[1]
            .foreign_keys
            .iter()
            .map(|key| {
                let to = key.parent_columns.iter().map(String::as_str).collect();
                (&*key.columns[0], &*key.parent, to)
            })
            .collect();
        assert_eq!(
            keys,
            [
                ("a", "Users", vec!["Id"]),
                ("b", "Users", vec!["Id"]),
                ("c", "Gone", vec![])
            ]
        );
    }
}
