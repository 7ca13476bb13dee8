//! Schemas that SQLite has read, drawn.

use diagram::{Schema, svg, words};
use rusqlite::Connection;

fn schema(sql: &str) -> Schema {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(sql).unwrap();
    Schema::read(&conn).unwrap()
}

const BLOG: &str = "
    CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE, email TEXT);
    CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT NOT NULL,
        user_id INTEGER NOT NULL REFERENCES users (id));
    CREATE TABLE profiles (user_id INTEGER NOT NULL UNIQUE REFERENCES users (id), bio TEXT);
    CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts,
        user_id INTEGER REFERENCES users, answers INTEGER REFERENCES comments (id));
    CREATE TABLE follows (follower INTEGER REFERENCES users, followed INTEGER REFERENCES users,
        PRIMARY KEY (follower, followed));";

#[test]
fn words_say_what_the_drawing_shows() {
    insta::assert_snapshot!(words(&schema(BLOG)).join("\n"));
}

#[test]
fn a_schema_without_tables_and_one_with_a_missing_table() {
    assert_eq!(words(&schema("")), ["There are no tables."]);
    let missing = schema("CREATE TABLE a (b REFERENCES \"gone <1>\" (c))");
    assert_eq!(
        words(&missing)[1],
        "a.b refers to gone <1>, which is not there."
    );
    let drawn = svg(&missing, "A & B", "x");
    assert!(
        drawn.contains("gone &lt;1&gt;") && drawn.contains("is not there"),
        "{drawn}"
    );
    assert!(
        drawn.contains("<title id=\"x-title\">A &amp; B</title>"),
        "{drawn}"
    );
}

/// The numbers of an attribute, in the order of the drawing.
fn numbers(svg: &str, class: &str) -> Vec<[i32; 4]> {
    svg.split(&format!("<rect class=\"{class}\""))
        .skip(1)
        .map(|rest| {
            let tag = rest.split('>').next().unwrap();
            ["x", "y", "width", "height"].map(|name| {
                let rest = tag.split(&format!(" {name}=\"")).nth(1).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            })
        })
        .collect()
}

fn polylines(svg: &str) -> Vec<Vec<(i32, i32)>> {
    svg.split("points=\"")
        .skip(1)
        .map(|rest| {
            rest.split('"')
                .next()
                .unwrap()
                .split(' ')
                .map(|point| {
                    let (x, y) = point.split_once(',').unwrap();
                    (x.parse().unwrap(), y.parse().unwrap())
                })
                .collect()
        })
        .collect()
}

const TEN: &str = "
    CREATE TABLE a (id INTEGER PRIMARY KEY, next INTEGER REFERENCES a);
    CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a, a2 INTEGER REFERENCES a);
    CREATE TABLE c (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b, a INTEGER NOT NULL REFERENCES a);
    CREATE TABLE d (id INTEGER PRIMARY KEY, e INTEGER REFERENCES e, c REFERENCES c, a REFERENCES a);
    CREATE TABLE e (id INTEGER PRIMARY KEY, d INTEGER REFERENCES d);
    CREATE TABLE f (x, y, PRIMARY KEY (x, y));
    CREATE TABLE g (x, y, FOREIGN KEY (x, y) REFERENCES f (x, y));
    CREATE TABLE h (id INTEGER PRIMARY KEY REFERENCES a);
    CREATE TABLE \"a long and odd name, with <b> & \"\"quotes\"\"\" (\"select\" INTEGER REFERENCES h, gone REFERENCES nowhere);
    CREATE TABLE j (id INTEGER PRIMARY KEY, h INTEGER REFERENCES h, b REFERENCES b);";

#[test]
fn boxes_do_not_overlap_and_lines_keep_out_of_them() {
    for sql in [BLOG, TEN] {
        let schema = schema(sql);
        let drawn = svg(&schema, "t", "x");
        let mut boxes = numbers(&drawn, "box");
        boxes.extend(numbers(&drawn, "box missing"));
        for (index, [x, y, width, height]) in boxes.iter().enumerate() {
            for [x2, y2, width2, height2] in boxes.iter().skip(index + 1) {
                let apart = x + width <= *x2
                    || x2 + width2 <= *x
                    || y + height <= *y2
                    || y2 + height2 <= *y;
                assert!(apart, "boxes overlap in {sql}");
            }
        }
        let lines = polylines(&drawn);
        let keys: usize = schema
            .tables
            .iter()
            .map(|table| table.foreign_keys.len())
            .sum();
        assert_eq!(lines.len(), keys);
        for pair in lines.iter().flat_map(|line| line.windows(2)) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            for [x, y, width, height] in &boxes {
                let crosses = x1.max(x2) > *x
                    && x1.min(x2) < x + width
                    && y1.max(y2) > *y
                    && y1.min(y2) < y + height;
                assert!(!crosses, "a line crosses a box in {sql}: {pair:?}");
            }
        }
    }
}

#[test]
fn every_column_is_drawn_and_nothing_breaks_the_page() {
    let schema = schema(TEN);
    let drawn = svg(&schema, "t", "x");
    for column in schema.tables.iter().flat_map(|table| &table.columns) {
        assert!(
            drawn.contains(&format!(">{}</text>", column.name)),
            "{}",
            column.name
        );
    }
    assert!(!drawn.contains("\n\n") && !drawn.contains("<b>"), "{drawn}");
    assert_eq!(drawn.matches("<g>").count(), drawn.matches("</g>").count());
    assert!(drawn.contains("a long and odd name, with &lt;…"), "{drawn}");
}

#[test]
fn both_ends_of_a_line_say_how_many() {
    let one_to_many = svg(
        &schema(
            "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER NOT NULL REFERENCES a)",
        ),
        "t",
        "x",
    );
    assert_eq!(
        one_to_many.matches("<path class=\"end\"").count(),
        1,
        "a crow's foot"
    );
    assert_eq!(
        one_to_many.matches("<line class=\"end\"").count(),
        2,
        "exactly one"
    );
    assert_eq!(one_to_many.matches("class=\"ring\"").count(), 1);
    let optional_one_to_one = svg(
        &schema(
            "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER UNIQUE REFERENCES a)",
        ),
        "t",
        "x",
    );
    assert_eq!(
        optional_one_to_one.matches("<path class=\"end\"").count(),
        0
    );
    assert_eq!(optional_one_to_one.matches("class=\"ring\"").count(), 2);
}
