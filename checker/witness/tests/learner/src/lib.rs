//! What a learner might write: the tests look at it through the witness.
#![allow(dead_code, clippy::todo)]

use std::path::Path;

use rusqlite::{Connection, Result};

pub fn create_table(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE subject_groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    )
}

pub fn create_loose_table(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE subject_groups (id INT PRIMARY KEY, name TEXT)")
}

pub fn insert(conn: &Connection, name: &str) -> Result<i64> {
    conn.execute("INSERT INTO subject_groups (name) VALUES (?1)", [name])?;
    Ok(conn.last_insert_rowid())
}

pub fn insert_pasted(conn: &Connection, name: &str) -> Result<i64> {
    conn.execute_batch(&format!(
        "INSERT INTO subject_groups (name) VALUES ('{name}')"
    ))?;
    Ok(conn.last_insert_rowid())
}

pub fn broken(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE subject_groups (id INTEGER PRIMARY KEY")
}

pub fn unfinished(_: &Connection) -> Result<()> {
    todo!("create the table with {:?}", "conn")
}

pub fn leaves_a_transaction(conn: &Connection) -> Result<()> {
    conn.execute_batch("BEGIN; CREATE TABLE subject_groups (id INTEGER PRIMARY KEY)")
}

pub fn opens_itself(path: &Path) -> Result<()> {
    create_table(&Connection::open(path)?)
}

pub fn opens_on_a_thread(path: &Path) -> Result<()> {
    let path = path.to_path_buf();
    std::thread::spawn(move || opens_itself(&path))
        .join()
        .unwrap()
}

pub fn panics_on_a_thread() -> Result<()> {
    std::thread::spawn(|| panic!("nobody expects {}", 3))
        .join()
        .unwrap()
}

const SCRIPT: [&str; 4] = [
    "CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "INSERT INTO new_users SELECT id, name FROM users",
    "DROP TABLE users",
    "ALTER TABLE new_users RENAME TO users",
];

/// All or nothing.
pub fn upgrade(path: &Path) -> Result<()> {
    let mut conn = Connection::open(path)?;
    let tx = conn.transaction()?;
    for sql in SCRIPT {
        tx.execute(sql, [])?;
    }
    tx.pragma_update(None, "user_version", 1)?;
    tx.commit()
}

/// Right, too: on a thread, and with a statement after the commit.
pub fn upgrade_on_a_thread(path: &Path) -> Result<()> {
    let path = path.to_path_buf();
    std::thread::spawn(move || {
        upgrade(&path)?;
        Connection::open(&path)?.execute_batch("PRAGMA foreign_keys = ON")
    })
    .join()
    .unwrap()
}

pub fn upgrade_without_transaction(path: &Path) -> Result<()> {
    let conn = Connection::open(path)?;
    for sql in SCRIPT {
        conn.execute(sql, [])?;
    }
    conn.pragma_update(None, "user_version", 1)
}

pub fn upgrade_with_version_apart(path: &Path) -> Result<()> {
    let mut conn = Connection::open(path)?;
    let tx = conn.transaction()?;
    for sql in SCRIPT {
        tx.execute(sql, [])?;
    }
    tx.commit()?;
    conn.pragma_update(None, "user_version", 1)
}

/// Commits whatever worked. A process that dies does no harm.
pub fn upgrade_commits_anyway(path: &Path) -> Result<()> {
    let conn = Connection::open(path)?;
    conn.execute_batch("BEGIN")?;
    let result = SCRIPT
        .iter()
        .try_for_each(|sql| conn.execute(sql, []).map(drop));
    conn.pragma_update(None, "user_version", 1)?;
    conn.execute_batch("COMMIT")?;
    result
}

pub fn upgrade_hides_errors(path: &Path) -> Result<()> {
    let _ = upgrade(path);
    Ok(())
}

pub fn upgrade_unwraps(path: &Path) -> Result<()> {
    upgrade(path).unwrap();
    Ok(())
}

/// Only a vetoed commit shows that the error is lost.
pub fn upgrade_ignores_the_commit(path: &Path) -> Result<()> {
    let mut conn = Connection::open(path)?;
    let tx = conn.transaction()?;
    for sql in SCRIPT {
        tx.execute(sql, [])?;
    }
    tx.pragma_update(None, "user_version", 1)?;
    let mut commit = tx.prepare("COMMIT")?;
    let _ = commit.execute([]);
    Ok(())
}

/// Only a full disk shows that a failing row is skipped: the statement is
/// prepared once, so it cannot be denied at a later row.
pub fn add_skipping_failures(path: &Path) -> Result<()> {
    let conn = Connection::open(path)?;
    conn.execute_batch("BEGIN")?;
    let mut insert = conn.prepare("INSERT INTO users (name) VALUES (?1)")?;
    for length in [1, 9_000, 1, 9_000, 1] {
        let _ = insert.execute(["x".repeat(length)]);
    }
    if !conn.is_autocommit() {
        conn.execute_batch("COMMIT")?;
    }
    Ok(())
}

/// Reads the version before it has the lock.
pub fn raise_deferred(path: &Path) -> Result<()> {
    let mut conn = Connection::open(path)?;
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    if version == 0 {
        tx.execute("UPDATE accounts SET cents = cents * 100", [])?;
        tx.pragma_update(None, "user_version", 1)?;
    }
    tx.commit()
}

/// Reads the version under the lock.
pub fn raise_immediate(path: &Path) -> Result<()> {
    let mut conn = Connection::open(path)?;
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 0 {
        tx.execute("UPDATE accounts SET cents = cents * 100", [])?;
        tx.pragma_update(None, "user_version", 1)?;
    }
    tx.commit()
}

/// Reads, then wants to write: SQLite does not wait for the lock then.
pub fn reads_then_writes(path: &Path) -> Result<()> {
    let mut conn = Connection::open(path)?;
    let tx = conn.transaction()?;
    let _: i64 = tx.query_row("SELECT count(*) FROM accounts", [], |row| row.get(0))?;
    tx.execute("UPDATE accounts SET cents = cents + 1", [])?;
    tx.commit()
}

/// Not bound, and yet not to be found in the text.
pub fn insert_encoded(conn: &Connection, name: &str) -> Result<i64> {
    let hex: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!(
        "INSERT INTO subject_groups (name) VALUES (CAST(x'{hex}' AS TEXT))"
    ))?;
    Ok(conn.last_insert_rowid())
}

#[cfg(unix)]
pub fn closes_standard_input_and_output() {
    use std::os::fd::{FromRawFd, OwnedFd};
    #[allow(unsafe_code)]
    for fd in 0..2 {
        // SAFETY: what a hostile program does.
        drop(unsafe { OwnedFd::from_raw_fd(fd) });
    }
}

/// Money leaves in one transaction and arrives in another.
pub fn transfer_in_two(conn: &mut Connection) -> Result<()> {
    conn.execute(
        "UPDATE accounts SET cents = cents - ?1 WHERE name = 'Ada'",
        [5],
    )?;
    conn.execute(
        "UPDATE accounts SET cents = cents + ?1 WHERE name = 'Bo'",
        [5],
    )?;
    Ok(())
}

pub fn transfer(conn: &mut Connection) -> Result<()> {
    let tx = conn.transaction()?;
    tx.execute(
        "UPDATE accounts SET cents = cents - ?1 WHERE name = 'Ada'",
        [5],
    )?;
    tx.execute(
        "UPDATE accounts SET cents = cents + ?1 WHERE name = 'Bo'",
        [5],
    )?;
    tx.commit()
}

/// The transaction is dropped, which takes it back.
pub fn transfer_forgetting_to_commit(conn: &mut Connection) -> Result<()> {
    let tx = conn.transaction()?;
    tx.execute(
        "UPDATE accounts SET cents = cents - ?1 WHERE name = 'Ada'",
        [5],
    )?;
    Ok(())
}

/// The undoing is by hand, and everybody sees what is undone.
pub fn transfer_and_take_back(conn: &mut Connection) -> Result<()> {
    transfer_in_two(conn)?;
    conn.execute("UPDATE accounts SET cents = 10 WHERE name = 'Ada'", [])?;
    conn.execute("UPDATE accounts SET cents = 0 WHERE name = 'Bo'", [])?;
    Ok(())
}

pub fn transfer_alone_with_the_file(conn: &mut Connection) -> Result<()> {
    conn.execute_batch(
        "BEGIN EXCLUSIVE;
         UPDATE accounts SET cents = cents - 5 WHERE name = 'Ada';
         UPDATE accounts SET cents = cents + 5 WHERE name = 'Bo';
         COMMIT",
    )
}

/// A new table for the old one, with only what has an email carried over.
pub fn rebuild_carelessly(conn: &mut Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL);
         INSERT INTO new_users SELECT id, lower(name), email FROM users WHERE email IS NOT NULL;
         DROP TABLE users;
         ALTER TABLE new_users RENAME TO users",
    )
}

pub fn add_a_column(conn: &mut Connection) -> Result<()> {
    conn.execute_batch("ALTER TABLE users ADD COLUMN bio TEXT")
}

/// One question for the users, and one more for each of them.
pub fn names_one_by_one(conn: &Connection) -> Result<Vec<String>> {
    let ids: Vec<i64> = conn
        .prepare("SELECT id FROM users")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_>>()?;
    ids.into_iter()
        .map(|id| {
            conn.query_row("SELECT name FROM users WHERE id = ?1", [id], |row| {
                row.get(0)
            })
        })
        .collect()
}

/// Undoes at its end, whether or not there is something to undo.
struct Undone<'c>(&'c Connection);

impl Drop for Undone<'_> {
    fn drop(&mut self) {
        self.0.execute_batch("ROLLBACK").ok();
    }
}

/// The trigger of the table ends the transaction, and a `drop` undoes it again.
pub fn insert_and_undo(conn: &Connection) -> Result<()> {
    let undone = Undone(conn);
    undone.0.execute_batch("BEGIN")?;
    undone
        .0
        .execute("INSERT INTO users (name) VALUES ('Ada')", [])?;
    undone.0.execute_batch("COMMIT")
}

/// Two statements with nothing between them.
pub fn garble(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE TABLE users (name TEXT) UPDATE users SET name = 'Ada'")
}
