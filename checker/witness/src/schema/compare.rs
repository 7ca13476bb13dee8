//! The differences between two schemas, one line each.

use super::model::{Affinity, Column, Generated, Schema, Table};
use super::{Options, default, text};

pub(crate) fn differences(expected: &Schema, found: &Schema, options: Options) -> Vec<String> {
    let mut lines = Lines::default();
    lines.keys("table", &expected.tables, &found.tables, |table| {
        &table.name
    });
    lines.keys("view", &expected.views, &found.views, |name| name);
    let names = |schema: &Schema| -> std::collections::BTreeMap<String, String> {
        schema
            .triggers
            .keys()
            .map(|name| (name.clone(), name.clone()))
            .collect()
    };
    let (wanted, there) = (names(expected), names(found));
    lines.keys("trigger", &wanted, &there, |name| name);
    for (key, wanted) in &expected.tables {
        if let Some(there) = found.tables.get(key) {
            tables(&mut lines, wanted, there, options);
        }
    }
    lines.0
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn missing(&mut self, what: impl std::fmt::Display) {
        self.0.push(format!("missing: {what}"));
    }

    fn extra(&mut self, what: impl std::fmt::Display) {
        self.0.push(format!("extra: {what}"));
    }

    fn different(&mut self, what: impl std::fmt::Display) {
        self.0.push(format!("different: {what}"));
    }

    /// A property that one side has.
    fn flag(&mut self, expected: bool, found: bool, what: impl std::fmt::Display) {
        match (expected, found) {
            (true, false) => self.missing(what),
            (false, true) => self.extra(what),
            _ => {}
        }
    }

    fn keys<T>(
        &mut self,
        kind: &str,
        expected: &std::collections::BTreeMap<String, T>,
        found: &std::collections::BTreeMap<String, T>,
        name: impl Fn(&T) -> &str,
    ) {
        for (key, item) in expected {
            if !found.contains_key(key) {
                self.missing(format!("{kind} {}", name(item)));
            }
        }
        for (key, item) in found {
            if !expected.contains_key(key) {
                self.extra(format!("{kind} {}", name(item)));
            }
        }
    }
}

fn tables(lines: &mut Lines, expected: &Table, found: &Table, options: Options) {
    let name = &expected.name;
    lines.flag(expected.strict, found.strict, format!("STRICT on {name}"));
    lines.flag(
        expected.without_rowid,
        found.without_rowid,
        format!("WITHOUT ROWID on {name}"),
    );
    lines.flag(
        expected.is_virtual,
        found.is_virtual,
        format!("VIRTUAL on {name}"),
    );
    primary_key(lines, expected, found);
    lines.flag(
        expected.autoincrement,
        found.autoincrement,
        format!("AUTOINCREMENT on {name}"),
    );
    for column in &expected.columns {
        match found.column(&column.name) {
            None => lines.missing(format!("column {name}.{}", column.name)),
            Some(other) => columns(lines, (expected, column), (found, other)),
        }
    }
    for column in &found.columns {
        if expected.column(&column.name).is_none() {
            lines.extra(format!("column {name}.{}", column.name));
        }
    }
    let order = |table: &Table| -> Vec<String> {
        let names = table.columns.iter().map(|column| &column.name);
        names.map(|name| name.to_ascii_lowercase()).collect()
    };
    if options.column_order && order(expected) != order(found) {
        lines.different(format!(
            "the columns of {name} stand in the order {}, expected {}",
            order(found).join(", "),
            order(expected).join(", ")
        ));
    }
    uniques(lines, expected, found);
    indexes(lines, expected, found, options);
    for key in expected.foreign_keys.difference(&found.foreign_keys) {
        lines.missing(format!("{} on {name}", text::foreign_key(key)));
    }
    for key in found.foreign_keys.difference(&expected.foreign_keys) {
        lines.extra(format!("{} on {name}", text::foreign_key(key)));
    }
}

fn primary_key(lines: &mut Lines, expected: &Table, found: &Table) {
    let lower = |table: &Table| -> Vec<String> {
        let key = table.primary_key.iter();
        key.map(|name| name.to_ascii_lowercase()).collect()
    };
    let shown = |table: &Table| {
        let key = table.primary_key.join(", ");
        match table.is_rowid {
            true => format!("INTEGER PRIMARY KEY on {}.{key}", table.name),
            false => format!("PRIMARY KEY ({key}) on {}", table.name),
        }
    };
    if lower(expected) != lower(found) {
        if !expected.primary_key.is_empty() {
            lines.missing(shown(expected));
        }
        if !found.primary_key.is_empty() {
            lines.extra(shown(found));
        }
    } else if expected.is_rowid && !found.is_rowid {
        let key = &expected.primary_key.join(", ");
        let declared = found.column(key).map_or("", |column| &column.declared);
        lines.missing(format!(
            "{}, exactly (found {} PRIMARY KEY)",
            shown(expected),
            declared.trim()
        ));
    } else if !expected.is_rowid && found.is_rowid {
        lines.different(format!(
            "{}.{} is the rowid, which assigns itself",
            found.name,
            found.primary_key.join(", ")
        ));
    }
}

fn columns(
    lines: &mut Lines,
    (table, expected): (&Table, &Column),
    (found_table, found): (&Table, &Column),
) {
    let name = format!("{}.{}", table.name, expected.name);
    let any = |column: &Column| column.declared.eq_ignore_ascii_case("any");
    let is_key = table.is_rowid && table.primary_key.contains(&expected.name);
    if (expected.affinity(), any(expected)) != (found.affinity(), any(found)) && !is_key {
        lines.different(format!(
            "{name} is {}, expected {}",
            kind(found),
            kind(expected)
        ));
    }
    // The rowid is never NULL: that it is missing has been said already.
    if !is_key || found_table.is_rowid {
        lines.flag(
            expected.not_null,
            found.not_null,
            format!("NOT NULL on {name}"),
        );
    }
    if expected.generated != found.generated {
        let shown = |generated| match generated {
            Generated::No => "an ordinary column",
            Generated::Virtual => "generated, VIRTUAL",
            Generated::Stored => "generated, STORED",
        };
        lines.different(format!(
            "{name} is {}, expected {}",
            shown(found.generated),
            shown(expected.generated)
        ));
    }
    match (&expected.default, &found.default) {
        (Some(wanted), None) => lines.missing(format!("DEFAULT {wanted} on {name}")),
        (None, Some(there)) => lines.extra(format!("DEFAULT {there} on {name}")),
        (Some(wanted), Some(there)) if !default::is_same(wanted, there, &expected.declared) => {
            lines.different(format!("{name} has DEFAULT {there}, expected {wanted}"));
        }
        _ => {}
    }
}

fn kind(column: &Column) -> String {
    let family = match column.affinity() {
        Affinity::Integer => "INTEGER",
        Affinity::Text => "TEXT",
        Affinity::Blob => "BLOB",
        Affinity::Real => "REAL",
        Affinity::Numeric => "NUMERIC",
    };
    let declared = &column.declared;
    if declared.is_empty() {
        "of no type".to_owned()
    } else if declared.eq_ignore_ascii_case(family) {
        declared.clone()
    } else {
        format!("{declared} (which SQLite treats as {family})")
    }
}

fn uniques(lines: &mut Lines, expected: &Table, found: &Table) {
    let (wanted, there) = (expected.uniques(), found.uniques());
    for columns in wanted.difference(&there) {
        lines.missing(text::unique(&expected.name, columns));
    }
    for columns in there.difference(&wanted) {
        lines.extra(text::unique(&expected.name, columns));
    }
}

fn indexes(lines: &mut Lines, expected: &Table, found: &Table, options: Options) {
    let same = |one: &super::model::Index, other: &super::model::Index| {
        one.parts == other.parts && one.unique == other.unique && one.partial == other.partial
    };
    let side = |lines: &mut Lines, from: &Table, to: &Table, line: fn(&mut Lines, String)| {
        for index in from.indexes.iter().filter(|index| !index.is_unique_rule()) {
            let serves = !index.unique && !index.partial && to.has_path(&index.parts);
            let is_there = to.indexes.iter().any(|other| same(index, other));
            if !serves && !is_there {
                line(lines, text::index(&expected.name, index));
            }
        }
    };
    side(lines, expected, found, |lines, what| lines.missing(what));
    if !options.more_indexes {
        side(lines, found, expected, |lines, what| lines.extra(what));
    }
    if options.index_names {
        let has = |table: &Table, name: &str| {
            let mut named = table.indexes.iter().filter(|index| index.is_named);
            named.any(|index| index.name.eq_ignore_ascii_case(name))
        };
        for index in expected.indexes.iter().filter(|index| index.is_named) {
            if !has(found, &index.name) {
                lines.missing(format!("an index named {}", index.name));
            }
        }
        for index in found.indexes.iter().filter(|index| index.is_named) {
            if !has(expected, &index.name) && !options.more_indexes {
                lines.extra(format!("an index named {}", index.name));
            }
        }
    }
}
