//! What becomes of values on their way into columns and back.

use column_types::{UtcTime, create_table};
use jiff::Timestamp;
use witness::prelude::*;

/// Digits that are no number stay as they are.
#[test]
fn digits_stay_text() {
    const WHY: &str =
        "A type in which SQLite reads no word for text lets it make a number of digits.";
    check(|w| {
        let chip = format!("00{}1234567890", w.number(100..=999));
        created(w)?
            .accepts(&visits(&[
                &format!("'{chip}', 4200, '0042', 1"),
                &format!("'{chip}', 4200, '1e3', 1"),
                &format!("'{chip}', 4200, NULL, 1"),
            ]))?
            .leaves(
                "SELECT chip, notes FROM visits",
                rows![[&chip, "0042"], [&chip, "1e3"], [&chip, NULL]],
            )
            .saying("digits are not stored as they were typed")
            .because(WHY)
    });
}

/// What is counted is stored as a number.
#[test]
fn numbers_are_numbers() {
    check(|w| {
        let light = w.number(300..=999);
        created(w)?
            .accepts(&visits(&[
                "'007123456789012', '10000', 'sent as text', FALSE",
                &format!("'007123456789012', '{light}', 'sent as text', TRUE"),
            ]))
            .because("Digits may arrive as text, and TRUE and FALSE are the numbers 1 and 0.")?
            .leaves_in_order(
                "SELECT grams, paid FROM visits ORDER BY grams",
                rows![[light, 1], [10000, 0]],
            )
            .saying("grams are not stored as whole numbers, or paid not as 0 and 1")
            .because(format!(
                "Texts sort by their first letters, so '10000' comes before '{light}'."
            ))?;
        for paid in ["'false'", "2"] {
            created(w)?
                .refuses(
                    Violation::Any,
                    &visits(&[&format!("'007123456789012', 4200, NULL, {paid}")]),
                )
                .saying(format!("{paid} is stored in `paid`"))
                .because("BOOLEAN is only a word to SQLite. A CHECK lists what may be stored.")?;
        }
        Ok(())
    });
}

/// Moments are texts of one form, which sort by time.
#[test]
fn moments_sort_as_text() {
    check(|w| {
        let (db, minute) = (w.database_with(MOMENTS)?, w.number(10..=59));
        let second = format!("2026-03-01 14:{minute}");
        db.prepare(&format!(
            "INSERT INTO moments VALUES (1, '{second}:06'), (5, '{second}:08')"
        ))?;
        for (number, fraction) in [(2, "000000"), (3, "050000"), (4, "500000")] {
            let time = moment(&format!("{second}:07.{fraction}"));
            db.run(|conn| conn.execute("INSERT INTO moments VALUES (?1, ?2)", (number, time)))?;
        }
        db.expect_rows_in_order(
            "SELECT number, seen_at FROM moments ORDER BY seen_at",
            rows![
                [1, format!("{second}:06")],
                [2, format!("{second}:07.000000")],
                [3, format!("{second}:07.050000")],
                [4, format!("{second}:07.500000")],
                [5, format!("{second}:08")]
            ],
        )
        .saying("moments are not stored in the form that was agreed upon")
        .because("SQLite compares texts letter by letter: only one form, as wide each time, sorts.")
    });
}

/// A moment comes back to the microsecond.
#[test]
fn a_moment_comes_back() {
    check(|w| {
        let micro = w.number(1..=9);
        for text in [
            &format!("2026-03-01 14:05:07.00000{micro}"),
            "2024-02-29 23:59:59.500000",
            "1969-07-20 20:17:40.000000",
            "9000-01-01 00:00:00.999999",
        ] {
            expect_read(w, text)
                .because("What was stored is what is read, in UTC and with its fraction.")?;
        }
        Ok(())
    });
}

/// Rows that SQLite dated can be read.
#[test]
fn current_timestamp_is_read() {
    check(|w| {
        let text: String = w
            .database()?
            .value("SELECT datetime(CURRENT_TIMESTAMP, '-2 days')")?;
        expect_read(w, &text)
            .because("A DEFAULT CURRENT_TIMESTAMP writes seconds, and no fraction.")
    });
}

/// What is no moment of that form is an error.
#[test]
fn anything_else_is_an_error() {
    check(|w| {
        let db = w.database_with(MOMENTS)?;
        let hours = w.number(1..=9);
        for (value, why) in [
            (
                "'yesterday'",
                "A moment that nobody stored is worse than an error.",
            ),
            ("'2026-02-30 14:05:00'", "February has no 30th."),
            (
                &format!("'2026-03-01 14:05:00+0{hours}:00'"),
                "Whoever leaves the offset out is hours off, and nobody notices.",
            ),
            ("20260301", "A number says nothing of how it is to be read."),
            (
                "NULL",
                "NULL is for an Option: here there must be a moment.",
            ),
        ] {
            let sql = format!("SELECT {value}");
            let found = db.with(|conn| conn.query_one(&sql, [], |row| row.get::<_, UtcTime>(0)))?;
            if let Ok(time) = found {
                return Err(Failure::new(format!("{value} is read as a moment"))
                    .expected("an error")
                    .observed(format!("{time:?}"))
                    .because(why));
            }
        }
        Ok(())
    });
}

const MOMENTS: &str = "CREATE TABLE moments (number INTEGER, seen_at DATETIME)";

fn created(w: &Witness) -> Outcome<Database> {
    let db = w.database()?;
    db.run(create_table).hint("sql_is_refused")?;
    Ok(db)
}

/// An INSERT of visits with this chip, weight, note and payment each.
fn visits(values: &[&str]) -> String {
    let rows: Vec<String> = values
        .iter()
        .map(|values| format!("({values}, '2026-03-01 14:05:00.000000')"))
        .collect();
    format!(
        "INSERT INTO visits (chip, grams, notes, paid, seen_at) VALUES {}",
        rows.join(", ")
    )
}

/// Whether the learner's code makes of a stored text what it stands for.
fn expect_read(w: &Witness, text: &str) -> Outcome {
    let db = w.database_with(MOMENTS)?;
    db.prepare(&format!("INSERT INTO moments VALUES (1, '{text}')"))?;
    let sql = "SELECT seen_at FROM moments";
    match db.with(|conn| conn.query_one(sql, [], |row| row.get::<_, UtcTime>(0)))? {
        Ok(found) => expect_equal(&format!("the moment {text}"), found, moment(text)),
        Err(error) => Err(Failure::new(format!("the moment {text} cannot be read"))
            .expected(format!("{:?}", moment(text)))
            .observed(error.to_string())),
    }
}

/// The moment of a text in UTC, read by another way than strptime.
fn moment(text: &str) -> UtcTime {
    UtcTime(format!("{text}Z").parse().unwrap_or(Timestamp::UNIX_EPOCH))
}
