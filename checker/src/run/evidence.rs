//! Reads what a check recorded. The file is written by a process that may be
//! hostile: nothing in it is trusted to be well formed.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use witness::evidence::{Failure, Panic, Record};

/// More than this of an evidence file is not read, in bytes.
const MOST: u64 = 4 * 1024 * 1024;

/// The records of one check, in a form that a verdict can be made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The body of the check was entered.
    pub(crate) began: bool,
    pub(crate) failure: Option<Failure>,
    pub(crate) panic: Option<Panic>,
    /// The last record is a completion and bears the secret.
    pub(crate) completed: bool,
}

impl Evidence {
    /// Reads the records at `path`; a missing file has none.
    pub(crate) fn read(path: &Path, secret: &str) -> Self {
        let mut text = Vec::new();
        let regular = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
        if regular && let Ok(file) = File::open(path) {
            // What was read before an error still counts.
            file.take(MOST).read_to_end(&mut text).ok();
        }
        Evidence::parse(&text, secret)
    }

    fn parse(text: &[u8], secret: &str) -> Self {
        let mut evidence = Evidence::default();
        for line in text
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            // Whatever comes after a completion takes it back.
            evidence.completed = false;
            match serde_json::from_slice(line) {
                Ok(Record::Began { .. }) => evidence.began = true,
                Ok(Record::Failed(failure)) => {
                    evidence.failure.get_or_insert(*failure);
                }
                Ok(Record::Panicked(panic)) => {
                    evidence.panic.get_or_insert(*panic);
                }
                Ok(Record::Completed { secret: told }) => {
                    evidence.completed =
                        told == secret && evidence.failure.is_none() && evidence.panic.is_none();
                }
                Err(_) => {}
            }
        }
        evidence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: &str = r#"{"record":"began","check":"x"}"#;
    const DONE: &str = r#"{"record":"completed","secret":"s3"}"#;
    const FAILED: &str = r#"{"record":"failed","message":"no"}"#;

    fn parse(lines: &[&str]) -> Evidence {
        Evidence::parse(lines.join("\n").as_bytes(), "s3")
    }

    #[test]
    fn only_a_last_record_with_the_secret_completes() {
        assert!(parse(&[BEGAN, DONE]).completed);
        assert!(!parse(&[BEGAN]).completed);
        assert!(!parse(&[BEGAN, DONE, BEGAN]).completed);
        assert!(!parse(&[BEGAN, DONE, "rubbish"]).completed);
        assert!(!parse(&[BEGAN, FAILED, DONE]).completed);
        assert!(!parse(&[r#"{"record":"completed","secret":"other"}"#]).completed);
        assert!(!parse(&[]).completed);
    }

    #[test]
    fn the_first_failure_is_the_one_that_counts() {
        let evidence = parse(&[BEGAN, FAILED, r#"{"record":"failed","message":"later"}"#]);
        assert_eq!(
            evidence.failure.map(|failure| failure.message),
            Some("no".to_owned())
        );
    }
}
