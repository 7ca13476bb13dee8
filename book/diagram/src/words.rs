//! The diagram in words: a sentence for each table and each relationship.

use crate::schema::{Column, ForeignKey, Many, Schema, Table};
use crate::text::visible;

/// What the diagram shows, as sentences: the tables, then the relationships.
#[must_use]
pub fn words(schema: &Schema) -> Vec<String> {
    let mut sentences: Vec<String> = schema.tables.iter().map(table).collect();
    sentences.extend(relationships(schema));
    for sentence in &mut sentences {
        *sentence = sentence.chars().map(visible).collect();
    }
    sentences
}

/// The sentences on relationships alone.
pub(crate) fn relationships(schema: &Schema) -> Vec<String> {
    let keys = schema
        .tables
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
    let mut sentences: Vec<String> = keys
        .map(|(table, key)| reference(schema, table, key))
        .collect();
    sentences.extend(
        schema
            .tables
            .iter()
            .filter_map(|table| many_to_many(schema, table)),
    );
    sentences
}

fn table(table: &Table) -> String {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| described(table, column))
        .collect();
    let mut sentence = match columns.as_slice() {
        [] => format!("{} has no columns", table.name),
        columns => format!("{} has {}", table.name, columns.join(", ")),
    };
    if table.primary_key.len() > 1 {
        sentence.push_str(&format!(
            "; its primary key is {}",
            list(&table.primary_key)
        ));
    }
    for unique in table
        .uniques
        .iter()
        .filter(|unique| unique.columns.len() > 1)
    {
        sentence.push_str(&format!("; {} are unique together", list(&unique.columns)));
    }
    sentence.push('.');
    sentence
}

fn described(table: &Table, column: &Column) -> String {
    let mut facts: Vec<&str> = Vec::new();
    if !column.declared.is_empty() {
        facts.push(&column.declared);
    }
    let is = |names: &[String]| matches!(names, [only] if only.eq_ignore_ascii_case(&column.name));
    if is(&table.primary_key) {
        facts.push("primary key");
    }
    if table.uniques.iter().any(|unique| is(&unique.columns)) {
        facts.push("unique");
    }
    if column.not_null {
        facts.push("NOT NULL");
    }
    match facts.as_slice() {
        [] => column.name.clone(),
        facts => format!("{} ({})", column.name, facts.join(", ")),
    }
}

fn reference(schema: &Schema, child: &Table, key: &ForeignKey) -> String {
    let from = dotted(&child.name, &key.columns);
    let to = match key.parent_columns.as_slice() {
        [] => key.parent.clone(),
        columns => dotted(&key.parent, columns),
    };
    let start = format!("{from} refers to {to}");
    let Some(parent) = schema.table(&key.parent) else {
        return format!("{start}, but there is no table {}.", key.parent);
    };
    if key.parent_columns.is_empty() {
        return format!("{start}, which has no primary key.");
    }
    if let Some(missing) = key
        .parent_columns
        .iter()
        .find(|name| parent.column(name).is_none())
    {
        return format!("{start}, but {} has no column {missing}.", parent.name);
    }
    let links = many_to_many(schema, child).is_some();
    let (one, several) = match spoken(&child.name).filter(|_| !links) {
        Some(name) => (one_of(&name), name),
        None => (None, String::new()),
    };
    let (one, several) = match one {
        Some(one) => (one, several),
        None => (
            format!("row of {}", child.name),
            format!("rows of {}", child.name),
        ),
    };
    let other = singular(&parent.name);
    let parents = match child.parents(key) {
        Many::One => "exactly one",
        Many::ZeroOrOne | Many::ZeroOrMore => "at most one",
    };
    let alike = child
        .foreign_keys
        .iter()
        .filter(|other| other.parent.eq_ignore_ascii_case(&key.parent))
        .count();
    if alike == 1 && parent.name != child.name {
        let subject = with_article(&other);
        let children = match child.children(key) {
            Many::ZeroOrMore => format!("any number of {several}"),
            Many::One | Many::ZeroOrOne => format!("at most one {one}"),
        };
        return format!("{start}: each {one} has {parents} {other}, {subject} has {children}.");
    }
    let shared = match child.children(key) {
        Many::ZeroOrMore => format!("any number of {several} can have the same"),
        Many::One | Many::ZeroOrOne => format!("no two {several} have the same"),
    };
    format!("{start}: each {one} has {parents} {other} there, {shared}.")
}

/// A table whose primary key is two foreign keys.
fn many_to_many(schema: &Schema, table: &Table) -> Option<String> {
    let part = |name: &String| {
        table
            .primary_key
            .iter()
            .any(|part| part.eq_ignore_ascii_case(name))
    };
    let keys: Vec<&ForeignKey> = table
        .foreign_keys
        .iter()
        .filter(|key| key.columns.iter().all(part))
        .collect();
    let [left, right] = keys.as_slice() else {
        return None;
    };
    let whole = left.columns.len() + right.columns.len() == table.primary_key.len();
    let (left, right) = (schema.table(&left.parent)?, schema.table(&right.parent)?);
    whole.then(|| {
        let ends = if left.name == right.name {
            format!("{} with each other", left.name)
        } else {
            format!("{} and {}", left.name, right.name)
        };
        format!("So {} links {ends}, many to many.", table.name)
    })
}

/// A name as words, when it is made of words.
fn spoken(name: &str) -> Option<String> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let parts: Vec<&str> = name.split('_').collect();
    parts
        .iter()
        .all(|part| !part.is_empty() && part.chars().all(plain))
        .then(|| parts.join(" "))
}

/// `subject_groups` holds subject groups; of other names, rows are spoken of.
fn singular(table: &str) -> String {
    spoken(table)
        .and_then(|name| one_of(&name))
        .unwrap_or_else(|| format!("row of {table}"))
}

fn one_of(name: &str) -> Option<String> {
    let cut = name.rfind(' ').map_or(0, |space| space + 1);
    let (start, last) = name.split_at_checked(cut)?;
    let one = match last {
        "people" => "person".to_owned(),
        "children" => "child".to_owned(),
        "movies" | "cookies" | "ties" => last.strip_suffix('s')?.to_owned(),
        "news" | "series" | "species" => return None,
        _ => {
            if let Some(stem) = last.strip_suffix("ies") {
                format!("{stem}y")
            } else if let Some(stem) = last.strip_suffix("zzes") {
                format!("{stem}z")
            } else if ["sses", "xes", "ches", "shes"]
                .iter()
                .any(|ending| last.ends_with(ending))
            {
                last.strip_suffix("es")?.to_owned()
            } else if ["ss", "us", "is"]
                .iter()
                .any(|ending| last.ends_with(ending))
            {
                return None;
            } else {
                last.strip_suffix('s')?.to_owned()
            }
        }
    };
    (!one.is_empty()).then(|| format!("{start}{one}"))
}

fn with_article(noun: &str) -> String {
    let sounded = ["us", "uni", "ut", "eu", "one"];
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u'])
        && !sounded.iter().any(|start| noun.starts_with(start));
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

fn dotted(table: &str, columns: &[String]) -> String {
    match columns {
        [column] => format!("{table}.{column}"),
        columns => format!("{table} ({})", columns.join(", ")),
    }
}

fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_in_the_plural_are_spoken_of_in_the_singular() {
        for (table, one) in [
            ("users", "user"),
            ("subject_groups", "subject group"),
            ("categories", "category"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("courses", "course"),
            ("quizzes", "quiz"),
            ("people", "person"),
            ("status", "row of status"),
            ("Users", "row of Users"),
            ("user", "row of user"),
            ("odd name", "row of odd name"),
            ("s", "row of s"),
            ("", "row of "),
        ] {
            assert_eq!(singular(table), one);
        }
        assert_eq!(with_article("user"), "a user");
        assert_eq!(with_article("author"), "an author");
    }
}
