//! The number of an exercise: its part and its place in it.

use std::fmt;

/// `1.10`: ordered by part, then by index, never as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Number {
    pub(crate) part: u32,
    pub(crate) index: u32,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.part, self.index)
    }
}

/// Splits a folder's name such as `02_subject_group_rows` into number and name.
pub(crate) fn split(folder: &str) -> Option<(u32, &str)> {
    let (digits, name) = folder.split_once('_')?;
    let legal = digits.len() >= 2
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    legal.then_some(())?;
    Some((digits.parse().ok()?, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_number_not_by_text() {
        let second = Number { part: 1, index: 2 };
        let tenth = Number { part: 1, index: 10 };
        assert!(second < tenth);
        assert!(tenth < Number { part: 2, index: 1 });
        assert_eq!(tenth.to_string(), "1.10");
    }

    #[test]
    fn a_folder_is_digits_then_a_rust_name() {
        assert_eq!(
            split("02_subject_group_rows"),
            Some((2, "subject_group_rows"))
        );
        assert_eq!(split("10_x"), Some((10, "x")));
        for illegal in ["2_x", "02-x", "02_", "02_X", "x_02", "mini_orm", "02_é"] {
            assert_eq!(split(illegal), None, "{illegal}");
        }
    }
}
