//! The five boxes, and which of them a command reads and changes: always the
//! same drawing.

mod figure;

pub(crate) use figure::html;

/// What a `{{#state …}}` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    command: String,
    reads: Vec<Place>,
    changes: Vec<Place>,
}

/// A box, in the order in which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Models,
    Migrations,
    Version,
    Schema,
    Rows,
}

const ALL: [Place; 5] = [
    Place::Models,
    Place::Migrations,
    Place::Version,
    Place::Schema,
    Place::Rows,
];

impl Place {
    /// As a page names it.
    fn key(self) -> &'static str {
        match self {
            Place::Models => "models",
            Place::Migrations => "migrations",
            Place::Version => "version",
            Place::Schema => "schema",
            Place::Rows => "rows",
        }
    }

    /// On its box.
    fn label(self) -> &'static str {
        match self {
            Place::Models => "models (code)",
            Place::Migrations => "migration files",
            Place::Version => "version row",
            Place::Schema => "actual schema",
            Place::Rows => "rows",
        }
    }

    /// In a sentence.
    fn noun(self) -> &'static str {
        match self {
            Place::Models => "models",
            Place::Migrations => "migration files",
            Place::Version => "the version row",
            Place::Schema => "the schema",
            Place::Rows => "rows",
        }
    }

    /// It stands in the project; the others stand in the database file.
    fn in_project(self) -> bool {
        matches!(self, Place::Models | Place::Migrations)
    }
}

impl State {
    /// From the keys of a directive.
    ///
    /// # Errors
    ///
    /// What is wrong with them, and what may stand there.
    pub(crate) fn parse<K: AsRef<str>, V: AsRef<str>>(keyed: &[(K, V)]) -> Result<Self, String> {
        let mut state = State {
            command: String::new(),
            reads: Vec::new(),
            changes: Vec::new(),
        };
        for (key, value) in keyed {
            let value = value.as_ref();
            match key.as_ref() {
                "command" => value.trim().clone_into(&mut state.command),
                "reads" => state.reads = places(value)?,
                "changes" => state.changes = places(value)?,
                other => {
                    return Err(format!(
                        "#state takes no {other}=\"…\"; allowed: command, reads, changes"
                    ));
                }
            }
        }
        if state.command.is_empty() {
            return Err("#state needs command=\"…\"".to_owned());
        }
        Ok(state)
    }

    /// What the figure shows, after the command's name.
    fn sentence(&self) -> String {
        let reads = list(&self.reads);
        let changes = list(&self.changes);
        let left: Vec<Place> = ALL
            .into_iter()
            .filter(|place| !self.reads.contains(place) && !self.changes.contains(place))
            .collect();
        let does = match (self.reads.as_slice(), self.changes.as_slice()) {
            ([], []) => return "neither reads nor changes any of the five.".to_owned(),
            (_, []) => return format!("reads {reads} and changes nothing."),
            ([], _) => format!("changes {changes}"),
            ([_], _) => format!("reads {reads} and changes {changes}"),
            (_, _) => format!("reads {reads}, and changes {changes}"),
        };
        match left.as_slice() {
            [] => format!("{does}."),
            [one] if one.noun().starts_with("the ") => {
                format!("{does}; it leaves {} as it is.", one.noun())
            }
            left => format!("{does}; it leaves {} as they are.", list(left)),
        }
    }
}

fn places(names: &str) -> Result<Vec<Place>, String> {
    let mut found = Vec::new();
    for name in names.split(',').map(str::trim) {
        if name.is_empty() {
            continue;
        }
        let place = ALL
            .into_iter()
            .find(|place| place.key() == name)
            .ok_or_else(|| {
                let five = ALL.map(Place::key).join(", ");
                format!("there is no box \"{name}\"; the five are {five}")
            })?;
        if found.contains(&place) {
            return Err(format!("the box {name} is named twice"));
        }
        found.push(place);
    }
    found.sort();
    Ok(found)
}

fn list(places: &[Place]) -> String {
    match places {
        [] => "nothing".to_owned(),
        [only] => only.noun().to_owned(),
        [start @ .., last] => {
            let start: Vec<&str> = start.iter().map(|place| place.noun()).collect();
            format!("{} and {}", start.join(", "), last.noun())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(command: &str, reads: &str, changes: &str) -> State {
        State::parse(&[("command", command), ("reads", reads), ("changes", changes)]).unwrap()
    }

    #[test]
    fn the_caption_says_what_is_read_changed_and_left() {
        for (reads, changes, caption) in [
            (
                "models",
                "schema",
                "reads models and changes the schema; it leaves migration files, the version row and rows as they are.",
            ),
            (
                "version, migrations",
                "schema,rows,version",
                "reads migration files and the version row, and changes the version row, the schema and rows; it leaves models as they are.",
            ),
            ("version", "", "reads the version row and changes nothing."),
            (
                "",
                "models, migrations, schema, rows",
                "changes models, migration files, the schema and rows; it leaves the version row as it is.",
            ),
            ("", "", "neither reads nor changes any of the five."),
            (
                "models,schema,version",
                "migrations,rows",
                "reads models, the version row and the schema, and changes migration files and rows.",
            ),
        ] {
            assert_eq!(state("x", reads, changes).sentence(), caption);
        }
    }

    #[test]
    fn what_is_no_box_or_no_key_is_refused() {
        let refused = |keyed: &[(&str, &str)]| State::parse(keyed).unwrap_err();
        assert_eq!(
            refused(&[("command", "x"), ("reads", "tables")]),
            "there is no box \"tables\"; the five are models, migrations, version, schema, rows"
        );
        assert_eq!(
            refused(&[("command", "x"), ("changes", "rows, rows")]),
            "the box rows is named twice"
        );
        assert_eq!(
            refused(&[("command", "x"), ("writes", "rows")]),
            "#state takes no writes=\"…\"; allowed: command, reads, changes"
        );
        assert_eq!(refused(&[("reads", "rows")]), "#state needs command=\"…\"");
        assert!(State::parse(&[("command", "x")]).is_ok());
    }

    #[test]
    fn what_is_read_and_changed_is_marked_by_word_and_line() {
        let figure = html(
            &state("upgrade <head>", "version", "version,rows"),
            "state-1",
        );
        assert_eq!(figure.matches(">reads</text>").count(), 1);
        assert_eq!(figure.matches(">changes</text>").count(), 2);
        assert_eq!(figure.matches(r#"class="box""#).count(), 5);
        for place in ALL {
            assert!(figure.contains(&format!(">{}</text>", place.label())));
        }
        assert!(figure.contains("<figcaption><code>upgrade &lt;head&gt;</code> reads"));
        assert!(figure.contains("aria-labelledby=\"state-1-title\""));
        assert!(!figure.trim().contains("\n\n") && !figure.contains("/>"));
    }

    #[test]
    fn the_drawing_is_the_same_but_for_marks() {
        insta::assert_snapshot!(html(&state("create_all", "models", "schema"), "create"));
    }
}
