//! The key of a verdict: a hash of everything that the verdict depends on.
//! Same key, same verdict, no build.

use std::fmt;
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Snapshot, Submission};
use crate::course::Files;
use crate::digest::hex;

/// A hash in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Key(pub(crate) String);

impl Key {
    /// The seed of varying names and values: the same submission is asked the
    /// same questions again.
    pub(crate) fn seed(&self) -> u64 {
        let digits = self.0.get(..15).unwrap_or_default();
        u64::from_str_radix(digits, 16).unwrap_or_default()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What all keys of one run have in common.
pub(crate) struct Keys {
    common: Sha256,
}

impl Keys {
    /// `compiler` and `sqlite` are versions, in full.
    pub(crate) fn new(files: &Files, compiler: &str, sqlite: &str) -> Self {
        let mut common = Sha256::new();
        for text in [env!("CARGO_PKG_VERSION"), compiler, sqlite] {
            field(&mut common, text.as_bytes());
        }
        for folder in ["checker/witness", "solutions/mini_orm"] {
            field(&mut common, &files.hash(folder));
        }
        for single in ["Cargo.toml", "solutions/exercises.lock"] {
            field(&mut common, files.get(single).unwrap_or_default());
        }
        Keys { common }
    }

    /// The key of `submission` as it lies in `snapshot`. `read` are the files
    /// outside its sources that rustc read last time, and the variables.
    pub(crate) fn of(
        &self,
        files: &Files,
        submission: &Submission<'_>,
        snapshot: &Snapshot,
        read: &Inputs,
    ) -> Key {
        let mut hash = self.common.clone();
        field(&mut hash, submission.exercise.id.as_bytes());
        field(&mut hash, &files.hash(&submission.exercise.solution()));
        for (path, content) in &snapshot.files {
            field(&mut hash, path.as_bytes());
            field(&mut hash, content);
        }
        for path in &read.files {
            field(&mut hash, path.as_os_str().as_encoded_bytes());
            match regular(path) {
                Some(content) => field(&mut hash, &content),
                None => field(&mut hash, b"\0missing"),
            }
        }
        for name in &read.variables {
            field(&mut hash, name.as_bytes());
            field(
                &mut hash,
                std::env::var_os(name)
                    .unwrap_or_default()
                    .as_encoded_bytes(),
            );
        }
        Key(hex(&hash.finalize()))
    }
}

/// What a compilation read beyond the submission's own sources
/// (`include_str!`, `env!`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Inputs {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) variables: Vec<String>,
}

fn regular(path: &PathBuf) -> Option<Vec<u8>> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::read(path).ok()
}

/// With its length, so that two fields never read as one other.
fn field(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
