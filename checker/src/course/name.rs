//! The ways in which a person names an exercise.

use std::path::Path;

use super::{Course, Exercise};

/// What was asked for: `1.2`, a name, a folder, a path, or a part.
#[derive(Clone, Debug)]
pub(crate) struct Selector(pub(crate) String);

impl Selector {
    /// The exercises meant, or the nearest names if there are none.
    ///
    /// # Errors
    ///
    /// The names that are close to what was typed, best first.
    pub(crate) fn select<'c>(&self, course: &'c Course) -> Result<Vec<&'c Exercise>, Vec<String>> {
        let typed = self.0.trim_end_matches(['/', '\\']).replace('\\', "/");
        let found: Vec<&Exercise> = course
            .exercises
            .iter()
            .filter(|exercise| matches(exercise, &typed))
            .collect();
        if found.is_empty() {
            Err(self.near(course))
        } else {
            Ok(found)
        }
    }

    fn near(&self, course: &Course) -> Vec<String> {
        let names = course
            .exercises
            .iter()
            .flat_map(|exercise| [exercise.name.clone(), exercise.number.to_string()]);
        let typed = Path::new(&self.0).file_name().map_or_else(
            || self.0.clone(),
            |name| name.to_string_lossy().into_owned(),
        );
        let typed = typed
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches('_');
        let typed = if typed.is_empty() {
            self.0.as_str()
        } else {
            typed
        };
        closest(typed, names)
    }
}

/// Up to three of `names` that could have been meant by `typed`, best first.
pub(crate) fn closest(typed: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let mut scored: Vec<(f64, String)> = names
        .map(|name| (strsim::jaro_winkler(typed, &name), name))
        .filter(|(score, name)| *score > 0.8 || (typed.len() > 2 && name.contains(typed)))
        .collect();
    scored.sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.cmp(right)));
    scored.into_iter().map(|(_, name)| name).take(3).collect()
}

fn matches(exercise: &Exercise, typed: &str) -> bool {
    let folder = exercise.id.rsplit('/').next().unwrap_or_default();
    typed == exercise.number.to_string()
        || typed == exercise.name
        || typed == exercise.id
        || typed == folder
        || typed == exercise.part.folder
        || typed == exercise.part.number.to_string()
        || below(typed, &exercise.id)
        || typed.ends_with(&format!("/{}", exercise.part.folder))
}

/// `typed` is a path to the exercise's folder or to something inside it.
fn below(typed: &str, id: &str) -> bool {
    typed.ends_with(&format!("/{id}"))
        || typed.starts_with(&format!("{id}/"))
        || typed.contains(&format!("/{id}/"))
}
