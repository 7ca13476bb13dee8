//! Which quizzes there are, and how they are named.

use ::quiz::Quiz;
use anyhow::{Result, anyhow};

use crate::course::{Course, QUIZZES, closest, split_folder};

/// Every quiz of the course, in the order of its parts and exercises; what
/// closes a part comes last in it.
pub(super) struct Shelf {
    pub(super) entries: Vec<Entry>,
}

/// A quiz, and what it is called.
pub(super) struct Entry {
    /// Its path: `01_models/01_subject_group`.
    pub(super) id: String,
    /// Its folder: `01_models`.
    pub(super) part: String,
    /// That of the exercise, if it is about one.
    pub(super) number: Option<String>,
    /// `subject_group`, `inventory`
    pub(super) name: String,
    pub(super) title: String,
    pub(super) quiz: Quiz,
}

impl Shelf {
    /// # Errors
    ///
    /// When a quiz cannot be understood; the message names file and line.
    pub(super) fn read(course: &Course) -> Result<Self> {
        let mut entries = Vec::new();
        for (path, _) in course.files.below(QUIZZES) {
            let Some((id, (part, file))) = path
                .strip_suffix(".toml")
                .and_then(|id| Some((id, id.split_once('/')?)))
            else {
                continue;
            };
            let path = format!("{QUIZZES}/{path}");
            let text = course.files.text(&path)?;
            let quiz = Quiz::parse(text)
                .map_err(|fault| anyhow!("{path}:{}: {}", fault.line(text), fault.message))?;
            let name = split_folder(file).map_or(file, |(_, name)| name);
            let exercise = course.exercises.iter().find(|exercise| exercise.id == id);
            let title = match (&quiz.title, exercise) {
                (Some(title), _) => title.clone(),
                (None, Some(exercise)) => exercise.manifest.title.clone(),
                (None, None) => capitalized(name),
            };
            entries.push(Entry {
                id: id.to_owned(),
                part: part.to_owned(),
                number: number(part, file),
                name: name.to_owned(),
                title,
                quiz,
            });
        }
        Ok(Shelf { entries })
    }

    /// The quizzes meant by a number, a name, a path or a part.
    ///
    /// # Errors
    ///
    /// The names that are close to what was typed, best first.
    pub(super) fn select(&self, typed: &str) -> Result<Vec<&Entry>, Vec<String>> {
        let typed = typed.trim_end_matches(['/', '\\']).replace('\\', "/");
        let typed = typed.trim_end_matches(".toml").trim_end_matches(".md");
        let found: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.is_called(typed))
            .collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let names = self
            .entries
            .iter()
            .flat_map(|entry| [Some(entry.name.clone()), entry.number.clone()])
            .flatten();
        let mut near = closest(typed, names);
        near.dedup();
        Err(near)
    }
}

impl Entry {
    fn is_called(&self, typed: &str) -> bool {
        let part = split_folder(&self.part);
        let file = self.id.rsplit('/').next().unwrap_or_default();
        typed == self.name
            || typed == file
            || typed == self.id
            || typed == self.part
            || self.number.as_deref() == Some(typed)
            || part.is_some_and(|(number, name)| typed == number.to_string() || typed == name)
            || typed.ends_with(&format!("/{}", self.id))
            || typed.contains(&format!("/{}/", self.id))
            || typed.starts_with(&format!("{}/", self.id))
            || typed.ends_with(&format!("/{}", self.part))
    }
}

fn number(part: &str, file: &str) -> Option<String> {
    let ((part, _), (index, _)) = (split_folder(part)?, split_folder(file)?);
    Some(format!("{part}.{index}"))
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let words: String = first.into_iter().chain(letters).collect();
    words.replace('_', " ")
}
