//! Rows are compared with their types, as a bag unless their order is asked
//! for; probes tell why something is refused.

mod support;

use std::sync::{Arc, Mutex};

use witness::prelude::*;

/// How a check of this process ends, without failing this test.
fn outcome(body: impl FnOnce(&Witness) -> Outcome + Send + 'static) -> Outcome {
    let slot = Arc::new(Mutex::new(None));
    let inner = Arc::clone(&slot);
    check(move |w| {
        *inner.lock().unwrap() = Some(body(w));
        Ok(())
    });
    slot.lock().unwrap().take().unwrap()
}

fn found(sql: &'static str, expected: Rows) -> Outcome {
    outcome(move |w| w.database()?.expect_rows(sql, expected))
}

fn found_in_order(sql: &'static str, expected: Rows) -> Outcome {
    outcome(move |w| w.database()?.expect_rows_in_order(sql, expected))
}

#[track_caller]
fn diff(outcome: Outcome) -> String {
    outcome.unwrap_err().record().diff.clone().unwrap()
}

#[test]
fn a_bag_has_no_order() {
    found("VALUES (1, 'a'), (2, NULL)", rows![[2, NULL], [1, "a"]]).unwrap();
}

#[test]
fn a_bag_counts() {
    insta::assert_snapshot!(diff(found("VALUES (1), (1), (2)", rows![[1], [2], [2]])));
}

#[test]
fn order_matters_when_asked() {
    found_in_order("VALUES (1), (2)", rows![[1], [2]]).unwrap();
    let failure = found_in_order("VALUES (1), (2)", rows![[2], [1]]).unwrap_err();
    assert_eq!(failure.message(), "the rows are right, their order is not");
}

#[test]
fn types_differ_and_can_be_told() {
    for (sql, expected) in [
        ("SELECT 7", rows![["7"]]),
        ("SELECT 7", rows![[7.0]]),
        ("SELECT NULL", rows![["NULL"]]),
        ("SELECT x'61'", rows![["a"]]),
        ("SELECT ''", rows![[NULL]]),
    ] {
        let diff = diff(found(sql, expected));
        let lines: Vec<&str> = diff
            .lines()
            .filter(|line| line.starts_with(['+', '-']))
            .map(|line| line[2..].trim())
            .collect();
        assert_eq!(lines.len(), 2, "{diff}");
        assert_ne!(lines[0], lines[1], "{diff}");
    }
    insta::assert_snapshot!(diff(found("SELECT 1, 7", rows![[1, "7"]])));
}

#[test]
fn every_cell_that_a_check_writes_is_a_value() {
    let (text, number, none): (String, usize, Option<i64>) = ("a".into(), 3, None);
    found(
        "VALUES (1, 'a', 'a', 3, NULL, 1, 0.5, x'0102')",
        rows![[
            true,
            &text,
            text.as_str(),
            number,
            none,
            Some(1_u8),
            0.5,
            vec![1_u8, 2]
        ]],
    )
    .unwrap();
}

#[test]
fn many_rows_and_wide_rows_fit_a_screen() {
    let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
               SELECT i, hex(zeroblob(50)), hex(zeroblob(60)), 'é' FROM n";
    let diff = diff(found(sql, rows![]));
    assert!(diff.lines().count() < 30, "{diff}");
    assert!(
        diff.lines().all(|line| line.chars().count() <= 76),
        "{diff}"
    );
    assert!(diff.contains("… 80 more"), "{diff}");
}

fn refused(violation: Violation, sql: &'static str) -> Outcome {
    outcome(move |w| {
        let db = w.database_with(
            "CREATE TABLE teams (id INTEGER PRIMARY KEY);
             CREATE TABLE users (
                 name TEXT NOT NULL UNIQUE CHECK (length(name) < 5),
                 team_id INTEGER REFERENCES teams (id)
             );
             INSERT INTO users VALUES ('Ada', NULL)",
        )?;
        db.refuses(violation, sql)?;
        db.expect_rows("SELECT name FROM users", rows![["Ada"]])
    })
}

const REFUSED: [(Violation, &str); 4] = [
    (Violation::Unique, "INSERT INTO users VALUES ('Ada', NULL)"),
    (Violation::NotNull, "INSERT INTO users VALUES (NULL, NULL)"),
    (
        Violation::Check,
        "INSERT INTO users VALUES ('Bartholomew', NULL)",
    ),
    (Violation::ForeignKey, "INSERT INTO users VALUES ('Bo', 1)"),
];

#[test]
fn each_violation_is_told_from_the_others() {
    for (violation, sql) in REFUSED {
        refused(violation, sql).unwrap();
        refused(Violation::Any, sql).unwrap();
        for (other, _) in REFUSED.iter().filter(|(other, _)| *other != violation) {
            let failure = refused(*other, sql).unwrap_err();
            assert_eq!(
                failure.message(),
                "the database refuses it, but for another reason"
            );
        }
    }
    let failure = refused(Violation::Unique, REFUSED[2].1).unwrap_err();
    insta::assert_snapshot!(failure.record().expected.clone().unwrap());
    insta::assert_snapshot!(failure.record().observed.clone().unwrap());
}

#[test]
fn what_is_accepted_or_misspelt_is_not_refused() {
    let accepted = refused(Violation::Any, "INSERT INTO users VALUES ('Bo', NULL)");
    assert_eq!(
        accepted.unwrap_err().message(),
        "the database accepts what it should refuse"
    );
    refused(Violation::Any, "INSERT INTO nowhere VALUES (1)").unwrap_err();
}

#[test]
fn order_by_luck_is_lost_when_scans_are_reversed() {
    outcome(|w| {
        let db = w.database_with("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")?;
        let all = |conn: &rusqlite::Connection| -> rusqlite::Result<Vec<i64>> {
            let mut statement = conn.prepare("SELECT a FROM t")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        expect_equal("as usual", db.run(all)?, vec![1, 2])?;
        expect_equal("reversed", db.reversed().run(all)?, vec![2, 1])?;
        let plan = db.plan("SELECT a FROM t WHERE a = ?1")?;
        expect_equal("the plan", plan, vec!["SCAN t".to_owned()])
    })
    .unwrap();
}

#[test]
fn a_snapshot_sees_rows_schema_and_version() {
    for (change, is_change) in [
        ("UPDATE t SET a = 2", true),
        ("UPDATE t SET a = '1'", true),
        ("ALTER TABLE t ADD COLUMN b", true),
        ("CREATE INDEX ix ON t (a)", true),
        ("PRAGMA user_version = 1", true),
        ("UPDATE t SET a = 1", false),
        ("VACUUM", false),
        (
            "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO T",
            false,
        ),
    ] {
        let outcome = outcome(move |w| {
            let db = w.database_with("CREATE TABLE t (a); INSERT INTO t VALUES (1)")?;
            let before = db.snapshot()?;
            db.prepare(change)?;
            db.expect_unchanged(&before)
        });
        assert_eq!(outcome.is_err(), is_change, "{change}");
    }
}

#[test]
fn of_a_table_with_another_column_the_other_columns_are_compared() {
    for (change, is_shown) in [
        ("ALTER TABLE t ADD COLUMN b", false),
        ("ALTER TABLE t ADD COLUMN b; UPDATE t SET a = 2", true),
        ("ALTER TABLE t RENAME COLUMN a TO b", false),
    ] {
        let failure = outcome(move |w| {
            let db = w.database_with("CREATE TABLE t (a); INSERT INTO t VALUES (1)")?;
            let before = db.snapshot()?;
            db.prepare(change)?;
            db.expect_unchanged(&before)
        })
        .unwrap_err();
        let diff = failure.record().diff.clone().unwrap();
        assert!(diff.contains("extra: column t.b"), "{diff}");
        assert_eq!(diff.contains("rows of t"), is_shown, "{diff}");
    }
}

#[test]
fn returned_values_are_shown_as_a_table() {
    let found = rows![[1, "Ada"], [2, "Bo"]].named(&["id", "name"]);
    expect_same_rows(
        "what `all` returns",
        found.clone(),
        rows![[2, "Bo"], [1, "Ada"]],
    )
    .unwrap();
    let expected = rows![[1, "Ada"], [3, "Bo"]];
    let failure = expect_same_rows("what `all` returns", found, expected).unwrap_err();
    assert_eq!(failure.message(), "what `all` returns is not as expected");
    insta::assert_snapshot!(failure.record().diff.clone().unwrap());
}

#[test]
fn a_row_that_is_skipped_is_not_refused() {
    let observed = |schema: &'static str| {
        let failure = outcome(move |w| {
            w.database_with(schema)?
                .refuses(Violation::Any, "INSERT INTO pets VALUES (NULL)")
                .map(drop)
        });
        failure.unwrap_err().record().observed.clone().unwrap()
    };
    assert_eq!(observed("CREATE TABLE pets (id INT)"), "accepted");
    assert_eq!(
        observed("CREATE TABLE pets (id INT NOT NULL ON CONFLICT IGNORE)"),
        "skipped, without an error"
    );
}
