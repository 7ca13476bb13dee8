//! Moments: how they are written, sorted and read.

use jiff::{Timestamp, ToSpan};
use mini_orm::{Error, UtcTime};
use rusqlite::types::Value;

mod support;
use support::memory;

fn at(text: &str) -> UtcTime {
    text.parse().unwrap()
}

fn read(sql: &str) -> rusqlite::Result<UtcTime> {
    memory().query_one(&format!("SELECT {sql}"), [], |row| row.get(0))
}

#[test]
fn there_is_one_form() {
    for (given, written) in [
        ("2026-03-01 14:05:00", "2026-03-01 14:05:00.000000"),
        ("2026-03-01 14:05:00.5", "2026-03-01 14:05:00.500000"),
        (
            "2026-03-01 14:05:00.050000999",
            "2026-03-01 14:05:00.050000",
        ),
        ("2026-03-01T14:05:00Z", "2026-03-01 14:05:00.000000"),
        ("2026-03-01T01:05:00+05:30", "2026-02-28 19:35:00.000000"),
        ("1969-12-31T23:59:59.9999999Z", "1969-12-31 23:59:59.999999"),
        ("0001-01-01 00:00:00", "0001-01-01 00:00:00.000000"),
        ("9999-12-30 22:00:00", "9999-12-30 22:00:00.000000"),
    ] {
        assert_eq!(at(given).to_string(), written, "{given}");
        assert_eq!(Value::from(at(given)), Value::Text(written.to_owned()));
        let stored: String = memory()
            .query_one("SELECT ?1", [at(given)], |row| row.get(0))
            .unwrap();
        assert_eq!(stored, written);
    }
}

#[test]
fn the_order_of_texts_is_the_order_of_moments() {
    let mut moments: Vec<UtcTime> = ["0000-02-01", "1969-12-31", "2026-03-01", "9999-12-29"]
        .iter()
        .flat_map(|day| ["", ".05", ".5", ".000001", ".999999"].map(|f| (day, f)))
        .map(|(day, fraction)| at(&format!("{day} 09:59:59{fraction}")))
        .collect();
    moments.reverse();
    let mut texts: Vec<String> = moments.iter().map(UtcTime::to_string).collect();
    moments.sort();
    texts.sort();
    assert_eq!(
        texts,
        moments.iter().map(UtcTime::to_string).collect::<Vec<_>>()
    );
}

#[test]
fn what_was_stored_comes_back() {
    let start = Timestamp::from_second(-60_000_000_000).unwrap();
    for step in 0..2000_i64 {
        let moment = start + (step * 150_000_007).seconds() + (step * 1_000_003).microseconds();
        let time = UtcTime::new(moment).unwrap();
        let back: UtcTime = memory()
            .query_one("SELECT ?1", [time], |row| row.get(0))
            .unwrap();
        assert_eq!(back.timestamp(), moment);
    }
    let now = UtcTime::now();
    assert_eq!(at(&now.to_string()), now);
}

#[test]
fn what_sqlite_writes_is_read() {
    let now = read("CURRENT_TIMESTAMP").unwrap();
    assert!(
        UtcTime::now()
            .timestamp()
            .duration_since(now.timestamp())
            .as_secs()
            < 60
    );
    let text = read("strftime('%Y-%m-%d %H:%M:%f', '2026-03-01 14:05:00.25')").unwrap();
    assert_eq!(text, at("2026-03-01 14:05:00.25"));
}

#[test]
fn sqlite_reads_what_was_written() {
    let time = at("2026-03-01T14:05:00+02:00");
    let seconds: i64 = memory()
        .query_one("SELECT unixepoch(?1)", [time], |row| row.get(0))
        .unwrap();
    assert_eq!(seconds, time.timestamp().as_second());
}

#[test]
fn what_would_sort_anywhere_is_not_read() {
    for sql in [
        "'2026-03-01T14:05:00'",
        "'2026-03-01T14:05:00Z'",
        "'2026-03-01 14:05:00Z'",
        "'2026-03-01 14:05:00+05:00'",
        "'2026-03-01 14:05'",
        "'2026-03-01'",
        "'2026-3-1 14:05:00'",
        "'2026-03-01  14:05:00'",
        "' 2026-03-01 14:05:00'",
        "'2026-03-01 14:05:00 '",
        "'2026-03-01 14:05:60'",
        "'2026-02-29 14:05:00'",
        "'2026-03-01 24:00:00'",
        "'-026-03-01 14:05:00'",
        "'+2026-03-01 14:05:00'",
        "'12026-03-01 14:05:00'",
        "'yesterday'",
        "''",
        "NULL",
        "1772373900",
        "2461101.08",
        "x'00'",
    ] {
        assert!(read(sql).is_err(), "{sql}: {:?}", read(sql));
    }
    let error = "tomorrow".parse::<UtcTime>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "\"tomorrow\" is no moment of the years 0 to 9999; write it as 2026-03-01 14:05:00, in UTC"
    );
}

#[test]
fn a_year_before_0_has_no_form() {
    assert!(matches!(
        UtcTime::new(Timestamp::MIN),
        Err(Error::Time { .. })
    ));
    assert!(UtcTime::new(Timestamp::MAX).is_ok());
    assert!("-000001-01-01T00:00:00Z".parse::<UtcTime>().is_err());
}
