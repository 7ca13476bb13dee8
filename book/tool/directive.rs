//! `{{#name argument key="value"}}`, alone on its line.

/// A directive as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    pub(crate) name: String,
    /// Arguments without a key.
    pub(crate) plain: Vec<String>,
    pub(crate) keyed: Vec<(String, String)>,
}

/// Ours, with what each of them takes.
pub(crate) const OURS: [(&str, &str); 9] = [
    ("exercise", "{{#exercise 1.1}}"),
    ("quiz", "{{#quiz 01_models/01_subject_group}}"),
    (
        "listing",
        "{{#listing 01_models/01_subject_group.rs:anchor}}",
    ),
    ("output", "{{#output 01_models/01_subject_group/rooms}}"),
    (
        "failing",
        "{{#failing 1.1 int_primary_key}}, with only=\"edit\" or only=\"message\" if wanted",
    ),
    (
        "table",
        "{{#table rooms caption=\"…\"}} or {{#table query=\"SELECT …\" caption=\"…\"}}",
    ),
    ("erd", "{{#erd schemas/school.sql title=\"…\"}}"),
    ("hours", "{{#hours}}"),
    (
        "state",
        "{{#state command=\"create_all\" reads=\"models\" changes=\"schema\"}}",
    ),
];

/// mdBook's, which say nothing when what they name is missing.
pub(crate) const INCLUDES: [&str; 3] = ["include", "rustdoc_include", "playground"];

impl Directive {
    /// `None` when the line is no directive at all.
    pub(crate) fn parse(line: &str) -> Option<Result<Self, String>> {
        let line = line.trim();
        let inside = line.strip_prefix("{{#")?;
        Some(
            inside
                .strip_suffix("}}")
                .filter(|inside| !inside.contains("}}"))
                .ok_or_else(|| "a directive ends with }} and stands alone on its line".to_owned())
                .and_then(Self::arguments),
        )
    }

    fn arguments(inside: &str) -> Result<Self, String> {
        let mut rest = inside.trim();
        let name: String = rest
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
            .collect();
        rest = rest.get(name.len()..).unwrap_or_default().trim_start();
        let mut directive = Directive {
            name,
            plain: Vec::new(),
            keyed: Vec::new(),
        };
        while !rest.is_empty() {
            let end = rest
                .find(|letter: char| letter.is_whitespace() || letter == '=')
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let Some(value) = after.strip_prefix('=') else {
                directive.plain.push(word.to_owned());
                rest = after.trim_start();
                continue;
            };
            let closed = value
                .strip_prefix('"')
                .and_then(|value| value.split_once('"'));
            let Some((value, after)) = closed else {
                return Err(format!("the value of {word} stands in double quotes"));
            };
            directive.keyed.push((word.to_owned(), value.to_owned()));
            rest = after.trim_start();
        }
        Ok(directive)
    }

    /// The one plain argument, and only the keys that are allowed.
    pub(crate) fn one(&self, keys: &[&str]) -> Result<&str, String> {
        self.only(keys)?;
        match self.plain.as_slice() {
            [one] => Ok(one),
            _ => Err(self.usage()),
        }
    }

    /// No other keys than these.
    pub(crate) fn only(&self, keys: &[&str]) -> Result<(), String> {
        match self
            .keyed
            .iter()
            .find(|(key, _)| !keys.contains(&key.as_str()))
        {
            None => Ok(()),
            Some((key, _)) if keys.is_empty() => {
                Err(format!("#{} takes no {key}=\"…\"", self.name))
            }
            Some((key, _)) => Err(format!(
                "#{} takes no {key}=\"…\"; allowed: {}",
                self.name,
                keys.join(", ")
            )),
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.keyed
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn usage(&self) -> String {
        format!("write {}", usage(&self.name))
    }
}

/// How one of ours is written.
pub(crate) fn usage(name: &str) -> &'static str {
    OURS.iter()
        .find(|(ours, _)| *ours == name)
        .map_or("", |(_, usage)| usage)
}

pub(crate) fn unknown(name: &str) -> String {
    let ours: Vec<&str> = OURS.iter().map(|(name, _)| *name).collect();
    format!(
        "there is no directive #{name}; allowed: {}",
        ours.join(", ")
    )
}
