//! The cargo and the rustc that submissions are built with.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Which programs to run, and their versions.
#[derive(Clone, Debug)]
pub(crate) struct Toolchain {
    pub(crate) cargo: PathBuf,
    /// All that `rustc -vV` prints.
    pub(crate) rustc: String,
}

impl Toolchain {
    /// The toolchain that runs this checker, or the one on the `PATH`.
    ///
    /// # Errors
    ///
    /// When there is no rustc, or it does not say its version.
    pub(crate) fn find() -> Result<Self> {
        let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
        // Beside cargo lies its own rustc; through rustup's proxy it would
        // take several times as long to answer.
        let beside = cargo.with_file_name(format!("rustc{}", std::env::consts::EXE_SUFFIX));
        let rustc = std::env::var_os("RUSTC")
            .map(PathBuf::from)
            .unwrap_or_else(|| {
                if cargo.is_absolute() && beside.is_file() {
                    beside
                } else {
                    PathBuf::from("rustc")
                }
            });
        let output = Command::new(&rustc).arg("-vV").output().with_context(|| {
            format!(
                "running {}; install Rust from your distribution or with rustup, then try again",
                rustc.display()
            )
        })?;
        if !output.status.success() {
            bail!(
                "{} does not say its version: {}",
                rustc.display(),
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(Toolchain {
            cargo,
            rustc: String::from_utf8_lossy(&output.stdout).into_owned(),
        })
    }

    /// The first line of the version: `rustc 1.95.0 (…)`.
    pub(crate) fn version(&self) -> &str {
        self.rustc.lines().next().unwrap_or_default()
    }
}
