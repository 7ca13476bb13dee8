//! The picture of schemas that are drawn, and of many that are made up.

use std::sync::OnceLock;

use rusqlite::Connection;

use crate::drawing::{Drawing, Frame, Line};
use crate::place::{count, row_middle};
use crate::schema::Schema;
use crate::text::{NAME, escape, wide};
use crate::{svg, words};

pub(crate) const CASES: [(&str, &str); 7] = [
    (
        "posts",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
         CREATE TABLE posts (
             id INTEGER PRIMARY KEY,
             title TEXT NOT NULL,
             user_id INTEGER NOT NULL REFERENCES users (id)
         );",
    ),
    (
        "school",
        "CREATE TABLE subject_groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
         CREATE TABLE subjects (
             id INTEGER PRIMARY KEY,
             name TEXT NOT NULL,
             subject_group_id INTEGER REFERENCES subject_groups
         );
         CREATE TABLE teachers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE);
         CREATE TABLE subject_teachers (
             subject_id INTEGER NOT NULL REFERENCES subjects,
             teacher_id INTEGER NOT NULL REFERENCES teachers,
             PRIMARY KEY (subject_id, teacher_id)
         ) WITHOUT ROWID;",
    ),
    (
        "followers",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE followers (
             follower_id INTEGER NOT NULL REFERENCES users (id),
             followed_id INTEGER NOT NULL REFERENCES users (id),
             PRIMARY KEY (follower_id, followed_id)
         );",
    ),
    (
        "tree",
        "CREATE TABLE nodes (
             id INTEGER PRIMARY KEY,
             label TEXT NOT NULL,
             parent_id INTEGER REFERENCES nodes (id)
         );",
    ),
    (
        "ten",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE);
         CREATE TABLE profiles (user_id INTEGER PRIMARY KEY REFERENCES users, bio TEXT);
         CREATE TABLE posts (
             id INTEGER PRIMARY KEY, title TEXT NOT NULL,
             author_id INTEGER NOT NULL REFERENCES users,
             editor_id INTEGER REFERENCES users
         );
         CREATE TABLE comments (
             id INTEGER PRIMARY KEY, body TEXT NOT NULL,
             post_id INTEGER NOT NULL REFERENCES posts,
             user_id INTEGER REFERENCES users,
             reply_to_id INTEGER REFERENCES comments
         );
         CREATE TABLE tags (name TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
         CREATE TABLE post_tags (
             post_id INTEGER NOT NULL REFERENCES posts,
             tag TEXT NOT NULL REFERENCES tags,
             PRIMARY KEY (post_id, tag)
         );
         CREATE TABLE likes (
             user_id INTEGER NOT NULL REFERENCES users,
             comment_id INTEGER NOT NULL REFERENCES comments,
             UNIQUE (user_id, comment_id)
         );
         CREATE TABLE followers (
             follower_id INTEGER NOT NULL REFERENCES users,
             followed_id INTEGER NOT NULL REFERENCES users,
             PRIMARY KEY (follower_id, followed_id)
         );
         CREATE TABLE messages (
             id INTEGER PRIMARY KEY,
             sender_id INTEGER NOT NULL REFERENCES users,
             recipient_id INTEGER NOT NULL REFERENCES users,
             post_id INTEGER REFERENCES posts
         );
         CREATE TABLE settings (key TEXT PRIMARY KEY, value);",
    ),
    (
        "odd",
        "CREATE TABLE \"odd <name> & \"\"more\"\" {{#x}}\" (
             \"a\u{202e}b\nc\" INTEGER PRIMARY KEY,
             \"a_column_with_a_name_that_goes_on_and_on_and_on\" \"A TYPE THAT GOES ON AND ON\" NOT NULL,
             x UNIQUE,
             gone_id INTEGER REFERENCES gone (id),
             nope REFERENCES \"Odd <name> & \"\"more\"\" {{#x}}\" (nowhere)
         );
         CREATE TABLE 科目 (名前 TEXT, 先生 REFERENCES gone);",
    ),
    (
        "keys",
        "CREATE TABLE rooms (building TEXT NOT NULL, number INTEGER NOT NULL, seats INTEGER,
             PRIMARY KEY (building, number));
         CREATE TABLE lessons (
             id INT PRIMARY KEY,
             building TEXT NOT NULL,
             starts TEXT NOT NULL,
             number INTEGER NOT NULL,
             next_id INTEGER UNIQUE REFERENCES lessons (id),
             leader_id INTEGER REFERENCES clubs,
             UNIQUE (building, number, starts),
             FOREIGN KEY (building, number) REFERENCES rooms (building, number)
         );
         CREATE TABLE clubs (
             id INTEGER PRIMARY KEY,
             lesson_id INTEGER NOT NULL UNIQUE REFERENCES lessons
         );",
    ),
];

pub(crate) fn read(sql: &str) -> Schema {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(sql).unwrap();
    Schema::read(&conn).unwrap()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A schema of up to ten tables, with any foreign keys.
fn made_up(seed: u64) -> String {
    let mut dice = Dice(seed);
    let tables = 1 + dice.roll(10);
    let mut sql = String::new();
    for table in 0..tables {
        let plain = dice.roll(5);
        let keys = dice.roll(4);
        let mut parts: Vec<String> = (0..=plain)
            .map(|column| match (column, dice.roll(4)) {
                (0, 0) => "id TEXT PRIMARY KEY".to_owned(),
                (0, _) => "id INTEGER PRIMARY KEY".to_owned(),
                (_, 0) => format!("c{column} UNIQUE"),
                (_, _) => format!("c{column}_{} TEXT NOT NULL", "x".repeat(dice.roll(30))),
            })
            .collect();
        let mut composite = Vec::new();
        for key in 0..keys {
            let parent = dice.roll(tables + 1);
            let rule = ["", " NOT NULL", " UNIQUE", " NOT NULL UNIQUE"][dice.roll(4)];
            if dice.roll(6) == 0 {
                parts.push(format!("k{key}a{rule}, k{key}b{rule}"));
                composite.push(format!(
                    "FOREIGN KEY (k{key}a, k{key}b) REFERENCES t{parent} (id, c1)"
                ));
            } else {
                parts.push(format!("k{key} INTEGER{rule} REFERENCES t{parent}"));
            }
        }
        parts.extend(composite);
        sql.push_str(&format!("CREATE TABLE t{table} ({});", parts.join(", ")));
    }
    sql
}

fn all_schemas() -> &'static [(String, Schema)] {
    static ALL: OnceLock<Vec<(String, Schema)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let given = CASES.map(|(name, sql)| (name.to_owned(), read(sql)));
        let made = (0..300).map(|seed| (format!("seed {seed}"), read(&made_up(seed))));
        given.into_iter().chain(made).collect()
    })
}

fn pieces(line: &Line) -> impl Iterator<Item = ((i32, i32), (i32, i32))> {
    line.points
        .iter()
        .copied()
        .zip(line.points.iter().copied().skip(1))
}

#[test]
fn boxes_never_overlap() {
    for (name, schema) in all_schemas() {
        let drawing = Drawing::of(schema);
        for (index, one) in drawing.frames.iter().enumerate() {
            assert!(one.x > 0 && one.x + one.width < drawing.width, "{name}");
            assert!(one.y > 0 && one.y + one.height < drawing.height, "{name}");
            for other in &drawing.frames[index + 1..] {
                let apart = one.x + one.width < other.x
                    || other.x + other.width < one.x
                    || one.y + one.height < other.y
                    || other.y + other.height < one.y;
                assert!(apart, "{name}: {} and {}", one.name.shown, other.name.shown);
            }
        }
    }
}

#[test]
fn every_column_is_shown_where_there_is_room_for_it() {
    for (name, schema) in all_schemas() {
        let drawing = Drawing::of(schema);
        let picture = svg(schema, "title", "id");
        for (table, frame) in schema.tables.iter().zip(&drawing.frames) {
            assert_eq!(table.columns.len(), frame.rows.len(), "{name}");
            for (column, row) in table.columns.iter().zip(&frame.rows) {
                assert_eq!(row.name.shown, crate::text::shown(&column.name, NAME));
                let shown = escape(&row.name.shown);
                assert!(picture.contains(&format!(">{shown}<")), "{name}: {shown}");
                let names = frame.name_at + 8 * count(wide(&row.name.shown));
                assert!(
                    names <= frame.type_at || row.kind.shown.is_empty(),
                    "{name}"
                );
                let types = frame.type_at + 73 * count(wide(&row.kind.shown)) / 10;
                assert!(types <= frame.width || row.kind.shown.is_empty(), "{name}");
                assert_eq!(column.not_null, row.kind.shown.ends_with("NOT NULL"));
            }
        }
    }
}

#[test]
fn every_foreign_key_has_a_line_from_its_column_to_its_parent() {
    for (name, schema) in all_schemas() {
        let drawing = Drawing::of(schema);
        let keys = schema
            .tables
            .iter()
            .enumerate()
            .flat_map(|(child, table)| table.foreign_keys.iter().map(move |key| (child, key)));
        let mut lines = drawing.lines.iter();
        for (child, key) in keys {
            let line = lines.next().unwrap();
            let [start, .., end] = line.points.as_slice() else {
                panic!("{name}: {key:?}");
            };
            let table = &schema.tables[child];
            let child = &drawing.frames[child];
            assert!(
                touches(child, *start),
                "{name}: {key:?} begins at {start:?}"
            );
            let parent = drawing
                .frames
                .iter()
                .find(|frame| frame.name.shown == crate::text::shown(&key.parent, NAME))
                .unwrap();
            assert!(touches(parent, *end), "{name}: {key:?} ends at {end:?}");
            if let [column] = key.columns.as_slice() {
                let middle = child.y + row_middle(table.place(column).unwrap());
                assert!(middle.abs_diff(start.1) < 16, "{name}: {key:?}");
            }
        }
        assert!(lines.next().is_none());
        let drawn = svg(schema, "", "").matches(r#"class="line""#).count();
        assert_eq!(drawn, drawing.lines.len());
    }
}

fn touches(frame: &Frame, (x, y): (i32, i32)) -> bool {
    (x == frame.x || x == frame.x + frame.width) && frame.y < y && y < frame.y + frame.height
}

#[test]
fn no_line_passes_through_a_box() {
    for (name, schema) in all_schemas() {
        let drawing = Drawing::of(schema);
        for line in &drawing.lines {
            for (from, to) in pieces(line) {
                assert!(from.0 == to.0 || from.1 == to.1, "{name}: oblique");
                for frame in &drawing.frames {
                    let beside = from.0.max(to.0) <= frame.x
                        || from.0.min(to.0) >= frame.x + frame.width
                        || from.1.max(to.1) <= frame.y
                        || from.1.min(to.1) >= frame.y + frame.height;
                    assert!(beside, "{name}: {from:?} to {to:?} crosses {frame:?}");
                }
            }
        }
    }
}

/// Lines that end at the same place may; others would look like one.
#[test]
fn lines_do_not_run_over_each_other() {
    let mut bad = 0;
    for (name, schema) in all_schemas() {
        let drawing = Drawing::of(schema);
        for (index, one) in drawing.lines.iter().enumerate() {
            for other in &drawing.lines[index + 1..] {
                if one.points.last() == other.points.last() {
                    continue;
                }
                let over = pieces(one).any(|a| pieces(other).any(|b| run_together(a, b)));
                if over {
                    println!("{name}: {:?} and {:?}", one.points, other.points);
                    bad += 1;
                }
            }
        }
    }
    assert_eq!(bad, 0);
}

fn run_together((a, b): ((i32, i32), (i32, i32)), (c, d): ((i32, i32), (i32, i32))) -> bool {
    let level = a.1 == b.1 && c.1 == d.1 && a.1.abs_diff(c.1) < 2;
    let upright = a.0 == b.0 && c.0 == d.0 && a.0.abs_diff(c.0) < 2;
    let overlap = |a: i32, b: i32, c: i32, d: i32| a.min(b).max(c.min(d)) < a.max(b).min(c.max(d));
    (level && overlap(a.0, b.0, c.0, d.0)) || (upright && overlap(a.1, b.1, c.1, d.1))
}

#[test]
fn the_picture_is_one_block_of_html() {
    for (name, schema) in all_schemas() {
        let picture = svg(schema, "A {{#title}} & \"more\"\n\n<b>", "a-b");
        assert_eq!(
            picture,
            svg(schema, "A {{#title}} & \"more\"\n\n<b>", "a-b")
        );
        assert!(
            picture.lines().all(|line| !line.trim().is_empty()),
            "{name}"
        );
        assert!(!picture.contains("/>") && !picture.contains("{{"), "{name}");
        let opened = picture.matches('<').count() - picture.matches("</").count();
        assert_eq!(opened, picture.matches("</").count(), "{name}");
        for (at, _) in picture.match_indices("id=\"") {
            assert!(picture[at..].starts_with("id=\"a-b-"), "{name}");
        }
    }
}

#[test]
fn pictures_and_words() {
    for (name, sql) in CASES {
        let schema = read(sql);
        insta::assert_snapshot!(format!("{name}_words"), words(&schema).join("\n"));
        insta::assert_snapshot!(format!("{name}_svg"), svg(&schema, name, name));
    }
    let empty = read("");
    assert!(words(&empty).is_empty());
    assert!(svg(&empty, "nothing", "none").contains("No tables."));
}

/// Far more than a picture is good for; it must only not take for ever.
#[test]
fn sixty_tables_are_drawn_too() {
    let mut dice = Dice(7);
    let tables: Vec<String> = (0..60)
        .map(|table| {
            let (one, other) = (dice.roll(60), dice.roll(60));
            format!("CREATE TABLE t{table} (a REFERENCES t{one}, b REFERENCES t{other})")
        })
        .collect();
    let drawing = Drawing::of(&read(&tables.join(";")));
    assert_eq!((drawing.frames.len(), drawing.lines.len()), (60, 120));
}
